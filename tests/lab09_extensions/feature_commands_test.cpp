#include "feature_commands.h"

#include <algorithm>

#include "extensions_fixture.h"

namespace kit::test {
namespace {

class FeatureCommands : public ExtensionsFixture {
 protected:
  bool offers(const std::string& line) {
    const std::vector<std::string> lines = ask("FEAT").lines;
    return std::find(lines.begin() + 1, lines.end() - 1, " " + line) != lines.end() - 1;
  }
};

TEST_F(FeatureCommands, ListOneExtensionALineBehindOneBlank) {
  const Reply reply = ask("FEAT");
  EXPECT_EQ(reply.code, 211);
  ASSERT_GT(reply.lines.size(), 3U);
  for (std::size_t i = 1; i + 1 < reply.lines.size(); ++i) {
    EXPECT_EQ(reply.lines[i].find_first_not_of(' '), 1U) << reply.lines[i];
  }
}

TEST_F(FeatureCommands, ListWhatThereIs) {
  for (const char* line :
       {"AVBL", "CLNT", "EPRT", "EPSV", "HASH SHA-256*;CRC32", "HOST", "LANG EN*", "MDTM", "MFMT",
        "MLST type*;size*;modify*;perm*;unique*;UNIX.mode*;", "REST STREAM", "SIZE", "TVFS", "UTF8"}) {
    EXPECT_TRUE(offers(line)) << line;
  }
  for (const char* line : {"FEAT", "OPTS", "MLSD", "PASV", "REST", "AUTH TLS"}) {
    EXPECT_FALSE(offers(line)) << line;
  }
}

TEST_F(FeatureCommands, ListNothingWhoseCommandIsMissing) {
  context_.commands += CommandTable{{"HASH", {}, takes::anything, nullptr, ""}};
  EXPECT_FALSE(offers("HASH SHA-256*;CRC32"));
  EXPECT_TRUE(offers("SIZE"));
}

TEST_F(FeatureCommands, FollowTheSelections) {
  ASSERT_EQ(code("OPTS MLST size;"), 200);
  ASSERT_EQ(code("OPTS HASH crc32"), 200);
  EXPECT_TRUE(offers("MLST type;size*;modify;perm;unique;UNIX.mode;"));
  EXPECT_TRUE(offers("HASH SHA-256;CRC32*"));
  ASSERT_EQ(code("REIN"), 220);
  EXPECT_TRUE(offers("HASH SHA-256*;CRC32"));
}

TEST_F(FeatureCommands, AnswerBeforeTheLogin) {
  ASSERT_EQ(code("REIN"), 220);
  EXPECT_EQ(code("FEAT"), 211);
  expect_codes(200, {"OPTS UTF8 ON", "OPTS utf8 on", "OPTS UTF-8 ON", "OPTS UTF8 OFF", "OPTS UTF8", "OPTS MLST type;"});
  expect_codes(501, {"FEAT x", "OPTS", "OPTS NOOP", "OPTS UTF8 MAYBE", "OPTS UTF8 ON ", "OPTS ", "OPTS RETR x"});
}

TEST_F(FeatureCommands, TakeHostBeforeTheLoginOnly) {
  EXPECT_EQ(code("HOST localhost"), 503);
  ASSERT_EQ(code("REIN"), 220);
  expect_codes(220, {"HOST localhost", "HOST LOCALHOST", "HOST 127.0.0.1"});
  expect_codes(504, {"HOST ftp.example", "HOST [2001:db8::1]"});
  expect_codes(501, {"HOST", "HOST localhost:21", "HOST ::1", "HOST a b"});
  ASSERT_EQ(code("USER bob"), 331);
  EXPECT_EQ(code("PASS secret"), 230);
}

TEST_F(FeatureCommands, SpeakEnglishAndKnowOtherLanguagesByName) {
  expect_codes(200, {"LANG", "LANG en", "LANG EN-us", "CLNT kit 1.0"});
  expect_codes(504, {"LANG fr", "LANG eng"});
  expect_codes(501, {"LANG e n", "LANG en_US", "CLNT"});
}

}  // namespace
}  // namespace kit::test
