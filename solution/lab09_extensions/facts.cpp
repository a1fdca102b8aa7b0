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

// BEGIN PRIVATE
std::string digits(std::uintmax_t number, int base) {
  std::array<char, 24> text;
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number, base).ptr};
}

std::string unique_text(const struct stat& status) {
  return digits(status.st_dev, 16) + "g" + digits(status.st_ino, 16);
}

std::string mode_digits(mode_t mode) {
  const std::string text = digits(mode & 07777U, 8);
  return std::string("0000", text.size() < 3 ? 4 - text.size() : 1) + text;
}

// Nothing: the file has no such fact.
std::optional<std::string> value_of(const FileFacts& file, Fact fact) {
  switch (fact) {
    case Fact::type: return file.type;
    case Fact::size:
      return S_ISREG(file.status.st_mode) ? std::optional(std::to_string(file.status.st_size)) : std::nullopt;
    case Fact::modify: return time_text(file.status.st_mtime);
    case Fact::perm: return file.perm;
    case Fact::unique: return unique_text(file.status);
    case Fact::unix_mode: return mode_digits(file.status.st_mode);
  }
  return std::nullopt;
}
// END PRIVATE

}  // namespace

std::string_view fact_name(Fact fact) {
  constexpr std::array<std::string_view, all_facts.size()> names{"type", "size",   "modify",
                                                                 "perm", "unique", "UNIX.mode"};
  return names.at(static_cast<std::size_t>(fact));
}

std::optional<FactSelection> parse_facts(std::string_view text) {
  // BEGIN SOLUTION parse_facts
  const auto is_blank = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; };
  if (std::any_of(text.begin(), text.end(), is_blank)) {
    return std::nullopt;
  }
  FactSelection selection;
  while (!text.empty()) {
    const std::string_view name = take_name(text);
    if (name.empty()) {
      return std::nullopt;
    }
    const std::optional<Fact> fact = fact_of(name);
    if (fact && !contains(selection, *fact)) {
      selection.push_back(*fact);
    }
  }
  return selection;
  // END SOLUTION
}

std::string facts_text(const FactSelection& selection) {
  // BEGIN SOLUTION facts_text
  std::string text;
  for (const Fact fact : selection) {
    text.append(fact_name(fact)) += ';';
  }
  return text;
  // END SOLUTION
}

std::string facts_feature(const FactSelection& selection) {
  // BEGIN SOLUTION facts_feature
  std::string text;
  for (const Fact fact : all_facts) {
    text.append(fact_name(fact)).append(contains(selection, fact) ? "*;" : ";");
  }
  return text;
  // END SOLUTION
}

std::string facts_text(const FileFacts& file, const FactSelection& selection) {
  // BEGIN SOLUTION facts_text
  std::string text;
  for (const Fact fact : selection) {
    if (const std::optional<std::string> value = value_of(file, fact)) {
      text.append(fact_name(fact)).append("=").append(*value) += ';';
    }
  }
  return text;
  // END SOLUTION
}

}  // namespace kit
