#include "keys.h"

#include <vector>

#include <gtest/gtest.h>

namespace kit {
namespace {

std::vector<KeyPress> keys(const std::string& bytes) {
  KeyDecoder decoder;
  std::vector<KeyPress> found;
  for (const char byte : bytes) {
    if (const auto press = decoder.feed(byte)) {
      found.push_back(*press);
    }
  }
  return found;
}

KeyPress character(const std::string& text) { return {Key::character, text}; }

TEST(Keys, CharactersOfAllSizes) {
  EXPECT_EQ(
      keys("a\xC3\xBC\xE4\xB8\x96\xF0\x9F\x98\x80"),
      (std::vector{character("a"), character("\xC3\xBC"), character("\xE4\xB8\x96"), character("\xF0\x9F\x98\x80")}));
}

TEST(Keys, BytesThatAreNoCharacter) {
  EXPECT_EQ(keys("\xFF\x80"), (std::vector{character("\xFF"), character("\x80")}));
  EXPECT_EQ(keys("\xC3q"), (std::vector{character("q")})) << "cut short by another";
  EXPECT_EQ(keys("\xE4\xB8\n"), (std::vector{KeyPress{Key::enter}}));
}

TEST(Keys, ControlCharacters) {
  const std::pair<char, Key> known[] = {
      {'\n', Key::enter},
      {'\r', Key::enter},
      {'\t', Key::tab},
      {'\b', Key::backspace},
      {'\x7f', Key::backspace},
      {1, Key::home},
      {2, Key::left},
      {4, Key::end_of_input},
      {5, Key::end},
      {6, Key::right},
      {11, Key::erase_to_end},
      {12, Key::redraw},
      {14, Key::down},
      {16, Key::up},
      {21, Key::erase_to_start},
      {23, Key::erase_word},
      {26, Key::suspend},
      {28, Key::quit},
      {7, Key::none},
      {0, Key::none},
  };
  for (const auto& [byte, key] : known) {
    EXPECT_EQ(keys(std::string(1, byte)), std::vector{KeyPress{key}}) << static_cast<int>(byte);
  }
}

TEST(Keys, EscapeSequences) {
  const std::pair<const char*, Key> known[] = {
      {"[A", Key::up},    {"[B", Key::down},  {"[C", Key::right}, {"[D", Key::left}, {"[H", Key::home},
      {"[F", Key::end},   {"OA", Key::up},    {"OD", Key::left},  {"OH", Key::home}, {"OF", Key::end},
      {"[1~", Key::home}, {"[7~", Key::home}, {"[4~", Key::end},  {"[8~", Key::end}, {"[3~", Key::erase},
  };
  for (const auto& [sequence, key] : known) {
    EXPECT_EQ(keys(std::string("\x1b") + sequence + "x"), (std::vector{KeyPress{key}, character("x")})) << sequence;
  }
}

TEST(Keys, SequencesThatNobodyKnowsMeanNothing) {
  for (const char* sequence : {"[5~", "[1;5C", "[200~", "OP", "x", "\x1b"}) {
    EXPECT_EQ(keys(std::string("\x1b") + sequence + "x"), (std::vector{KeyPress{Key::none}, character("x")}))
        << sequence;
  }
  EXPECT_EQ(keys("\x1b[" + std::string(13, '1')).size(), 0U);
  EXPECT_EQ(keys("\x1b[" + std::string(14, '1')), std::vector{KeyPress{Key::none}}) << "one without end";
}

}  // namespace
}  // namespace kit
