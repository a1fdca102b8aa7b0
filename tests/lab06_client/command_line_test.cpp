#include "command_line.h"

#include <gtest/gtest.h>

namespace kit {
namespace {

using Texts = std::vector<std::string>;

TEST(SplitWords, SeparatesAtBlanks) {
  EXPECT_EQ(split_words("get a.txt b.txt"), (Texts{"get", "a.txt", "b.txt"}));
  EXPECT_EQ(split_words("  get\t \ta.txt  "), (Texts{"get", "a.txt"}));
}

TEST(SplitWords, GivesNoWordsForNothing) {
  EXPECT_EQ(split_words(""), Texts{});
  EXPECT_EQ(split_words(" \t "), Texts{});
}

TEST(SplitWords, KeepsBlanksWithinQuotes) {
  EXPECT_EQ(split_words(R"(get "a b.txt")"), (Texts{"get", "a b.txt"}));
  EXPECT_EQ(split_words("get 'a  b.txt'"), (Texts{"get", "a  b.txt"}));
  EXPECT_EQ(split_words(R"(" lead" "trail ")"), (Texts{" lead", "trail "}));
}

TEST(SplitWords, TakesEachKindOfQuoteLiterallyWithinTheOther) {
  EXPECT_EQ(split_words(R"("it's" 'say "hi"')"), (Texts{"it's", "say \"hi\""}));
}

TEST(SplitWords, TakesAnEmptyPairForAnEmptyWord) { EXPECT_EQ(split_words(R"(put "" '')"), (Texts{"put", "", ""})); }

TEST(SplitWords, JoinsPiecesThatTouch) {
  EXPECT_EQ(split_words(R"(a"b c"'d e'f\ g)"), (Texts{"ab cd ef g"}));
  EXPECT_EQ(split_words(R"(a""b)"), (Texts{"ab"}));
}

TEST(SplitWords, TakesTheByteBehindABackslashLiterally) {
  EXPECT_EQ(split_words(R"(a\ b \" \' \\ \n)"), (Texts{"a b", "\"", "'", "\\", "n"}));
  EXPECT_EQ(split_words(R"("a\"b" "a\\b")"), (Texts{"a\"b", "a\\b"}));
}

TEST(SplitWords, TakesABackslashWithinSingleQuotesLiterally) { EXPECT_EQ(split_words(R"('a\b')"), (Texts{"a\\b"})); }

TEST(SplitWords, LeavesDashesSemicolonsAndHighBytesAlone) {
  EXPECT_EQ(split_words("get -x --y ; a;b gr\xC3\xBC\xC3\x9F\x65 \xFF\x01"),
            (Texts{"get", "-x", "--y", ";", "a;b", "gr\xC3\xBC\xC3\x9F\x65", "\xFF\x01"}));
}

TEST(SplitWords, RefusesWhatHasNoEnd) {
  for (const char* line : {"\"", "'", "get \"a b", "get 'a b", R"(get "a\")", "get a\\", R"("a'b)"}) {
    EXPECT_THROW(split_words(line), CommandLineError) << line;
  }
}

// Quoted as described, every name comes back: all pairs of bytes, in all three ways of quoting.
TEST(SplitWords, GivesBackEveryNameThatIsQuoted) {
  for (int first = 1; first < 256; ++first) {
    for (int second = 1; second < 256; ++second) {
      const std::string name{static_cast<char>(first), static_cast<char>(second)};
      std::string escaped;
      for (const char c : name) {
        escaped += std::string("\\") + c;
      }
      ASSERT_EQ(split_words("get " + escaped + " x"), (Texts{"get", name, "x"})) << first << " " << second;
      ASSERT_EQ(split_words("get \"" + escaped + "\" x"), (Texts{"get", name, "x"})) << first << " " << second;
      if (first != '\'' && second != '\'') {
        ASSERT_EQ(split_words("get '" + name + "' x"), (Texts{"get", name, "x"})) << first << " " << second;
      }
    }
  }
}

TEST(SplitCommands, SeparatesAtSemicolons) {
  EXPECT_EQ(split_commands("cd pub; get a"), (Texts{"cd pub", " get a"}));
  EXPECT_EQ(split_commands("ls"), (Texts{"ls"}));
}

TEST(SplitCommands, LeavesEmptyCommandsOut) {
  EXPECT_EQ(split_commands(""), Texts{});
  EXPECT_EQ(split_commands(" ;; \t;ls; "), (Texts{"ls"}));
}

TEST(SplitCommands, LeavesQuotedSemicolonsAndTheQuotesThemselves) {
  EXPECT_EQ(split_commands(R"(get "a;b"; get 'c;d'; get e\;f)"), (Texts{R"(get "a;b")", " get 'c;d'", R"( get e\;f)"}));
}

TEST(SplitCommands, LeavesAQuoteThatIsNotClosedToSplitWords) {
  EXPECT_EQ(split_commands("ls; get \"a; b"), (Texts{"ls", " get \"a; b"}));
}

}  // namespace
}  // namespace kit
