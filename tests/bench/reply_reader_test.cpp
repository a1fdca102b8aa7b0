#include "reply_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using bench::Reply;
using bench::ReplyReader;

void feed(ReplyReader& reader, std::string_view text) {
  const auto room = reader.prepare();
  ASSERT_GE(room.size(), text.size());
  std::copy(text.begin(), text.end(), room.begin());
  reader.commit(text.size());
}

std::vector<int> codes(ReplyReader& reader) {
  std::vector<int> result;
  while (const auto reply = reader.next()) {
    result.push_back(reply->code);
  }
  return result;
}

TEST(BenchReplyReader, TakesEveryReplyOfAPipelinedAnswer) {
  ReplyReader reader;
  feed(reader, "200 OK\r\n226 Done.\r\n50");
  EXPECT_EQ(codes(reader), (std::vector<int>{200, 226}));
  feed(reader, "0 What?\r\n");
  EXPECT_EQ(codes(reader), std::vector<int>{500});
}

TEST(BenchReplyReader, AMultiLineReplyEndsAtItsOwnCode) {
  ReplyReader reader;
  feed(reader, "230-Welcome\r\n 226 not yet\r\n226 nor this\r\nneither\r\n230 Now\r\n");
  const auto reply = reader.next();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->code, 230);
  EXPECT_EQ(reply->text, "230 Now");
  EXPECT_FALSE(reader.next());
}

TEST(BenchReplyReader, JoinsAReplySplitAtEveryByte) {
  const std::string text = "211-Features\r\n MDTM\r\n211 End\r\n";
  ReplyReader reader;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    feed(reader, std::string_view(text).substr(i, 1));
    EXPECT_FALSE(reader.next());
  }
  feed(reader, "\n");
  EXPECT_EQ(codes(reader), std::vector<int>{211});
}

TEST(BenchReplyReader, RefusesWhatIsNoReply) {
  for (const char* text : {"hello\r\n", "\r\n", "20 OK\r\n", "200OK\r\n"}) {
    ReplyReader reader;
    feed(reader, text);
    EXPECT_THROW(reader.next(), bench::ProtocolError) << text;
  }
}

TEST(BenchReplyReader, RefusesALineWithoutAnEnd) {
  ReplyReader reader;
  EXPECT_THROW(
      for (int i = 0; i < 100; ++i) {
        const auto room = reader.prepare();
        std::fill(room.begin(), room.end(), 'x');
        reader.commit(room.size());
        ASSERT_FALSE(reader.next());
      },
      bench::ProtocolError);
}

TEST(PassivePort, IsFoundWhereverTheDigitsBegin) {
  EXPECT_EQ(bench::passive_port("227 Entering Passive Mode (127,0,0,1,156,64)."), 40000);
  EXPECT_EQ(bench::passive_port("227 =127,0,0,1,0,21"), 21);
  EXPECT_EQ(bench::passive_port("227 Entering (127,0,0,1,256,1)"), std::nullopt);
  EXPECT_EQ(bench::passive_port("227 Entering (127,0,0,1,2)"), std::nullopt);
  EXPECT_EQ(bench::passive_port("227"), std::nullopt);
}

TEST(ExtendedPassivePort, TakesAnyDelimiter) {
  EXPECT_EQ(bench::extended_passive_port("229 Extended (|||40000|)"), 40000);
  EXPECT_EQ(bench::extended_passive_port("229 Extended (!!!65535!)"), 65535);
  EXPECT_EQ(bench::extended_passive_port("229 Extended (|||0|)"), std::nullopt);
  EXPECT_EQ(bench::extended_passive_port("229 Extended (||40000|)"), std::nullopt);
  EXPECT_EQ(bench::extended_passive_port("229 Extended (|||40000"), std::nullopt);
  EXPECT_EQ(bench::extended_passive_port("229"), std::nullopt);
}

}  // namespace
