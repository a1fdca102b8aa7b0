#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace kit {

/// Wrong use of a program: the command line cannot be understood. Ends it with one line and exit status 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The whole of `text` as a decimal number within [low, high]; nothing for a sign, a blank, a letter behind the digits,
/// an empty text or a number out of range.
template <typename Number>
std::optional<Number> parse_number(std::string_view text, Number low, Number high) {
  if (text.empty() || text.front() < '0' || text.front() > '9') {
    return std::nullopt;
  }
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < low || value > high) {
    return std::nullopt;
  }
  return value;
}

/// A TCP port from the command line, 0 to 65535; 0 asks the system for a free one. Throws UsageError.
std::uint16_t port_argument(std::string_view text);

}  // namespace kit
