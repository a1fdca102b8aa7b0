#pragma once

#include <any>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace kit {

/// One command line, taken apart (RFC 959 5.3).
struct Command {
  std::string verb;                     ///< in upper case
  std::optional<std::string> argument;  ///< what stands behind the one space after the verb, blanks and all; may be ""
};

/// Takes `line` (without its end) apart: letters, then nothing or exactly one space and the argument. Further blanks,
/// in front or behind, belong to the argument: names may hold them (RFC 3659 2.2). Nothing if there is no such verb: an
/// empty line, a blank in front, a byte that is not a letter. Pure.
std::optional<Command> parse_command(std::string_view line);

/// The argument of a command as its handler gets it: the text, and what the row's reader made of it.
class Argument {
 public:
  explicit Argument(std::optional<std::string> text) : text_(std::move(text)) {}

  /// Whether anything stood behind the verb; an empty text counts as nothing.
  [[nodiscard]] bool given() const { return text_.has_value() && !text_->empty(); }

  /// The text, "" if there was none.
  [[nodiscard]] std::string text() const { return text_.value_or(""); }

  /// What the reader put in with set(). Throws std::bad_any_cast if it was something else: a row with the wrong reader.
  template <typename Value>
  [[nodiscard]] const Value& as() const {
    return std::any_cast<const Value&>(value_);
  }
  template <typename Value>
  void set(Value value) {
    value_ = std::move(value);
  }

 private:
  std::optional<std::string> text_;
  std::any value_;
};

}  // namespace kit
