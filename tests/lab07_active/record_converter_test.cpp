#include "record_converter.h"

#include <utility>

#include "command_table.h"
#include "pieces.h"

namespace kit::test {
namespace {

using namespace std::string_literals;

int refusal(const MakeConverter& make, std::string_view wire) {
  try {
    converted(make, wire);
  } catch (const ReplyError& error) {
    return error.reply().code;
  }
  return 0;
}

TEST(RecordEncoder, MakesEachLineARecord) {
  const std::pair<std::string, std::string> cases[] = {
      {"", "\xFF\x02"},
      {"a", "a\xFF\x02"},
      {"a\n", "a\xFF\x01\xFF\x02"},
      {"\n", "\xFF\x01\xFF\x02"},
      {"one\ntwo", "one\xFF\x01two\xFF\x02"},
      {"\n\nx\n", "\xFF\x01\xFF\x01x\xFF\x01\xFF\x02"},
      {"cr\r\n", "cr\r\xFF\x01\xFF\x02"},
  };
  for (const auto& [file, wire] : cases) {
    expect_converted(make<RecordEncoder>(), file, wire);
    expect_converted(make<RecordDecoder>(), wire, file);
  }
}

TEST(RecordEncoder, DoublesTheEscapeByte) {
  expect_converted(make<RecordEncoder>(), "\xFF", "\xFF\xFF\xFF\x02");
  expect_converted(make<RecordEncoder>(), "a\xFF\xFF\n\x01", "a\xFF\xFF\xFF\xFF\xFF\x01\x01\xFF\x02");
  expect_converted(make<RecordDecoder>(), "a\xFF\xFF\xFF\xFF\xFF\x01\x01\xFF\x02", "a\xFF\xFF\n\x01");
}

TEST(RecordDecoder, TakesTheEndOfRecordAndFileInOne) {
  expect_converted(make<RecordDecoder>(), "a\xFF\x01z\xFF\x03", "a\nz\n");
  expect_converted(make<RecordDecoder>(), "\xFF\x03", "\n");
}

TEST(RecordDecoder, IsDoneAtTheEndOfTheFileAndNotBefore) {
  RecordDecoder decoder;
  decoder.convert("a\xFF");
  EXPECT_FALSE(decoder.ended());
  EXPECT_EQ(decoder.convert("\x02 what follows\xFF\x01"), "");
  EXPECT_TRUE(decoder.ended());
  EXPECT_EQ(decoder.convert("and more"), "");
}

TEST(RecordDecoder, Answers426WhenTheEndOfTheFileIsMissing) {
  for (const char* wire : {"", "a", "a\xFF\x01", "a\xFF", "a\xFF\xFF"}) {
    EXPECT_EQ(refusal(make<RecordDecoder>(), wire), 426) << testing::PrintToString(wire);
  }
}

TEST(RecordDecoder, Answers451ToACodeThatDoesNotExist) {
  for (const std::string& code : {"\0"s, "\x04"s, "\x07"s, "\x7F"s, "\x80"s, "\xFE"s}) {
    EXPECT_EQ(refusal(make<RecordDecoder>(), "a\xFF" + code), 451) << testing::PrintToString(code);
  }
}

TEST(RecordConverters, GiveBackEveryFileHoweverItIsCut) {
  for_each_string("\n\xFF\x01\r", 4, [](const std::string& file) {
    const std::string wire = converted(make<RecordEncoder>(), file);
    expect_converted(make<RecordEncoder>(), file, wire);
    expect_converted(make<RecordDecoder>(), wire, file);
  });
}

}  // namespace
}  // namespace kit::test
