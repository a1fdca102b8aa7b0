#pragma once

#include <optional>
#include <string>

namespace kit {

/// A key that was pressed, as far as a line editor makes a difference.
enum class Key {
  character,  ///< `text` holds it, all its bytes
  enter,
  tab,
  left,
  right,
  up,
  down,
  home,
  end,
  backspace,
  erase,
  erase_to_start,
  erase_to_end,
  erase_word,
  end_of_input,  ///< Ctrl-D
  redraw,        ///< Ctrl-L
  suspend,       ///< Ctrl-Z
  quit,          ///< Ctrl-backslash
  none,          ///< one that means nothing here
};

struct KeyPress {
  Key key = Key::none;
  std::string text = {};

  bool operator==(const KeyPress&) const = default;
};

/// Makes keys out of the bytes that a terminal sends: characters of UTF-8, control characters, and the escape sequences
/// of arrows and the like. Pure.
class KeyDecoder {
 public:
  /// The next byte; nothing while a key is not complete. A sequence that nobody knows is one key that means nothing. A
  /// byte that is no part of a character is a character of its own.
  std::optional<KeyPress> feed(char byte);

 private:
  std::optional<KeyPress> feed_escape(char byte);
  std::optional<KeyPress> feed_character(char byte);

  std::string pending_;  // the bytes of a key that is not complete
};

}  // namespace kit
