#include "listing_lines.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

namespace kit {
namespace {

using Texts = std::vector<std::string>;

Texts lines_of(const std::vector<std::string_view>& pieces) {
  Texts found;
  ListingLines lines([&](std::string_view line) { found.emplace_back(line); });
  for (const std::string_view piece : pieces) {
    lines.feed(piece);
  }
  lines.finish();
  return found;
}

TEST(ListingLines, EndAtCrlfOrLf) { EXPECT_EQ(lines_of({"a\r\nb\nc\r\n"}), (Texts{"a", "b", "c"})); }

TEST(ListingLines, KeepALastOneWithoutAnEnd) { EXPECT_EQ(lines_of({"a\r\nb"}), (Texts{"a", "b"})); }

TEST(ListingLines, AreNoneForNothing) { EXPECT_EQ(lines_of({}), Texts{}); }

TEST(ListingLines, MayBeEmpty) { EXPECT_EQ(lines_of({"\r\n\na\n"}), (Texts{"", "", "a"})); }

TEST(ListingLines, LeaveEveryOtherByteAlone) {
  EXPECT_EQ(lines_of({"a\rb\t\xFF\xFFz\r\r\n"}), (Texts{"a\rb\t\xFF\xFFz\r"}));
}

TEST(ListingLines, AreTheSameWhereverThePiecesAreCut) {
  const std::string text = "one\r\n\r\ntw\ro\nthree\xFF\r\n";
  const Texts whole = lines_of({text});
  for (std::size_t first = 0; first <= text.size(); ++first) {
    for (std::size_t second = first; second <= text.size(); ++second) {
      const std::string_view view = text;
      EXPECT_EQ(lines_of({view.substr(0, first), view.substr(first, second - first), view.substr(second)}), whole);
    }
  }
}

TEST(ListingLines, AreBounded) {
  EXPECT_EQ(lines_of({std::string(ListingLines::line_limit, 'x') + "\n"}).size(), 1U);
  EXPECT_THROW(lines_of({std::string(ListingLines::line_limit + 1, 'x') + "\n"}), std::length_error);
}

}  // namespace
}  // namespace kit
