#include "keys.h"

#include <cstddef>
#include <string_view>
#include <utility>

namespace kit {
namespace {

constexpr char escape = '\x1b';
constexpr std::size_t longest_sequence = 16;

Key key_of_control(char byte) {
  switch (byte) {
    case 'A' - '@': return Key::home;
    case 'B' - '@': return Key::left;
    case 'D' - '@': return Key::end_of_input;
    case 'E' - '@': return Key::end;
    case 'F' - '@': return Key::right;
    case '\b':
    case '\x7f': return Key::backspace;
    case '\t': return Key::tab;
    case '\n':
    case '\r': return Key::enter;
    case 'K' - '@': return Key::erase_to_end;
    case 'L' - '@': return Key::redraw;
    case 'N' - '@': return Key::down;
    case 'P' - '@': return Key::up;
    case 'U' - '@': return Key::erase_to_start;
    case 'W' - '@': return Key::erase_word;
    case 'Z' - '@': return Key::suspend;
    case '\\' - '@': return Key::quit;
    default: return Key::none;
  }
}

// What follows ESC [ or ESC O.
Key key_of_sequence(std::string_view sequence) {
  constexpr std::pair<std::string_view, Key> known[] = {
      {"A", Key::up},    {"B", Key::down},  {"C", Key::right}, {"D", Key::left}, {"H", Key::home},   {"F", Key::end},
      {"1~", Key::home}, {"7~", Key::home}, {"4~", Key::end},  {"8~", Key::end}, {"3~", Key::erase},
  };
  for (const auto& [text, key] : known) {
    if (text == sequence) {
      return key;
    }
  }
  return Key::none;
}

// How many bytes a character has that begins with this one; 1 for what begins none.
std::size_t size_begun_by(unsigned char first) {
  return first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 1;
}

}  // namespace

std::optional<KeyPress> KeyDecoder::feed(char byte) {
  if (pending_.starts_with(escape)) {
    return feed_escape(byte);
  }
  if (!pending_.empty()) {
    return feed_character(byte);
  }
  if (byte == escape || size_begun_by(static_cast<unsigned char>(byte)) > 1) {
    pending_ = byte;
    return std::nullopt;
  }
  const bool control = (byte >= 0 && byte < ' ') || byte == '\x7f';
  return control ? KeyPress{key_of_control(byte)} : KeyPress{Key::character, std::string(1, byte)};
}

std::optional<KeyPress> KeyDecoder::feed_escape(char byte) {
  pending_ += byte;
  const bool begins = pending_.size() == 2 && (byte == '[' || byte == 'O');
  const bool goes_on = pending_.size() > 2 && byte >= ' ' && byte < '@' && pending_.size() < longest_sequence;
  if (begins || goes_on) {
    return std::nullopt;
  }
  const std::string sequence = std::exchange(pending_, "");
  return KeyPress{sequence.size() == 2 ? Key::none : key_of_sequence(std::string_view(sequence).substr(2))};
}

std::optional<KeyPress> KeyDecoder::feed_character(char byte) {
  if ((static_cast<unsigned char>(byte) & 0xC0U) != 0x80) {  // the character ends too early: this one comes instead
    pending_.clear();
    return feed(byte);
  }
  pending_ += byte;
  if (pending_.size() < size_begun_by(static_cast<unsigned char>(pending_[0]))) {
    return std::nullopt;
  }
  return KeyPress{Key::character, std::exchange(pending_, "")};
}

}  // namespace kit
