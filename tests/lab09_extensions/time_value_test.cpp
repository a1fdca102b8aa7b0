#include "time_value.h"

#include <limits>

#include <gtest/gtest.h>

namespace kit::test {
namespace {

TEST(TimeText, IsFourteenDigitsInUtc) {
  EXPECT_EQ(time_text(0), "19700101000000");
  EXPECT_EQ(time_text(951'782'399), "20000228235959");
  EXPECT_EQ(time_text(1'583'020'799), "20200229235959");
  EXPECT_EQ(time_text(-1), "19691231235959");
}

TEST(TimeText, FollowsNoTimeZone) {
  ::setenv("TZ", "Asia/Tokyo", 1);
  ::tzset();
  EXPECT_EQ(time_text(0), "19700101000000");
  ::unsetenv("TZ");
  ::tzset();
}

TEST(TimeText, KeepsAYearOfFourDigits) {
  EXPECT_EQ(time_text(std::numeric_limits<std::time_t>::max()), "99991231235959");
  EXPECT_EQ(time_text(std::numeric_limits<std::time_t>::min()), "00000101000000");
}

TEST(TimeValue, IsReadAsItIsWritten) {
  for (const std::time_t time : {std::time_t{0}, std::time_t{951'782'399}, std::time_t{4'102'444'800}}) {
    const auto read = parse_time_value(time_text(time));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->tv_sec, time);
    EXPECT_EQ(read->tv_nsec, 0);
  }
}

TEST(TimeValue, MayHaveAFraction) {
  EXPECT_EQ(parse_time_value("19700101000001.5")->tv_nsec, 500'000'000);
  EXPECT_EQ(parse_time_value("19700101000001.000000001")->tv_nsec, 1);
  EXPECT_EQ(parse_time_value("19700101000001.1234567899999999999999")->tv_nsec, 123'456'789);
  EXPECT_EQ(parse_time_value("19700101000001.0")->tv_sec, 1);
}

TEST(TimeValue, IsNothingElse) {
  for (const char* text : {"", "1", "197001010000", "1970010100000", "197001010000000", "19700101000000.",
                           "19700101000000.5x", "19700101000000,5", "19700101000000.-5", "19701301000000",
                           "19700230000000", "19000229000000", "19700101240000", "19700101006000", "1970010100000x",
                           "-9700101000000", "19700101000000 ", " 19700101000000", "19700101000000.5.5"}) {
    EXPECT_FALSE(parse_time_value(text)) << text;
  }
}

}  // namespace
}  // namespace kit::test
