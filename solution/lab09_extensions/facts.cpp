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
void append_number(std::string& text, std::uintmax_t number, int base) {
  std::array<char, 24> digits;
  text.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr);
}

// As chmod(1) takes it: "0644", "01777".
void append_mode(std::string& text, mode_t mode) {
  text += '0';
  for (mode_t unit = 0100; unit > mode && unit > 1; unit >>= 3U) {
    text += '0';
  }
  append_number(text, mode, 8);
}

void append_value(std::string& text, const FileFacts& file, Fact fact) {
  switch (fact) {
    case Fact::type: text += file.type; break;
    case Fact::size: append_number(text, static_cast<std::uintmax_t>(file.status.st_size), 10); break;
    case Fact::modify: text += time_text(file.status.st_mtime); break;
    case Fact::perm: text += file.perm; break;
    case Fact::unique:
      append_number(text, file.status.st_dev, 16);
      text += 'g';
      append_number(text, file.status.st_ino, 16);
      break;
    case Fact::unix_mode: append_mode(text, file.status.st_mode & 07777U); break;
  }
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
  constexpr std::size_t usual = 160;  // bytes of a line with all of them
  std::string text;
  text.reserve(usual);
  for (const Fact fact : selection) {
    if (fact != Fact::size || S_ISREG(file.status.st_mode)) {
      text.append(fact_name(fact)) += '=';
      append_value(text, file, fact);
      text += ';';
    }
  }
  return text;
  // END SOLUTION
}

}  // namespace kit
