#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace kit {

/// Makes lines out of the pieces in which a listing arrives on a data connection. Pure. Unlike on the control
/// connection no byte has a meaning of its own (no Telnet): a line ends at LF, and a CR right before it goes too.
class ListingLines {
 public:
  /// Lines over this are refused: an evil server must not fill the client's memory.
  static constexpr std::size_t line_limit = 65536;

  /// `take` gets each line without its end.
  explicit ListingLines(std::function<void(std::string_view line)> take) : take_(std::move(take)) {}

  /// Adds bytes as they came from the network. Throws std::length_error for a line over the limit.
  void feed(std::span<const char> bytes);

  /// The listing has ended: a last line without an end is a line too.
  void finish();

 private:
  std::function<void(std::string_view)> take_;
  std::string unfinished_;
};

}  // namespace kit
