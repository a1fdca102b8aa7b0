#include "tally.h"

#include <gtest/gtest.h>

#include "arguments.h"
#include "load_options.h"

namespace {

TEST(BenchQuantile, IsTheNearestRank) {
  const std::vector<std::uint64_t> values{10, 20, 30, 40};
  EXPECT_EQ(bench::quantile(values, 0), 10U);
  EXPECT_EQ(bench::quantile(values, 0.25), 10U);
  EXPECT_EQ(bench::quantile(values, 0.5), 20U);
  EXPECT_EQ(bench::quantile(values, 0.51), 30U);
  EXPECT_EQ(bench::quantile(values, 0.99), 40U);
  EXPECT_EQ(bench::quantile(values, 1), 40U);
}

TEST(BenchQuantile, OfNothingIsZero) { EXPECT_EQ(bench::quantile({}, 0.5), 0U); }

TEST(BenchTally, CountsOperationsBytesAndErrors) {
  bench::Tally tally;
  tally.begin();
  tally.done(bench::Clock::now(), 16, 100);
  tally.done(bench::Clock::now(), 1, 23);
  tally.failed("421 \"full\"\r\n");
  tally.failed("421 \"full\"\r\n");
  const std::string json = tally.json();
  EXPECT_NE(json.find(R"("count": 17,)"), std::string::npos) << json;
  EXPECT_NE(json.find(R"("bytes": 123,)"), std::string::npos) << json;
  EXPECT_NE(json.find(R"("errors": {"421 ?full???": 2}})"), std::string::npos) << json;
}

TEST(BenchOptions, AreReadInAnyOrder) {
  const auto options =
      bench::parse_load_options({"--sessions", "64", "retr", "--path", "big", "2121", "--epsv", "--time", "500"});
  EXPECT_EQ(options.mode, bench::Mode::retr);
  EXPECT_EQ(options.port, 2121);
  EXPECT_EQ(options.sessions, 64U);
  EXPECT_EQ(options.path, "big");
  EXPECT_TRUE(options.extended);
  EXPECT_FALSE(options.copy);
  EXPECT_EQ(options.time.count(), 500);
}

TEST(BenchOptions, RefusesWhatItDoesNotKnow) {
  const std::vector<std::vector<std::string>> wrong{{"retr"},
                                                    {"fetch", "21"},
                                                    {"retr", "70000"},
                                                    {"retr", "21", "22"},
                                                    {"retr", "21", "--sessions", "0"},
                                                    {"retr", "21", "--sessions", "many"},
                                                    {"retr", "21", "--sessions"},
                                                    {"retr", "21", "--fast"},
                                                    {"retr", "21", "--fast", "1"}};
  for (const auto& arguments : wrong) {
    EXPECT_THROW(bench::parse_load_options(arguments), kit::UsageError) << testing::PrintToString(arguments);
  }
}

}  // namespace
