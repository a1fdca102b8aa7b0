#include "facts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "ascii.h"
#include "time_value.h"
#include "todo.h"

namespace kit {
namespace {

// Takes the next name of "a;b;" off `text`.
std::string_view take_name(std::string_view& text) {
  const std::size_t semicolon = text.find(';');
  const std::string_view name = text.substr(0, semicolon);
  text = semicolon == std::string_view::npos ? "" : text.substr(semicolon + 1);
  return name;
}

std::optional<Fact> fact_of(std::string_view name) {
  const auto* const found = std::find_if(all_facts.begin(), all_facts.end(),
                                         [&](Fact fact) { return to_upper(fact_name(fact)) == to_upper(name); });
  return found == all_facts.end() ? std::nullopt : std::optional(*found);
}

bool contains(const FactSelection& selection, Fact fact) {
  return std::find(selection.begin(), selection.end(), fact) != selection.end();
}
}  // namespace

std::string_view fact_name(Fact fact) {
  constexpr std::array<std::string_view, all_facts.size()> names{"type", "size",   "modify",
                                                                 "perm", "unique", "UNIX.mode"};
  return names.at(static_cast<std::size_t>(fact));
}

std::optional<FactSelection> parse_facts(std::string_view text) {
  KIT_TODO("lab 9, parse_facts");
}

std::string facts_text(const FactSelection& selection) {
  KIT_TODO("lab 9, facts_text");
}

std::string facts_feature(const FactSelection& selection) {
  KIT_TODO("lab 9, facts_feature");
}

std::string facts_text(const FileFacts& file, const FactSelection& selection) {
  KIT_TODO("lab 9, facts_text");
}

}  // namespace kit
