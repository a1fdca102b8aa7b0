#include "edited_line.h"

#include <gtest/gtest.h>

namespace kit {
namespace {

// The line with a | where the cursor stands.
std::string shown(const EditedLine& line) { return std::string(line.before()) + "|" + std::string(line.behind()); }

EditedLine at(const std::string& before, const std::string& behind) {
  EditedLine line;
  line.set(before + behind);
  line.home();
  while (line.cursor() < before.size()) {
    line.right();
  }
  return line;
}

TEST(EditedLine, InsertsAtTheCursor) {
  EditedLine line = at("ab", "c");
  line.insert("\xC3\xBC");
  EXPECT_EQ(shown(line), "ab\xC3\xBC|c");
  line.home();
  line.insert("x");
  line.end();
  line.insert("y");
  EXPECT_EQ(shown(line), "xab\xC3\xBC"
                         "cy|");
}

TEST(EditedLine, MovesByCharacters) {
  const std::string text = "a\xC3\xBC\xE4\xB8\x96\xF0\x9F\x98\x80\xFF\xC3z";  // 1, 2, 3 and 4 bytes; two that are none
  EditedLine line;
  line.set(text);
  std::vector<std::size_t> stops;
  for (line.home(); line.cursor() < text.size(); line.right()) {
    stops.push_back(line.cursor());
  }
  EXPECT_EQ(stops, (std::vector<std::size_t>{0, 1, 3, 6, 10, 11, 12}));
  line.right();
  EXPECT_EQ(line.cursor(), text.size());
  for (; line.cursor() > 0; line.left()) {
    EXPECT_TRUE(stops.empty() || line.cursor() == text.size() || line.cursor() == stops.back());
    if (line.cursor() != text.size()) {
      stops.pop_back();
    }
  }
  line.left();
  EXPECT_EQ(line.cursor(), 0U);
}

TEST(EditedLine, DeletesCharacters) {
  EditedLine line = at("a\xC3\xBC", "\xE4\xB8\x96z");
  line.erase_before();
  EXPECT_EQ(shown(line), "a|\xE4\xB8\x96z");
  line.erase_here();
  EXPECT_EQ(shown(line), "a|z");
  line.erase_here();
  line.erase_here();
  EXPECT_EQ(shown(line), "a|");
  line.erase_before();
  line.erase_before();
  EXPECT_EQ(shown(line), "|");
}

TEST(EditedLine, DeletesToBothSides) {
  EditedLine line = at("ab", "cd");
  line.erase_to_end();
  EXPECT_EQ(shown(line), "ab|");
  line = at("ab", "cd");
  line.erase_to_start();
  EXPECT_EQ(shown(line), "|cd");
}

TEST(EditedLine, DeletesAWord) {
  for (const auto& [before, after] :
       {std::pair{"get one", "get "}, {"get one  ", "get "}, {"get", ""}, {"  ", ""}, {"", ""}, {"a b\t", "a "}}) {
    EditedLine line = at(before, "z");
    line.erase_word_before();
    EXPECT_EQ(shown(line), std::string(after) + "|z") << before;
  }
}

TEST(EditedLine, ReplacesUpToTheCursor) {
  EditedLine line = at("get fi", " x");
  line.replace(4, "file");
  EXPECT_EQ(shown(line), "get file| x");
}

TEST(Columns, CountsWhatATerminalShows) {
  EXPECT_EQ(columns(""), 0U);
  EXPECT_EQ(columns("abc"), 3U);
  EXPECT_EQ(columns("\xC3\xBC"), 1U);
  EXPECT_EQ(columns("\xE4\xB8\x96\xE7\x95\x8C"), 4U);
  EXPECT_EQ(columns("\xF0\x9F\x98\x80"), 2U);
  EXPECT_EQ(columns("u\xCC\x88"), 1U) << "a combining mark";
  EXPECT_EQ(columns("\xFF\xC3"), 2U);
}

TEST(Columns, TheFirstOnesOfAText) {
  EXPECT_EQ(first_columns("abc", 2), "ab");
  EXPECT_EQ(first_columns("abc", 9), "abc");
  EXPECT_EQ(first_columns("a\xE4\xB8\x96", 2), "a") << "no half a character";
  EXPECT_EQ(first_columns("u\xCC\x88x", 1), "u\xCC\x88");
  EXPECT_EQ(first_columns("", 3), "");
}

TEST(Columns, DrawsNothingThatIsNoCharacter) {
  EXPECT_EQ(drawable("a\\\xC3\xBC"), "a\\\xC3\xBC");
  EXPECT_EQ(drawable("\xFF\x1b\xC2\x9B\x7f"), "????");
}

TEST(LineHistory, GoesBackAndForth) {
  LineHistory history;
  EXPECT_EQ(history.earlier("x"), "x");
  history.add("one");
  history.add("two");
  EXPECT_EQ(history.earlier("new"), "two");
  EXPECT_EQ(history.earlier("two"), "one");
  EXPECT_EQ(history.earlier("one"), "one");
  EXPECT_EQ(history.later("one"), "two");
  EXPECT_EQ(history.later("two"), "new") << "what was being typed";
  EXPECT_EQ(history.later("new"), "new");
}

TEST(LineHistory, RemembersWhatIsWorthIt) {
  LineHistory history;
  for (const char* line : {"one", "", "  ", "one", "two"}) {
    history.add(line);
  }
  EXPECT_EQ(history.earlier(""), "two");
  EXPECT_EQ(history.earlier(""), "one");
  EXPECT_EQ(history.earlier("end"), "end");
}

TEST(LineHistory, Ends) {
  LineHistory history;
  for (std::size_t i = 0; i < LineHistory::most + 10; ++i) {
    history.add(std::to_string(i));
  }
  std::string line;
  for (std::size_t i = 0; i < 2 * LineHistory::most; ++i) {
    line = history.earlier(line);
  }
  EXPECT_EQ(line, "10");
}

}  // namespace
}  // namespace kit
