#include "representation_commands.h"

#include "active_fixture.h"

namespace kit::test {
namespace {

using namespace std::string_literals;

class RepresentationCommands : public ActiveFixture {
 protected:
  void expect_codes(int expected, std::initializer_list<const char*> lines) {
    for (const char* line : lines) {
      EXPECT_EQ(code(line), expected) << '"' << line << '"';
    }
  }
  std::string status() {
    std::string text;
    for (const std::string& line : ask("STAT").lines) {
      text += line + "\n";
    }
    return text;
  }
};

TEST_F(RepresentationCommands, OfferRecordsAndBlocks) {
  expect_codes(200, {"STRU F", "STRU R", "STRU r", "MODE S", "MODE B", "MODE b"});
  expect_codes(504, {"STRU P", "MODE C", "TYPE E", "TYPE A C"});
  expect_codes(501, {"STRU", "STRU X", "STRU RR", "STRU  R", "MODE", "MODE Z", "MODE SB", "MODE B ", "TYPE X"});
}

TEST_F(RepresentationCommands, TellTheParametersInStat) {
  EXPECT_NE(status().find("ASCII, FORM: Nonprint; STRU: File; MODE: Stream"), std::string::npos);
  expect_codes(200, {"TYPE I", "STRU R", "MODE B"});
  EXPECT_NE(status().find("Image; STRU: Record; MODE: Block"), std::string::npos);
  expect_codes(504, {"STRU P", "MODE C"});
  EXPECT_NE(status().find("Image; STRU: Record; MODE: Block"), std::string::npos) << "a refusal changes nothing";
  EXPECT_EQ(code("REIN"), 220);
  log_in();
  EXPECT_NE(status().find("ASCII, FORM: Nonprint; STRU: File; MODE: Stream"), std::string::npos);
}

TEST_F(RepresentationCommands, LeaveStatOfAPathAlone) {
  tree_.write("root/f", "content");
  EXPECT_EQ(code("STAT f"), 213);
  EXPECT_EQ(code("STAT /"), 212);
}

TEST_F(RepresentationCommands, ConvertTextBothWaysFromTheStart) {
  tree_.write("root/f", "one\ntwo\r\n\nend\r");
  EXPECT_EQ(fetch("RETR f"), "one\r\ntwo\r\n\r\nend\r");
  store("STOR g", "one\r\ntwo\r\n\r\nlone\rcr, lone\nlf\r");
  EXPECT_EQ(tree_.read("root/g"), "one\ntwo\n\nlone\rcr, lone\nlf\r");
  store("APPE g", "\r\nmore\r\n");
  EXPECT_EQ(tree_.read("root/g"), "one\ntwo\n\nlone\rcr, lone\nlf\r\nmore\n");
}

TEST_F(RepresentationCommands, TouchNoByteInTypeI) {
  const std::string bytes = pattern(100'000) + "\r\n\n\r\xFF\x01";
  for (const char* type : {"TYPE I", "TYPE L 8"}) {
    ASSERT_EQ(code(type), 200);
    store("STOR g", bytes);
    EXPECT_EQ(tree_.read("root/g"), bytes);
    EXPECT_EQ(fetch("RETR g"), bytes);
  }
}

TEST_F(RepresentationCommands, CarryRecordsInStreamMode) {
  ask("STRU R");
  tree_.write("root/f", "one\n\xFFtwo\nrest");
  EXPECT_EQ(fetch("RETR f"), "one\xFF\x01\xFF\xFFtwo\xFF\x01rest\xFF\x02");
  EXPECT_EQ(store_open_ended("STOR g", "one\xFF\x01\xFF\xFFtwo\xFF\x01rest\xFF\x02"), 226);
  EXPECT_EQ(tree_.read("root/g"), "one\n\xFFtwo\nrest");
}

TEST_F(RepresentationCommands, CarryBlocks) {
  ask("TYPE I");
  ask("MODE B");
  tree_.write("root/f", "content\n");
  EXPECT_EQ(fetch("RETR f"), "\0\0\x08"s + "content\n\x40\0\0"s);
  EXPECT_EQ(store_open_ended("STOR g", "\0\0\x03"s + "con\x40\0\x05"s + "tent\n"), 226);
  EXPECT_EQ(tree_.read("root/g"), "content\n");
  EXPECT_EQ(fetch("NLST").substr(3, 3), "f\r\n") << "listings too, and still as text";
}

TEST_F(RepresentationCommands, KeepTheOldFileWhereTheEndIsMissing) {
  tree_.write("root/f", "old");
  ask("STRU R");
  EXPECT_EQ(store_ended("STOR f", "half a record"), 426);
  ask("STRU F");
  ask("MODE B");
  EXPECT_EQ(store_ended("STOR f", "\0\0\x03"s + "abc"), 426);
  EXPECT_EQ(store_ended("STOR f", "\x01\0\x03"s + "abc"), 451);
  EXPECT_EQ(tree_.read("root/f"), "old");
  EXPECT_EQ(code("NOOP"), 200);
}

TEST_F(RepresentationCommands, AnswerRestartMarkers) {
  ask("MODE B");
  EXPECT_EQ(store_open_ended("STOR g", "\0\0\x03"s + "abc\x10\0\x02"s + "M1\x40\0\0"s), 226);
  EXPECT_EQ(preliminary().code, 150);
  EXPECT_EQ(preliminary(), Reply(110, "MARK M1 = 3"));
}

}  // namespace
}  // namespace kit::test
