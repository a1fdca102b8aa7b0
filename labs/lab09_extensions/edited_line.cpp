#include "edited_line.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "escape.h"

namespace kit {
namespace {

constexpr std::string_view between_words = " \t";

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80; }

char32_t code_point(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  char32_t code = character.size() == 1 ? first : first & (0x7FU >> character.size());
  for (const char byte : character.substr(1)) {
    code = code << 6U | (static_cast<unsigned char>(byte) & 0x3FU);
  }
  return code;
}

using Range = std::pair<char32_t, char32_t>;

bool is_within(char32_t code, const auto& ranges) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [code](const Range& range) { return code >= range.first && code <= range.second; });
}

// The large blocks; not each exception that Unicode knows.
constexpr std::array<Range, 6> combining{
    {{0x300, 0x36F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}}};
constexpr std::array<Range, 9> wide{{{0x1100, 0x115F},
                                     {0x2E80, 0x303E},
                                     {0x3041, 0xA4CF},
                                     {0xAC00, 0xD7A3},
                                     {0xF900, 0xFAFF},
                                     {0xFE30, 0xFE6F},
                                     {0xFF00, 0xFF60},
                                     {0x1F300, 0x1FAFF},
                                     {0x20000, 0x3FFFD}}};

std::size_t width_of(std::string_view character) {
  const char32_t code = code_point(character);
  return is_within(code, combining) ? 0 : is_within(code, wide) ? 2 : 1;
}

}  // namespace

std::size_t character_size(std::string_view text) {
  std::size_t size = 1;
  while (size < 4 && size < text.size() && is_continuation(text[size])) {
    ++size;
  }
  return is_utf8(text.substr(0, size)) ? size : 1;
}

std::string_view first_columns(std::string_view text, std::size_t room) {
  std::size_t end = 0;
  while (end < text.size()) {
    const std::size_t size = character_size(text.substr(end));
    const std::size_t width = columns(text.substr(end, size));
    if (width > room) {
      break;
    }
    room -= width;
    end += size;
  }
  return text.substr(0, end);
}

std::size_t columns(std::string_view text) {
  std::size_t sum = 0;
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    sum += size == 1 ? 1 : width_of(text.substr(0, size));
    text.remove_prefix(size);
  }
  return sum;
}

std::string drawable(std::string_view text) {
  std::string drawn;
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    const std::string_view character = text.substr(0, size);
    drawn += escape_controls(character).size() == size || character == "\\" ? character : "?";
    text.remove_prefix(size);
  }
  return drawn;
}

void EditedLine::set(std::string text) {
  text_ = std::move(text);
  end();
}

void EditedLine::insert(std::string_view character) {
  text_.insert(cursor_, character);
  cursor_ += character.size();
}

void EditedLine::replace(std::size_t begin, std::string_view text) {
  text_.replace(begin, cursor_ - begin, text);
  cursor_ = begin + text.size();
}

void EditedLine::erase_before() {
  const std::size_t begin = one_left();
  text_.erase(begin, cursor_ - begin);
  cursor_ = begin;
}

void EditedLine::erase_here() { text_.erase(cursor_, one_right() - cursor_); }

void EditedLine::erase_to_start() {
  text_.erase(0, cursor_);
  cursor_ = 0;
}

void EditedLine::erase_to_end() { text_.erase(cursor_); }

void EditedLine::erase_word_before() {
  const std::size_t last = before().find_last_not_of(between_words);
  const std::size_t blank = last == std::string::npos ? last : before().find_last_of(between_words, last);
  replace(blank == std::string::npos ? 0 : blank + 1, "");
}

std::size_t EditedLine::one_left() const {
  // A character has four bytes at most; the one that ends at the cursor is the longest that is one.
  for (std::size_t size = std::min<std::size_t>(4, cursor_); size > 1; --size) {
    if (character_size(before().substr(cursor_ - size)) == size) {
      return cursor_ - size;
    }
  }
  return cursor_ - std::min<std::size_t>(1, cursor_);
}

std::size_t EditedLine::one_right() const { return behind().empty() ? cursor_ : cursor_ + character_size(behind()); }

void LineHistory::add(const std::string& line) {
  if (line.find_first_not_of(between_words) != std::string::npos && (lines_.empty() || lines_.back() != line)) {
    lines_.push_back(line);
    if (lines_.size() > most) {
      lines_.erase(lines_.begin());
    }
  }
  shown_ = lines_.size();
}

std::string LineHistory::earlier(const std::string& current) {
  if (shown_ == 0) {
    return current;
  }
  if (shown_ == lines_.size()) {
    typed_ = current;
  }
  return lines_[--shown_];
}

std::string LineHistory::later(const std::string& current) {
  if (shown_ == lines_.size()) {
    return current;
  }
  return ++shown_ == lines_.size() ? typed_ : lines_[shown_];
}

}  // namespace kit
