#include "virtual_path.h"

#include <gtest/gtest.h>

namespace kit {
namespace {

VirtualPath at(std::string_view absolute) { return VirtualPath().resolve(absolute); }

TEST(VirtualPath, IsTheRootWhenNothingWasResolved) {
  EXPECT_EQ(VirtualPath().text(), "/");
  EXPECT_TRUE(VirtualPath().is_root());
  EXPECT_EQ(VirtualPath().relative(), ".");
  EXPECT_EQ(VirtualPath().name(), "");
  EXPECT_EQ(VirtualPath().parent(), VirtualPath());
}

TEST(VirtualPath, ResolvesARelativeNameBelowItself) {
  EXPECT_EQ(VirtualPath().resolve("a").text(), "/a");
  EXPECT_EQ(at("/a").resolve("b").text(), "/a/b");
  EXPECT_EQ(at("/a").resolve("b/c").text(), "/a/b/c");
}

TEST(VirtualPath, ResolvesAnAbsoluteNameFromTheRoot) {
  EXPECT_EQ(at("/a/b").resolve("/c").text(), "/c");
  EXPECT_EQ(at("/a/b").resolve("/").text(), "/");
}

TEST(VirtualPath, DropsDotsAndEmptyComponents) {
  for (const char* name : {"/a/b", "/a/b/", "//a//b//", "/./a/./b/.", "/a/b/././", "///a/b"}) {
    EXPECT_EQ(at(name).text(), "/a/b") << name;
  }
  for (const char* name : {"", ".", "./", ".//."}) {
    EXPECT_EQ(at("/a").resolve(name).text(), "/a") << name;
    EXPECT_EQ(VirtualPath().resolve(name).text(), "/") << name;
  }
}

TEST(VirtualPath, GoesUpByDotDot) {
  EXPECT_EQ(at("/a/b").resolve("..").text(), "/a");
  EXPECT_EQ(at("/a/b").resolve("../").text(), "/a");
  EXPECT_EQ(at("/a/b").resolve("../c").text(), "/a/c");
  EXPECT_EQ(at("/a/b").resolve("../..").text(), "/");
  EXPECT_EQ(at("/a").resolve("b/../c/./../d").text(), "/a/d");
  EXPECT_EQ(at("/a").resolve("/b/../c").text(), "/c");
}

TEST(VirtualPath, NeverRisesAboveTheRoot) {
  for (const char* name : {"..", "../", "/..", "../..", "/../../..", "a/../..", "a/../../", "../../../../../../..",
                           "./..//../.", "/a/../b/../../.."}) {
    EXPECT_EQ(VirtualPath().resolve(name).text(), "/") << name;
  }
  EXPECT_EQ(at("/a").resolve("../../../etc/passwd").text(), "/etc/passwd");
  EXPECT_EQ(at("/a").resolve("../../..").resolve("b").text(), "/b");
}

TEST(VirtualPath, TakesOnlyTheExactDotsForDirections) {
  for (const char* name : {"...", "..a", "a..", ".a", "a.", ". ", " .", ".. ", " ..", "....", "..\\", "..\\..",
                           "%2e%2e", "..\r", "..\xC0\xAF", "C:", "~"}) {
    EXPECT_EQ(at("/d").resolve(name).text(), std::string("/d/") + name) << name;
  }
}

TEST(VirtualPath, KeepsEveryOtherByteOfAName) {
  std::string name;
  for (int value = 1; value < 256; ++value) {
    if (value != '/') {
      name += static_cast<char>(value);
    }
  }
  const VirtualPath path = VirtualPath().resolve(name);
  EXPECT_EQ(path.text(), "/" + name);
  EXPECT_EQ(path.name(), name);
  EXPECT_EQ(path.relative(), name);
}

TEST(VirtualPath, KeepsBlanksInFrontAndBehind) {
  EXPECT_EQ(VirtualPath().resolve(" a ").text(), "/ a ");
  EXPECT_EQ(VirtualPath().resolve("a/ /b").text(), "/a/ /b");
}

TEST(VirtualPath, KnowsItsLastComponentAndTheDirectoryThatHoldsIt) {
  EXPECT_EQ(at("/a").name(), "a");
  EXPECT_EQ(at("/a").parent().text(), "/");
  EXPECT_EQ(at("/a/b c").name(), "b c");
  EXPECT_EQ(at("/a/b c").parent().text(), "/a");
  EXPECT_FALSE(at("/a").is_root());
}

TEST(VirtualPath, IsRelativeForTheSystem) {
  EXPECT_EQ(at("/a").relative(), "a");
  EXPECT_EQ(at("/a/b").relative(), "a/b");
}

TEST(VirtualPath, IsEqualWhenItNamesTheSame) {
  EXPECT_EQ(at("/a/b"), at("a//b/../b/"));
  EXPECT_FALSE(at("/a/b") == at("/a/B"));
}

// Whatever components come, in whatever order: the result is normalised, and joining two names is resolving them in
// turn.
TEST(VirtualPath, IsNormalisedWhateverWasSent) {
  const std::string_view pieces[] = {"a", "/", "..", ".", "b"};
  constexpr std::size_t count = std::size(pieces);
  for (std::size_t number = 0; number < count * count * count * count * count * count; ++number) {
    std::string name;
    for (std::size_t rest = number, i = 0; i < 6; ++i, rest /= count) {
      name += pieces[rest % count];
    }
    const VirtualPath path = at("/x/y").resolve(name);
    const std::string bounded = path.text() + (path.is_root() ? "" : "/");
    EXPECT_EQ(bounded.front(), '/') << name;
    EXPECT_EQ(bounded.find("//"), std::string::npos) << name;
    EXPECT_EQ(bounded.find("/./"), std::string::npos) << name;
    EXPECT_EQ(bounded.find("/../"), std::string::npos) << name;
    EXPECT_EQ(VirtualPath().resolve(path.text()), path) << name;
    EXPECT_EQ(path.is_root() ? path : path.parent().resolve(path.name()), path) << name;
    const std::size_t slash = name.find('/');
    if (slash != std::string::npos && slash > 0) {
      EXPECT_EQ(at("/x/y").resolve(name.substr(0, slash)).resolve("./" + name.substr(slash)), path) << name;
    }
  }
}

}  // namespace
}  // namespace kit
