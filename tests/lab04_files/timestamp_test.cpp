#include "timestamp.h"

#include <string>

#include <gtest/gtest.h>

namespace kit {
namespace {

TEST(ParseTimestamp, ReadsDateAndTimeInUtc) {
  EXPECT_EQ(parse_timestamp("19700101000000"), 0);
  EXPECT_EQ(parse_timestamp("20090213233130"), 1'234'567'890);
  EXPECT_EQ(parse_timestamp("20380119031408"), 2'147'483'648);
  EXPECT_EQ(parse_timestamp("19691231235959"), -1);
  EXPECT_EQ(parse_timestamp("20240229120000"), 1'709'208'000);
}

TEST(ParseTimestamp, TakesMissingSecondsForZero) {
  EXPECT_EQ(parse_timestamp("200902132331"), parse_timestamp("20090213233100"));
}

TEST(ParseTimestamp, KnowsLeapSeconds) {
  EXPECT_EQ(parse_timestamp("20161231235960"), parse_timestamp("20170101000000"));
}

TEST(ParseTimestamp, RefusesWhatDoesNotExist) {
  for (const char* text : {"20090013000000", "20091313000000", "20090100000000", "20090132000000", "20090431000000",
                           "20090229000000", "19000229000000", "20090101240000", "20090101006000", "20090101000061"}) {
    EXPECT_EQ(parse_timestamp(text), std::nullopt) << text;
  }
}

TEST(ParseTimestamp, RefusesWhatIsNoTime) {
  for (const char* text : {"", "2009", "20090213", "2009021323313", "200902132331300", "2009-02-13T23",
                           "+0090213233130", "2009021323313 ", " 0090213233130", "2009021323313a", "2009 213233130"}) {
    EXPECT_EQ(parse_timestamp(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace kit
