#include "line_reader.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace kit {

bool operator==(const Line& a, const Line& b) { return a.text == b.text && a.defect == b.defect; }

void PrintTo(const Line& line, std::ostream* out) {
  *out << testing::PrintToString(line.text) << " with defect " << static_cast<int>(line.defect);
}

namespace {

using namespace std::string_literals;
using Defect = Line::Defect;
using Lines = std::vector<Line>;

void take_all(LineReader& reader, Lines& lines) {
  while (const std::optional<Line> line = reader.next()) {
    lines.push_back(*line);
  }
}

Lines read_in_pieces(const std::vector<std::string>& pieces, std::size_t limit = default_line_limit) {
  LineReader reader(limit);
  Lines lines;
  for (const std::string& piece : pieces) {
    reader.feed(piece);
    take_all(reader, lines);
  }
  return lines;
}

// The lines in `bytes`, however they are cut: whole, in two at every place, byte by byte.
void expect_lines(const std::string& bytes, const Lines& expected, std::size_t limit = default_line_limit) {
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    EXPECT_EQ(read_in_pieces({bytes.substr(0, cut), bytes.substr(cut)}, limit), expected) << "cut after byte " << cut;
  }
  std::vector<std::string> drops;
  for (const char byte : bytes) {
    drops.emplace_back(1, byte);
  }
  EXPECT_EQ(read_in_pieces(drops, limit), expected) << "byte by byte";
}

TEST(LineReader, HasNothingAtFirst) { EXPECT_EQ(LineReader().next(), std::nullopt); }

TEST(LineReader, TakesALineWithoutItsEnd) { expect_lines("NOOP\r\n", {{"NOOP"}}); }

TEST(LineReader, HoldsBackALineThatHasNotEnded) {
  expect_lines("NOOP", {});
  expect_lines("NOOP\r", {});
}

TEST(LineReader, JoinsALineSplitAcrossManyReads) {
  EXPECT_EQ(read_in_pieces({"US", "", "ER anon", "ymous", "\r", "\n"}), Lines({{"USER anonymous"}}));
}

TEST(LineReader, SplitsLinesThatCameTogether) {
  expect_lines("USER a\r\nPASS b\r\nNOOP\r\n", {{"USER a"}, {"PASS b"}, {"NOOP"}});
}

TEST(LineReader, GivesACompleteLineThoughAFragmentFollows) {
  LineReader reader;
  reader.feed("NOOP\r\nNO");
  EXPECT_EQ(reader.next(), Line{"NOOP"});
  EXPECT_EQ(reader.next(), std::nullopt);
  reader.feed("OP\r\n");
  EXPECT_EQ(reader.next(), Line{"NOOP"});
}

TEST(LineReader, KeepsLinesUntilTheyAreTaken) {
  LineReader reader;
  reader.feed("a\r\nb");
  reader.feed("\r\nc\r");
  EXPECT_EQ(reader.next(), Line{"a"});
  reader.feed("\nd\r\n");
  Lines rest;
  take_all(reader, rest);
  EXPECT_EQ(rest, Lines({{"b"}, {"c"}, {"d"}}));
}

TEST(LineReader, TakesAnEmptyLine) { expect_lines("\r\n\r\nNOOP\r\n", {{""}, {""}, {"NOOP"}}); }

TEST(LineReader, ForgetsTheLongerLineBefore) {
  expect_lines("CWD averylongname\r\nMKD\r\n", {{"CWD averylongname"}, {"MKD"}});
}

TEST(LineReader, LetsABareLineFeedEndALine) { expect_lines("NOOP\nQUIT\r\n\n", {{"NOOP"}, {"QUIT"}, {""}}); }

TEST(LineReader, TakesABareCarriageReturnForData) {
  expect_lines("PWD\rNOOP\r\n", {{"PWD\rNOOP"}});
  expect_lines("a\r\r\nb\r\n", {{"a\r"}, {"b"}});
  expect_lines("\r\r\r\n", {{"\r\r"}});
}

TEST(LineReader, TurnsCarriageReturnNulIntoACarriageReturn) {
  expect_lines("MKD a\r\0b\r\n"s, {{"MKD a\rb"}});
  expect_lines("a\r\0\nb\r\r\0c\n"s, {{"a\r"}, {"b\r\rc"}});
}

TEST(LineReader, MarksALineWithAStrayNul) {
  expect_lines("DELE a\0b\r\nNOOP\r\n"s, {{"DELE a\0b"s, Defect::nul}, {"NOOP"}});
  expect_lines("\0\r\n"s, {{"\0"s, Defect::nul}});
  expect_lines("\r\0\0\r\n"s, {{"\r\0"s, Defect::nul}});  // the first NUL belongs to the CR, the second to nobody
}

TEST(LineReader, KeepsBlanksAndEightBitBytes) {
  expect_lines("  RETR  a b \xC3\xA4\x80 \r\n", {{"  RETR  a b \xC3\xA4\x80 "}});
}

TEST(LineReader, TakesALineOfExactlyTheLimit) { expect_lines("12345678\r\nNOOP\r\n", {{"12345678"}, {"NOOP"}}, 8); }

TEST(LineReader, MarksALineOverTheLimitAndKeepsItsBeginning) {
  expect_lines("123456789\r\nNOOP\r\n", {{"12345678", Defect::too_long}, {"NOOP"}}, 8);
}

TEST(LineReader, NeverTakesTheTailOfALongLineForALine) {
  expect_lines("CWD aaaaaaaaDELE x\r\nNOOP\r\n", {{"CWD aaaa", Defect::too_long}, {"NOOP"}}, 8);
  expect_lines("CWD aaaaaaaa\rDELE x\r\n", {{"CWD aaaa", Defect::too_long}}, 8);
}

TEST(LineReader, SaysTooLongOfALongLineWithANul) {
  expect_lines("\0aaaaaaaaaaaa\0\r\n"s, {{"\0aaaaaaa"s, Defect::too_long}}, 8);
}

TEST(LineReader, CountsBytesOfDataAndNotTelnet) {
  expect_lines("1234\xFF\xFF\xFF\xF1\xFF\xF1"
               "678\r\n",
               {{"1234\xFF"
                 "678"}},
               8);
}

TEST(LineReader, TakesALineOfTheDefaultLimit) {
  const std::string path(default_line_limit - 5, 'x');
  EXPECT_EQ(read_in_pieces({"RETR " + path + "\r\n"}), Lines({{"RETR " + path}}));
}

TEST(LineReader, SurvivesAnEndlessLine) {
  LineReader reader(100);
  const std::string piece(100'000, 'x');
  for (int i = 0; i < 100; ++i) {
    reader.feed(piece);
    EXPECT_EQ(reader.next(), std::nullopt);
  }
  reader.feed("\r\n");
  EXPECT_EQ(reader.next(), (Line{std::string(100, 'x'), Defect::too_long}));
}

TEST(LineReader, TakesManyLinesOfOnePieceInLinearTime) {
  constexpr int count = 500'000;  // looked at again for each line, they would take minutes
  std::string lines;
  for (int i = 0; i < count; ++i) {
    lines += "NOOP\r\n";
  }
  LineReader reader;
  reader.feed(lines);
  int taken = 0;
  while (reader.next()) {
    ++taken;
  }
  EXPECT_EQ(taken, count);
}

TEST(LineReader, TakesTelnetCommandsOutOfALine) {
  expect_lines("NO\xFF\xF1OP\r\xFF\xFD\x01\n", {{"NOOP"}});
  expect_lines("RETR \xFF\xFF\r\n", {{"RETR \xFF"}});
}

TEST(LineReader, HandsTheTelnetAnswersOn) {
  LineReader reader;
  reader.feed("NO\xFF\xFD\x06OP\r\n");
  EXPECT_EQ(reader.take_answers(), "\xFF\xFC\x06");
  EXPECT_EQ(reader.next(), Line{"NOOP"});
}

}  // namespace
}  // namespace kit
