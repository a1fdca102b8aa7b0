#include "wildcard.h"

#include <optional>

#include "todo.h"

namespace kit {
namespace {

constexpr auto npos = std::string_view::npos;

// The parts of a pattern, given: they are about the letters of a set and not about stars.

// Where the set that begins at pattern[0] == '[' ends (behind its ']'); nothing if no ']' closes it.
std::optional<std::size_t> end_of_set(std::string_view pattern) {
  std::size_t first = 1;
  if (first < pattern.size() && (pattern[first] == '!' || pattern[first] == '^')) {
    ++first;
  }
  const std::size_t close = pattern.find(']', first + 1);  // a ']' that stands first is a member
  return close == npos ? std::nullopt : std::optional(close + 1);
}

// `members`: what stands between '[' and ']', with the '!' if there is one.
bool is_member(std::string_view members, char c) {
  const bool wanted = members.front() != '!' && members.front() != '^';
  members.remove_prefix(wanted ? 0 : 1);
  const auto byte = [](char of) { return static_cast<unsigned char>(of); };
  while (!members.empty()) {
    const bool is_range = members.size() >= 3 && members[1] == '-';
    const char last = is_range ? members[2] : members[0];
    if (byte(members[0]) <= byte(c) && byte(c) <= byte(last)) {
      return wanted;
    }
    members.remove_prefix(is_range ? 3 : 1);
  }
  return !wanted;
}

// How many bytes of the pattern, which begins with no '*', stand for the one byte `c`; 0 if they do not.
std::size_t fits(std::string_view pattern, char c) {
  if (pattern.empty()) {
    return 0;
  }
  if (pattern.front() == '[') {
    if (const auto end = end_of_set(pattern)) {
      return is_member(pattern.substr(1, *end - 2), c) ? *end : 0;
    }
  }
  return pattern.front() == '?' || pattern.front() == c ? 1 : 0;
}

}  // namespace

bool has_wildcard(std::string_view text) { return text.find_first_of("*?[") != std::string_view::npos; }

bool matches(std::string_view pattern, std::string_view name) {
  KIT_TODO("lab 9, matches");
}

}  // namespace kit
