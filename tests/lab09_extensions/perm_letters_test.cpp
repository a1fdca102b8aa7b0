#include "perm_letters.h"

#include <gtest/gtest.h>

namespace kit::test {
namespace {

constexpr Rights all{true, true, true};
constexpr Rights none{};

Access file() { return {.own = {true, true, false}, .parent = all}; }
Access directory() { return {.directory = true, .own = all, .parent = all}; }

TEST(PermLetters, OfAFileWithAllRights) { EXPECT_EQ(perm_letters(file()), "adfrw"); }

TEST(PermLetters, OfADirectoryWithAllRights) { EXPECT_EQ(perm_letters(directory()), "cdeflmp"); }

TEST(PermLetters, LeaveAReadOnlyAccountWhatItMay) {
  Access access = file();
  access.may_write = false;
  EXPECT_EQ(perm_letters(access), "r");
  access = directory();
  access.may_write = false;
  EXPECT_EQ(perm_letters(access), "el");
}

TEST(PermLetters, FollowTheRightsOfAFile) {
  Access access = file();
  access.own = {true, false, false};
  EXPECT_EQ(perm_letters(access), "dfr") << "it is the directory that a name is taken from";
  access.own = {false, true, false};
  EXPECT_EQ(perm_letters(access), "adfw");
  access.own = none;
  EXPECT_EQ(perm_letters(access), "df");
}

TEST(PermLetters, FollowTheRightsOfTheDirectoryAFileIsIn) {
  Access access = file();
  for (const Rights parent : {none, Rights{true, false, true}, Rights{true, true, false}}) {
    access.parent = parent;
    EXPECT_EQ(perm_letters(access), "r");
  }
}

TEST(PermLetters, FollowTheRightsOfADirectory) {
  Access access = directory();
  access.own = {true, false, true};
  EXPECT_EQ(perm_letters(access), "defl");
  access.own = {true, true, false};
  EXPECT_EQ(perm_letters(access), "dfl") << "nothing in it can be reached";
  access.own = {false, true, true};
  EXPECT_EQ(perm_letters(access), "cdefmp");
  access.own = none;
  EXPECT_EQ(perm_letters(access), "df");
}

TEST(PermLetters, KeepWhatIsFixed) {
  Access access = directory();
  access.fixed = true;
  EXPECT_EQ(perm_letters(access), "celmp");
  access = file();
  access.fixed = true;
  EXPECT_EQ(perm_letters(access), "arw");
}

TEST(PermLetters, KeepTheWorkingDirectoryFromRmd) {
  Access access = directory();
  access.occupied = true;
  EXPECT_EQ(perm_letters(access), "ceflmp");
}

TEST(PermLetters, KnowThatALinkToADirectoryIsNoneForRmd) {
  Access access = directory();
  access.link = true;
  EXPECT_EQ(perm_letters(access), "ceflmp");
  access = file();
  access.link = true;
  EXPECT_EQ(perm_letters(access), "adfrw");
}

}  // namespace
}  // namespace kit::test
