#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace kit {

// The letters of the protocol are ASCII, whatever the locale: not isalpha(3) and toupper(3), which follow it and must
// not be given a negative char.

constexpr bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

constexpr char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

inline std::string to_upper(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) { return to_upper(c); });
  return upper;
}

}  // namespace kit
