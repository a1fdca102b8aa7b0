#include "restart.h"

#include <limits>

#include "extensions_fixture.h"

namespace kit::test {
namespace {

class Restart : public ExtensionsFixture {
 protected:
  Restart() {
    tree_.write("root/f", "0123456789");
    EXPECT_EQ(ask("TYPE I").code, 200);
  }
  std::string fetch_from(const std::string& rest) {
    EXPECT_EQ(code(rest), 350);
    return fetch("RETR f");
  }
};

TEST_F(Restart, PointIsForTheCommandRightBehindOnly) {
  RestartPoint point;
  EXPECT_EQ(point.take(), 0U);
  point.set(7);
  EXPECT_EQ(point.take(), 0U) << "no command has begun";
  point.begin_command();
  EXPECT_EQ(point.offset(), 7U);
  EXPECT_EQ(point.take(), 7U);
  EXPECT_EQ(point.take(), 0U) << "asked for once";
  point.set(7);
  point.begin_command();
  point.begin_command();
  EXPECT_EQ(point.take(), 0U) << "another command came between";
}

TEST_F(Restart, TakesDigitsOnly) {
  expect_codes(350, {"REST 0", "REST 5", "REST 9223372036854775807", "REST 007"});
  expect_codes(501, {"REST", "REST ", "REST x", "REST -1", "REST +1", "REST 1 2", "REST 1.5", "REST  1",
                     "REST 9223372036854775808", "REST 99999999999999999999"});
}

TEST_F(Restart, BeginsADownloadAtTheOffset) {
  EXPECT_EQ(fetch_from("REST 4"), "456789");
  EXPECT_EQ(fetch("RETR f"), "0123456789") << "the next one is whole";
  EXPECT_EQ(fetch_from("REST 10"), "");
  EXPECT_EQ(fetch_from("REST 0"), "0123456789");
}

TEST_F(Restart, IsReplacedByTheNextRest) {
  ASSERT_EQ(code("REST 4"), 350);
  EXPECT_EQ(fetch_from("REST 8"), "89");
}

TEST_F(Restart, MayStandBeforeWhatAgreesOnTheTransfer) {
  expect_codes(350, {"REST 8"});
  expect_codes(200, {"TYPE A", "TYPE I", "MODE S", "STRU F"});
  ASSERT_EQ(code("ALLO 10"), 202);
  ASSERT_EQ(code("EPSV"), 229);
  EXPECT_EQ(fetch("RETR f"), "89") << "and before PASV";
}

TEST_F(Restart, IsForgottenByAnyOtherCommand) {
  for (const char* line : {"NOOP", "CWD /", "SIZE f", "FEAT", "RETR nothing", "NLST nothing", "MLST", "SITE HELP",
                           "OPTS UTF8 ON", "RETR", "REST x", "MFMT 20200102030405 f"}) {
    ASSERT_EQ(code("REST 8"), 350);
    ask(line);
    EXPECT_EQ(fetch("RETR f").size(), std::string(line) == "REST x" ? 2U : 10U) << line;
  }
}

TEST_F(Restart, IsForgottenByAListing) {
  ASSERT_EQ(code("REST 1"), 350);
  EXPECT_EQ(fetch("NLST"), "f\r\n");
  EXPECT_EQ(fetch("RETR f"), "0123456789");
}

TEST_F(Restart, IsForgottenByRein) {
  ASSERT_EQ(code("REST 1"), 350);
  ASSERT_EQ(code("REIN"), 220);
  log_in("bob");
  ASSERT_EQ(code("TYPE I"), 200);
  EXPECT_EQ(fetch("RETR f"), "0123456789");
}

TEST_F(Restart, BehindTheEndIsRefusedAndForgotten) {
  ASSERT_EQ(code("PASV"), 227);
  ASSERT_EQ(code("REST 11"), 350);
  EXPECT_EQ(code("RETR f"), 554);
  ASSERT_EQ(code("REST 11"), 350);
  EXPECT_EQ(ask("STOR f").kind(), 5);
  EXPECT_EQ(fetch("RETR f"), "0123456789");
}

TEST_F(Restart, PutsAnUploadIntoThePlace) {
  ASSERT_EQ(code("REST 3"), 350);
  store("STOR f", "abc");
  EXPECT_EQ(tree_.read("root/f"), "012abc6789");
  ASSERT_EQ(code("REST 8"), 350);
  store("STOR f", "xyz");
  EXPECT_EQ(tree_.read("root/f"), "012abc67xyz");
  store("STOR f", "new");
  EXPECT_EQ(tree_.read("root/f"), "new");
}

TEST_F(Restart, MakesAppeStor) {
  ASSERT_EQ(code("REST 3"), 350);
  store("APPE f", "abc");
  EXPECT_EQ(tree_.read("root/f"), "012abc6789");
  store("APPE f", "end");
  EXPECT_EQ(tree_.read("root/f"), "012abc6789end");
}

TEST_F(Restart, IsRefusedWhereAnOffsetMeansNothing) {
  ASSERT_EQ(code("PASV"), 227);
  for (const auto& [set, back] : {std::pair{"TYPE A", "TYPE I"}, {"STRU R", "STRU F"}}) {
    ASSERT_EQ(code(set), 200);
    ASSERT_EQ(code("REST 3"), 350);
    EXPECT_EQ(code("RETR f"), 554) << set;
    ASSERT_EQ(code("REST 3"), 350);
    EXPECT_EQ(code("STOR f"), 554) << set;
    ASSERT_EQ(code(back), 200);
  }
  EXPECT_EQ(tree_.read("root/f"), "0123456789");
  ASSERT_EQ(code("TYPE A"), 200);
  EXPECT_EQ(fetch_from("REST 0"), "0123456789") << "there is nothing to be skipped";
}

TEST_F(Restart, TakesTheMarkerOfABlock) {
  ASSERT_EQ(code("MODE B"), 200);
  EXPECT_EQ(fetch_from("REST 7"), std::string("\0\0\x03"
                                              "789\x40\0\0",
                                              9));
}

TEST_F(Restart, PassesFourGibibytes) {
  constexpr std::uint64_t size = (std::uint64_t{5} << 30U) + 3;
  std::filesystem::resize_file(tree_.path("root/f"), size);
  EXPECT_EQ(fetch_from("REST 5368709120"), std::string(3, '\0'));
}

}  // namespace
}  // namespace kit::test
