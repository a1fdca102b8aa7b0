#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kit {

/// How many columns of a terminal `text` takes up: a character of UTF-8 is one or, in East Asian scripts and pictures,
/// two, a combining mark none; a byte that is no part of a character is one. Pure.
std::size_t columns(std::string_view text);

/// How many bytes the character at the front of `text` has, which is not empty: 1 for what is none. Pure.
std::size_t character_size(std::string_view text);

/// The characters at the front of `text` that have room in so many columns. Pure.
std::string_view first_columns(std::string_view text, std::size_t room);

/// `text` as it can be drawn in that many columns: bytes that are no characters, and control characters, are a '?'.
/// Pure.
std::string drawable(std::string_view text);

/// A line that is being typed, and where in it the cursor stands. Characters, not bytes, are passed over and deleted.
/// Pure.
class EditedLine {
 public:
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::size_t cursor() const { return cursor_; }  ///< in bytes
  [[nodiscard]] std::string_view before() const { return std::string_view(text_).substr(0, cursor_); }
  [[nodiscard]] std::string_view behind() const { return std::string_view(text_).substr(cursor_); }

  /// Another line, with the cursor at its end.
  void set(std::string text);

  void insert(std::string_view character);

  /// Puts `text` in the place of what stands between `begin` and the cursor.
  void replace(std::size_t begin, std::string_view text);

  void left() { cursor_ = one_left(); }
  void right() { cursor_ = one_right(); }
  void home() { cursor_ = 0; }
  void end() { cursor_ = text_.size(); }

  void erase_before();       ///< Backspace
  void erase_here();         ///< Delete
  void erase_to_start();     ///< Ctrl-U
  void erase_to_end();       ///< Ctrl-K
  void erase_word_before();  ///< Ctrl-W: back to a blank, and the blanks in front of the cursor

 private:
  [[nodiscard]] std::size_t one_left() const;
  [[nodiscard]] std::size_t one_right() const;

  std::string text_;
  std::size_t cursor_ = 0;
};

/// The lines typed before, and which of them is shown. Pure.
class LineHistory {
 public:
  static constexpr std::size_t most = 500;

  /// Remembers a line, unless it is blank or the same as the last one, and leaves the past.
  void add(const std::string& line);

  /// The line before, or after, the one that is shown; `current`, what was being typed, is kept for the way back. Where
  /// there is none, `current` again.
  std::string earlier(const std::string& current);
  std::string later(const std::string& current);

 private:
  std::vector<std::string> lines_;
  std::size_t shown_ = 0;  // lines_.size(): the new one
  std::string typed_;
};

}  // namespace kit
