#include "reply.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace kit {

void PrintTo(const Reply& reply, std::ostream* out) {
  *out << reply.code << " " << testing::PrintToString(reply.lines);
}

namespace {

using namespace std::string_literals;
using Replies = std::vector<Reply>;
using Text = std::vector<std::string>;

Replies parse_in_pieces(const std::vector<std::string>& pieces) {
  ReplyParser parser;
  Replies replies;
  for (const std::string& piece : pieces) {
    parser.feed(piece);
    while (std::optional<Reply> reply = parser.next()) {
      replies.push_back(*reply);
    }
  }
  return replies;
}

// The replies in `bytes`, however they are cut in two.
void expect_replies(const std::string& bytes, const Replies& expected) {
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    EXPECT_EQ(parse_in_pieces({bytes.substr(0, cut), bytes.substr(cut)}), expected) << "cut after byte " << cut;
  }
}

TEST(Reply, IsClassifiedByItsFirstDigit) {
  EXPECT_TRUE(Reply(150, "").preliminary());
  EXPECT_TRUE(Reply(226, "").completed());
  EXPECT_TRUE(Reply(331, "").intermediate());
  EXPECT_TRUE(Reply(421, "").failed());
  EXPECT_TRUE(Reply(550, "").failed());
  EXPECT_FALSE(Reply(399, "").failed());
  EXPECT_EQ(Reply(599, "").kind(), 5);
}

TEST(Reply, AlwaysHasALine) { EXPECT_EQ(Reply(200, Text{}).lines, Text{""}); }

TEST(Reply, SumsItselfUpOnOneHarmlessLine) {
  EXPECT_EQ(Reply(550, "No such file").summary(), "550 No such file");
  EXPECT_EQ(Reply(211, Text{"Status", " ok", "End"}).summary(), "211 Status /  ok / End");
  EXPECT_EQ(Reply(220, "\x1B[2J hello\r\n").summary(), "220 \\x1b[2J hello\\r\\n");
}

TEST(Reply, PutsTheCodeInFrontOfItsFirstAndLastLine) {
  EXPECT_EQ(Reply(200, "Ok").numbered_lines(), Text{"200 Ok"});
  EXPECT_EQ(Reply(211, Text{"First", "Last"}).numbered_lines(), (Text{"211-First", "211 Last"}));
  EXPECT_EQ(Reply(211, Text{"First", " inner", "", "Last"}).numbered_lines(),
            (Text{"211-First", " inner", "", "211 Last"}));
}

TEST(FormatReply, WritesOneLine) {
  EXPECT_EQ(format_reply({226, "Done"}), "226 Done\r\n");
  EXPECT_EQ(format_reply({226, ""}), "226 \r\n");
}

TEST(FormatReply, WritesSeveralLines) {
  EXPECT_EQ(format_reply({211, Text{"First", " inner", "Last"}}), "211-First\r\n inner\r\n211 Last\r\n");
  EXPECT_EQ(format_reply({211, Text{"First", "Last"}}), "211-First\r\n211 Last\r\n");
  EXPECT_EQ(format_reply({211, Text{"First", "", "Last"}}), "211-First\r\n\r\n211 Last\r\n");
}

TEST(FormatReply, MovesInnerLinesThatBeginWithADigit) {
  EXPECT_EQ(format_reply({211, Text{"a", "211 b", "9", "-c", "211 d"}}),
            "211-a\r\n 211 b\r\n 9\r\n-c\r\n211 211 d\r\n");
}

TEST(FormatReply, LetsNoNameForgeALine) {
  EXPECT_EQ(format_reply({257, "\"a\r\n230 You are root\" is here"}), "257 \"a??230 You are root\" is here\r\n");
  EXPECT_EQ(format_reply({211, Text{"a", "b\n211 c", "d\0e"s}}), "211-a\r\nb?211 c\r\n211 d?e\r\n");
}

TEST(FormatReply, MovesAnInnerLineThatBecameNumberedByNothingElse) {
  EXPECT_EQ(format_reply({211, Text{"a", "\r211 b", "c"}}), "211-a\r\n?211 b\r\n211 c\r\n");
}

TEST(FormatReply, DoublesIac) {
  EXPECT_EQ(format_reply({250, "a\xFF"
                               "b"}),
            "250 a\xFF\xFF"
            "b\r\n");
}

TEST(ReplyParser, TakesOneLine) { expect_replies("226 Done\r\n", {{226, "Done"}}); }

TEST(ReplyParser, TakesAReplyWithoutText) {
  expect_replies("226 \r\n", {{226, ""}});
  expect_replies("226\r\n", {{226, ""}});
}

TEST(ReplyParser, KeepsBlanksOfTheText) { expect_replies("220  two  blanks \r\n", {{220, " two  blanks "}}); }

TEST(ReplyParser, TakesRepliesThatCameTogether) {
  expect_replies("150 Here it comes\r\n226 Done\r\n", {{150, "Here it comes"}, {226, "Done"}});
}

TEST(ReplyParser, WaitsForTheWholeReply) {
  expect_replies("226 Done", {});
  expect_replies("211-First\r\n211", {});
  expect_replies("211-First\r\n inner\r\n", {});
}

TEST(ReplyParser, TakesSeveralLines) {
  expect_replies("211-First\r\n inner\r\n\r\n211 Last\r\n200 Next\r\n",
                 {{211, Text{"First", " inner", "", "Last"}}, {200, "Next"}});
}

TEST(ReplyParser, TakesALineForTextUnlessItIsTheLast) {
  for (const std::string inner :
       {"220-again", "2200 more", "220", "220x", "221 other code", " 220 moved", "22", "x220 "}) {
    expect_replies("220-Welcome\r\n" + inner + "\r\n220 End\r\n", {{220, Text{"Welcome", inner, "End"}}});
  }
}

TEST(ReplyParser, TakesBareLineFeeds) { expect_replies("220-a\nb\n220 c\n", {{220, Text{"a", "b", "c"}}}); }

TEST(ReplyParser, TakesTelnetCommandsOut) {
  expect_replies("\xFF\xFD\x01"
                 "220 a\xFF\xFF"
                 "b\xFF\xF1\r\n",
                 {{220, "a\xFF"
                        "b"}});
}

TEST(ReplyParser, RefusesWhatIsNoReply) {
  for (const std::string line :
       {"", "hello", "22", "22x ok", "220x", "2200 ok", "220_ok", "020 no", "620 no", " 220 ok", "-20 a"}) {
    ReplyParser parser;
    parser.feed(line + "\r\n");
    EXPECT_THROW(parser.next(), MalformedReply) << line;
  }
}

TEST(ReplyParser, SaysWhatItRefusedWithoutControlBytes) {
  ReplyParser parser;
  parser.feed("\x1B[2J" + std::string(1000, 'x') + "\r\n");
  try {
    parser.next();
    FAIL() << "taken for a reply";
  } catch (const MalformedReply& error) {
    EXPECT_EQ(std::string(error.what()).find('\x1B'), std::string::npos);
    EXPECT_LT(std::string(error.what()).size(), 200U);
  }
}

TEST(ReplyParser, TakesALongReply) {
  std::string reply = "211-Status\r\n";
  for (int i = 0; i < 10'000; ++i) {
    reply += " file " + std::to_string(i) + "\r\n";
  }
  const Replies replies = parse_in_pieces({reply + "211 End\r\n"});
  ASSERT_EQ(replies.size(), 1U);
  EXPECT_EQ(replies[0].lines.size(), 10'002U);
}

// Feeds `piece` again and again; returns whether the parser gave up before `limit` bytes.
bool gives_up(ReplyParser& parser, const std::string& piece, std::size_t limit) {
  try {
    for (std::size_t fed = 0; fed < limit; fed += piece.size()) {
      parser.feed(piece);
      parser.next();
    }
  } catch (const MalformedReply&) {
    return true;
  }
  return false;
}

TEST(ReplyParser, RefusesAReplyWithoutEnd) {
  for (const std::string& piece : {std::string(1000, 'x') + "\r\n", "\r\n"s}) {
    ReplyParser parser;
    parser.feed("211-Status\r\n");
    EXPECT_TRUE(gives_up(parser, piece, 2 * ReplyParser::reply_limit)) << "lines of " << piece.size() << " bytes";
  }
}

TEST(ReplyParser, RefusesALineBeyondTheLimit) {
  ReplyParser parser;
  parser.feed("220 " + std::string(ReplyParser::line_limit, 'x') + "\r\n");
  EXPECT_THROW(parser.next(), MalformedReply);
}

TEST(ReplyParser, DoesNotAddUpTheSizesOfDifferentReplies) {
  ReplyParser parser;
  EXPECT_FALSE(gives_up(parser, "200 " + std::string(60'000, 'x') + "\r\n", 3 * ReplyParser::reply_limit));
}

TEST(ReplyParser, UnderstandsWhatFormatReplyWrites) {
  const Replies replies{{200, "Ok"}, {211, Text{"First", "inner", "", "-x", "Last"}}, {250, "a\xFF"}, {221, ""}};
  std::string wire;
  for (const Reply& reply : replies) {
    wire += format_reply(reply);
  }
  expect_replies(wire, replies);
}

}  // namespace
}  // namespace kit
