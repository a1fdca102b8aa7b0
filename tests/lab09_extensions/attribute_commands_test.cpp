#include "attribute_commands.h"

#include "arguments.h"
#include "extensions_fixture.h"
#include "representation_size.h"

namespace kit::test {
namespace {

using AttributeCommands = ExtensionsFixture;

TEST_F(AttributeCommands, GiveTheSizeThatRetrWouldSend) {
  tree_.write("root/f", "one\ntwo\r\n\n");
  for (const char* setting : {"TYPE I", "TYPE A", "STRU R", "MODE B", "TYPE I", "STRU F", "TYPE A"}) {
    ASSERT_EQ(code(setting), 200);
    EXPECT_EQ(text("SIZE f"), std::to_string(fetch("RETR f").size())) << setting;
  }
}

TEST_F(AttributeCommands, GiveTheSizeOfManyPieces) {
  tree_.write("root/f", std::string(600'000, '\n'));
  EXPECT_EQ(text("SIZE f"), "1200000");
  ASSERT_EQ(code("MODE B"), 200);
  EXPECT_EQ(text("SIZE f"), std::to_string(fetch("RETR f").size()));
}

TEST_F(AttributeCommands, CountNoHugeFile) {
  tree_.write("root/f", "");
  std::filesystem::resize_file(tree_.path("root/f"), largest_counted + 1);
  EXPECT_EQ(code("SIZE f"), 550);
  ASSERT_EQ(code("TYPE I"), 200);
  EXPECT_EQ(text("SIZE f"), std::to_string(largest_counted + 1));
  std::filesystem::resize_file(tree_.path("root/f"), std::uint64_t{5} << 30U);
  EXPECT_EQ(text("SIZE f"), "5368709120");
}

TEST_F(AttributeCommands, GiveNoSizeOfWhatIsNoFile) {
  tree_.make_directory("root/d");
  tree_.make_fifo("root/p");
  tree_.link("root/out", "/etc/hostname");
  expect_codes(550, {"SIZE d", "SIZE p", "SIZE out", "SIZE nothing", "SIZE *"});
  EXPECT_EQ(code("SIZE"), 501);
}

TEST_F(AttributeCommands, GiveAndSetTheTimeInUtc) {
  tree_.write("root/a b", "");
  EXPECT_EQ(text("MFMT 20200229123456 a b"), "Modify=20200229123456; /a b");
  EXPECT_EQ(text("MDTM a b"), "20200229123456");
  EXPECT_EQ(text("MFMT 19700101000000.5 a b"), "Modify=19700101000000; /a b");
  EXPECT_EQ(ask("MDTM a b"), Reply(213, "19700101000000"));
}

TEST_F(AttributeCommands, RefuseTimesThatAreNone) {
  tree_.write("root/f", "");
  ASSERT_EQ(code("MFMT 20200102030405 f"), 213);
  expect_codes(501, {"MFMT", "MFMT f", "MFMT 20200102030405", "MFMT 20200102030405 ", "MFMT 20200230030405 f",
                     "MFMT 2020010203 f", "MDTM"});
  expect_codes(550, {"MFMT 20200102030405 nothing", "MDTM nothing", "MDTM 20200102030405 f"});
  EXPECT_EQ(text("MDTM f"), "20200102030405");
}

TEST_F(AttributeCommands, LeaveTheTimeOfTheLastAccess) {
  tree_.write("root/f", "");
  ASSERT_EQ(code("SITE UTIME 20100101000000 f"), 200);
  ASSERT_EQ(code("MFMT 20200102030405 f"), 213);
  struct stat status {};
  ASSERT_EQ(::stat(tree_.string("root/f").c_str(), &status), 0);
  EXPECT_EQ(status.st_atime, 1'262'304'000);
}

TEST_F(AttributeCommands, LetAReaderSetNothing) {
  tree_.write("root/f", "");
  may_only_read();
  EXPECT_EQ(code("MFMT 20200102030405 f"), 550);
  expect_codes(213, {"MDTM f", "SIZE f"});
}

TEST_F(AttributeCommands, TellHowMuchRoomThereIs) {
  tree_.write("root/f", "");
  EXPECT_TRUE(parse_number<std::uint64_t>(text("AVBL"), 1, std::numeric_limits<std::uint64_t>::max()));
  EXPECT_EQ(code("AVBL /"), 213);
  expect_codes(550, {"AVBL nothing", "AVBL f"});
}

TEST_F(AttributeCommands, AreForThoseWhoHaveLoggedIn) {
  ASSERT_EQ(code("REIN"), 220);
  expect_codes(530, {"SIZE f", "MDTM f", "MFMT 20200102030405 f", "AVBL", "MLST", "MLSD", "HASH f", "REST 1"});
}

}  // namespace
}  // namespace kit::test
