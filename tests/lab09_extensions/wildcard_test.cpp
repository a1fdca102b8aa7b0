#include "wildcard.h"

#include <string>

#include <gtest/gtest.h>

namespace kit::test {
namespace {

TEST(Wildcard, KnowsAPatternByItsSigns) {
  for (const char* pattern : {"*", "a*", "?", "a?b", "[", "[ab]"}) {
    EXPECT_TRUE(has_wildcard(pattern)) << pattern;
  }
  for (const char* name : {"", "a.txt", "]", "a-b", "!x", "{a,b}"}) {
    EXPECT_FALSE(has_wildcard(name)) << name;
  }
}

TEST(Wildcard, TakesWhatIsNoSignForItself) {
  EXPECT_TRUE(matches("a.txt", "a.txt"));
  EXPECT_TRUE(matches("", ""));
  for (const char* name : {"", "a", "a.tx", "a.txtt", "b.txt", "A.txt"}) {
    EXPECT_FALSE(matches("a.txt", name)) << name;
  }
}

TEST(Wildcard, TakesAStarForAnyBytesOrNone) {
  for (const char* name : {"ab", "axb", "axxb", "abb", "a*b", "abab"}) {
    EXPECT_TRUE(matches("a*b", name)) << name;
  }
  for (const char* name : {"", "a", "b", "abc", "xab"}) {
    EXPECT_FALSE(matches("a*b", name)) << name;
  }
  EXPECT_TRUE(matches("*", ""));
  EXPECT_TRUE(matches("**", "anything"));
  EXPECT_TRUE(matches("*.*", "a.b"));
  EXPECT_FALSE(matches("*.*", "ab"));
}

TEST(Wildcard, GivesTheLastStarMoreWhereTheRestDoesNotFit) {
  EXPECT_TRUE(matches("*ab*cd", "xabxcdxabxcd"));
  EXPECT_TRUE(matches("*aab", "aaaab"));
  EXPECT_TRUE(matches("a*a*a", "aaa"));
  EXPECT_FALSE(matches("a*a*a", "aa"));
  EXPECT_FALSE(matches("*ab*cd", "xcdxab"));
}

TEST(Wildcard, TakesAQuestionMarkForOneByte) {
  EXPECT_TRUE(matches("?", "a"));
  EXPECT_TRUE(matches("?", "\xFF"));
  EXPECT_FALSE(matches("?", ""));
  EXPECT_FALSE(matches("?", "ab"));
  EXPECT_TRUE(matches("a?c*", "abcde"));
}

TEST(Wildcard, KnowsSetsAndRanges) {
  EXPECT_TRUE(matches("[abc]", "b"));
  EXPECT_FALSE(matches("[abc]", "d"));
  EXPECT_TRUE(matches("x[a-c].txt", "xb.txt"));
  EXPECT_FALSE(matches("x[a-c].txt", "xd.txt"));
  EXPECT_TRUE(matches("[0-9a-f]*", "f00"));
  EXPECT_TRUE(matches("[a-]", "-"));
  EXPECT_TRUE(matches("[!a-c]", "d"));
  EXPECT_TRUE(matches("[^a-c]", "d"));
  EXPECT_FALSE(matches("[!a-c]", "b"));
  EXPECT_TRUE(matches("[]a]", "]"));
  EXPECT_FALSE(matches("[!]a]", "]"));
  EXPECT_TRUE(matches("[\x80-\xFF]", "\xC3")) << "bytes are not signed";
  EXPECT_FALSE(matches("[a]", ""));
}

TEST(Wildcard, TakesABracketThatNothingClosesForItself) {
  EXPECT_TRUE(matches("[ab", "[ab"));
  EXPECT_TRUE(matches("*[", "x["));
  EXPECT_TRUE(matches("[]", "[]"));
  EXPECT_TRUE(matches("[!]", "[!]"));
  EXPECT_FALSE(matches("[ab", "a"));
}

TEST(Wildcard, HidesNamesThatBeginWithADot) {
  EXPECT_FALSE(matches("*", ".hidden"));
  EXPECT_FALSE(matches("?hidden", ".hidden"));
  EXPECT_FALSE(matches("[.]hidden", ".hidden"));
  EXPECT_TRUE(matches(".*", ".hidden"));
  EXPECT_TRUE(matches("*", "a.hidden"));
}

TEST(Wildcard, IsNotKeptBusyByAnyPattern) {
  const std::string name(20'000, 'a');
  std::string pattern;
  for (int i = 0; i < 200; ++i) {
    pattern += "*a";
  }
  EXPECT_FALSE(matches(pattern + "*b", name));
  EXPECT_TRUE(matches(pattern + "*", name));
}

}  // namespace
}  // namespace kit::test
