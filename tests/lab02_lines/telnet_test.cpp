#include "telnet.h"

#include <gtest/gtest.h>

namespace kit {
namespace {

using namespace std::string_literals;

struct Decoded {
  std::string data;
  std::string answers;
  bool operator==(const Decoded&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Decoded& decoded) {
  return out << testing::PrintToString(decoded.data) << " with answers " << testing::PrintToString(decoded.answers);
}

Decoded decode_in_pieces(const std::string& bytes, std::size_t cut) {
  TelnetDecoder decoder;
  Decoded decoded;
  decoder.decode(std::string_view(bytes).substr(0, cut), decoded.data);
  decoder.decode(std::string_view(bytes).substr(cut), decoded.data);
  decoded.answers = decoder.take_answers();
  return decoded;
}

// Whatever the network does to `bytes`, the same must come out: so they are cut at every place.
void expect_decoded(const std::string& bytes, const Decoded& expected) {
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    EXPECT_EQ(decode_in_pieces(bytes, cut), expected) << "cut after byte " << cut;
  }
}

TEST(TelnetDecoder, LeavesPlainBytesAlone) {
  std::string all;
  for (int value = 0; value < 255; ++value) {
    all += static_cast<char>(value);
  }
  expect_decoded(all, {all, ""});
}

TEST(TelnetDecoder, TurnsADoubledIacIntoOneByteOfData) {
  expect_decoded("a\xFF\xFF"
                 "b",
                 {"a\xFF"
                  "b",
                  ""});
}

TEST(TelnetDecoder, TurnsTwoDoubledIacsIntoTwoBytes) { expect_decoded("\xFF\xFF\xFF\xFF", {"\xFF\xFF", ""}); }

TEST(TelnetDecoder, AnswersDoWithWont) { expect_decoded("NO\xFF\xFD\x06OP", {"NOOP", "\xFF\xFC\x06"}); }

TEST(TelnetDecoder, AnswersWillWithDont) { expect_decoded("NO\xFF\xFB\x01OP", {"NOOP", "\xFF\xFE\x01"}); }

TEST(TelnetDecoder, NeverAnswersARefusal) {
  expect_decoded("\xFF\xFC\x01\xFF\xFE\x02"
                 "x",
                 {"x", ""});
}

TEST(TelnetDecoder, TakesAnOptionOfAnyNumber) {
  expect_decoded("\xFF\xFD\xFF"
                 "a\xFF\xFD\r\xFF\xFB\0b"s,
                 {"ab", "\xFF\xFC\xFF\xFF\xFC\r\xFF\xFE\0"s});
}

TEST(TelnetDecoder, RemovesCommandsOfOneByte) {
  for (const char command : {'\xF1', '\xF2', '\xF3', '\xF4', '\xF5', '\xF6', '\xF7', '\xF8', '\xF9'}) {
    expect_decoded("AB\xFF"s + command + "OR", {"ABOR", ""});
  }
}

TEST(TelnetDecoder, RemovesInterruptAndSynchBeforeACommand) {
  expect_decoded("\xFF\xF4\xFF\xF2"
                 "ABOR\r\n",
                 {"ABOR\r\n", ""});
}

TEST(TelnetDecoder, RemovesASubnegotiationAsAWhole) {
  expect_decoded("a\xFF\xFA\x18\x00xterm\r\nQUIT\r\n\xFF\xF0"
                 "b"s,
                 {"ab", ""});
}

TEST(TelnetDecoder, KnowsADoubledIacInsideASubnegotiation) {
  expect_decoded("a\xFF\xFA\x18\xFF\xFF\xF0 still inside\xFF\xF0"
                 "b",
                 {"ab", ""});
}

TEST(TelnetDecoder, KeepsOneAnswerPerOptionInOrder) {
  expect_decoded("\xFF\xFD\x01\xFF\xFB\x02\xFF\xFD\x03", {"", "\xFF\xFC\x01\xFF\xFE\x02\xFF\xFC\x03"});
}

TEST(TelnetDecoder, GivesEachAnswerOnce) {
  TelnetDecoder decoder;
  std::string data;
  decoder.decode("\xFF\xFD\x01", data);
  EXPECT_EQ(decoder.take_answers(), "\xFF\xFC\x01");
  EXPECT_EQ(decoder.take_answers(), "");
  decoder.decode("\xFF\xFD\x02", data);
  EXPECT_EQ(decoder.take_answers(), "\xFF\xFC\x02");
}

TEST(TelnetDecoder, DoesNotPileUpAnswersToAFlood) {
  TelnetDecoder decoder;
  std::string data;
  for (int i = 0; i < 100'000; ++i) {
    decoder.decode("\xFF\xFD\x01", data);
  }
  EXPECT_EQ(decoder.take_answers().size(), 64U * 3);
}

TEST(TelnetDecoder, AppendsToWhatIsThere) {
  TelnetDecoder decoder;
  std::string data = "before ";
  decoder.decode("after", data);
  EXPECT_EQ(data, "before after");
}

TEST(TelnetEncode, DoublesIacAndNothingElse) {
  EXPECT_EQ(telnet_encode("a\xFF\r\n\0\xFE\xFF"s), "a\xFF\xFF\r\n\0\xFE\xFF\xFF"s);
  EXPECT_EQ(telnet_encode(""), "");
}

TEST(TelnetEncode, IsUndoneByDecoding) {
  const std::string data = "\xFF\xFF\xFD\x01 \xFF\xFA";
  expect_decoded(telnet_encode(data), {data, ""});
}

}  // namespace
}  // namespace kit
