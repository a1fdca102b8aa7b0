#include "dialogue.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "loopback.h"

namespace kit {
namespace {

using namespace std::string_literals;
using namespace test;

TEST(EncodeLine, PutsTheEndBehindTheLine) {
  EXPECT_EQ(encode_line("NOOP"), "NOOP\r\n");
  EXPECT_EQ(encode_line(""), "\r\n");
}

TEST(EncodeLine, SendsACarriageReturnWithANul) { EXPECT_EQ(encode_line("MKD a\rb"), "MKD a\r\0b\r\n"s); }

TEST(EncodeLine, DoublesIac) { EXPECT_EQ(encode_line("MKD \xFF"), "MKD \xFF\xFF\r\n"); }

TEST(EncodeLine, RefusesWhatCannotBeSent) {
  EXPECT_THROW(encode_line("NOOP\r\nDELE x"), std::invalid_argument);
  EXPECT_THROW(encode_line("NOOP\n"), std::invalid_argument);
  EXPECT_THROW(encode_line("a\0b"s), std::invalid_argument);
}

TEST(EncodeLine, IsUndoneByLineReader) {
  const std::string line = " MKD \r a\xFF\xFD\x01\r";
  LineReader reader;
  reader.feed(encode_line(line));
  EXPECT_EQ(reader.next()->text, line);
  EXPECT_FALSE(reader.next());
}

// The client's end under test, and the server's end, which the test plays byte by byte.
struct DialogueFixture : testing::Test {
  std::string received(std::size_t count) {
    std::string text(count, '\0');
    std::size_t got = 0;
    while (got < count) {
      got += server.read_some(std::span(text).subspan(got), soon());
    }
    return text;
  }

  ConnectedPair pair;
  TcpStream& server = pair.far;
  Dialogue dialogue{std::move(pair.near), 5s};
};

TEST_F(DialogueFixture, SendsALine) {
  dialogue.send("USER anonymous");
  EXPECT_EQ(received(16), "USER anonymous\r\n");
}

TEST_F(DialogueFixture, SendsNothingOfALineThatCannotBeSent) {
  EXPECT_THROW(dialogue.send("DELE a\nDELE b"), std::invalid_argument);
  dialogue.send("NOOP");
  EXPECT_EQ(received(6), "NOOP\r\n");
}

TEST_F(DialogueFixture, ReadsAReply) {
  server.write_all("220-Hello\r\n220 Ready\r\n", soon());
  EXPECT_EQ(dialogue.read(), Reply(220, std::vector<std::string>{"Hello", "Ready"}));
}

TEST_F(DialogueFixture, ReadsRepliesThatCameTogetherOneByOne) {
  server.write_all("150 Here\r\n226 Done\r\n", soon());
  EXPECT_EQ(dialogue.read(), Reply(150, "Here"));
  EXPECT_EQ(dialogue.read(), Reply(226, "Done"));
}

TEST_F(DialogueFixture, KnowsWithoutWaitingWhetherAReplyIsThere) {
  EXPECT_EQ(dialogue.read_buffered(), std::nullopt);
  server.write_all("150 Here\r\n226 Done\r\n226-", soon());
  EXPECT_EQ(dialogue.read(), Reply(150, "Here"));
  EXPECT_EQ(dialogue.read_buffered(), Reply(226, "Done"));
  EXPECT_EQ(dialogue.read_buffered(), std::nullopt);
}

TEST_F(DialogueFixture, AsksAndReads) {
  server.write_all("200 Ok\r\n", soon());
  EXPECT_EQ(dialogue.ask("NOOP"), Reply(200, "Ok"));
  EXPECT_EQ(received(6), "NOOP\r\n");
}

TEST_F(DialogueFixture, ReadsTheLastReplyBeforeTheEnd) {
  server.write_all("421 Goodbye\r\n221-half", soon());
  server.shutdown_write();
  EXPECT_EQ(dialogue.read(), Reply(421, "Goodbye"));
  EXPECT_THROW(dialogue.read(), ConnectionClosed);
}

TEST_F(DialogueFixture, RefusesAServerThatDoesNotSpeakFtp) {
  server.write_all("SSH-2.0-OpenSSH\r\n", soon());
  EXPECT_THROW(dialogue.read(), MalformedReply);
}

TEST_F(DialogueFixture, NeverAnswersTelnetOptions) {
  server.write_all("\xFF\xFD\x01"
                   "220 Hello\r\n",
                   soon());
  EXPECT_EQ(dialogue.read(), Reply(220, "Hello"));
  dialogue.send("NOOP");
  EXPECT_EQ(received(6), "NOOP\r\n");
}

TEST_F(DialogueFixture, LosesPatience) {
  ConnectedPair other;
  Dialogue impatient(std::move(other.near), 20ms);
  other.far.write_all("220-Hello\r\n", soon());
  EXPECT_THROW(impatient.read(), TimedOut);
}

TEST_F(DialogueFixture, ShowsEverythingToItsObserver) {
  std::vector<std::string> seen;
  dialogue.observe([&](std::string_view sent, const Reply* reply) {
    seen.push_back(reply != nullptr ? reply->summary() : "> " + std::string(sent));
  });
  server.write_all("220 Hello\r\n331 Password?\r\n", soon());
  dialogue.read();
  dialogue.ask("USER a");
  EXPECT_EQ(seen, (std::vector<std::string>{"220 Hello", "> USER a", "331 Password?"}));
}

}  // namespace
}  // namespace kit
