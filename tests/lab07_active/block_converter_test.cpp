#include "block_converter.h"

#include <utility>
#include <vector>

#include "command_table.h"
#include "loopback.h"
#include "pieces.h"

namespace kit::test {
namespace {

using namespace std::string_literals;
using Records = BlockEncoder::Records;
using Markers = std::vector<std::pair<std::string, std::uint64_t>>;

MakeConverter encoder(Records records) {
  return [records] { return std::make_unique<BlockEncoder>(records); };
}
MakeConverter decoder(Records records) {
  return [records] { return std::make_unique<BlockDecoder>(records, [](std::string_view, std::uint64_t) {}); };
}

std::string block(unsigned descriptor, const std::string& data) {
  return std::string(1, static_cast<char>(descriptor)) + static_cast<char>(data.size() / 256) +
         static_cast<char>(data.size() % 256) + data;
}
const std::string end = block(block_ends_file, "");

int refusal(const std::string& wire) {
  try {
    converted(decoder(Records::no), wire);
  } catch (const ReplyError& error) {
    return error.reply().code;
  }
  return 0;
}

TEST(BlockEncoder, PutsAHeaderInFrontOfEachPieceAndABlockAtTheEnd) {
  EXPECT_EQ(end, "\x40\0\0"s);
  EXPECT_EQ(converted(encoder(Records::no), ""), end);
  EXPECT_EQ(converted(encoder(Records::no), "abc\n"), "\0\0\x04"s + "abc\n" + end);
  BlockEncoder two_pieces(Records::no);
  EXPECT_EQ(converted(two_pieces, {"abc", "", "de"}), block(0, "abc") + block(0, "de") + end);
}

TEST(BlockEncoder, CutsWhatIsLongerThanABlock) {
  const std::string large = pattern(2 * largest_block + 1);
  EXPECT_EQ(converted(encoder(Records::no), large), block(0, large.substr(0, largest_block)) +
                                                        block(0, large.substr(largest_block, largest_block)) +
                                                        block(0, large.substr(2 * largest_block)) + end);
}

TEST(BlockEncoder, MarksTheEndOfEachRecord) {
  EXPECT_EQ(converted(encoder(Records::lines), "a\n\nb"),
            block(block_ends_record, "a") + block(block_ends_record, "") + block(0, "b") + end);
  const std::string full(largest_block, 'x');
  EXPECT_EQ(converted(encoder(Records::lines), full + "\n"), block(0, full) + block(block_ends_record, "") + end);
}

TEST(BlockDecoder, TakesBlocksApartHoweverTheyAreCut) {
  expect_converted(decoder(Records::no), block(0, "abc") + block(0, "") + block(0, "\xFF\n") + end, "abc\xFF\n");
  expect_converted(decoder(Records::no), block(block_ends_file, "all in one"), "all in one");
  expect_converted(decoder(Records::lines), block(block_ends_record, "a") + block(0, "b") + end, "a\nb");
  expect_converted(decoder(Records::lines), block(block_ends_record | block_ends_file, "a"), "a\n");
  expect_converted(decoder(Records::no), block(block_ends_record, "a") + end, "a");
}

TEST(BlockDecoder, TakesSuspectDataForData) {
  EXPECT_EQ(converted(decoder(Records::no), block(block_is_suspect, "odd") + end), "odd");
}

TEST(BlockDecoder, HandsMarkersOnWithTheirPlaceInTheData) {
  Markers seen;
  const auto note = [&](std::string_view marker, std::uint64_t position) { seen.emplace_back(marker, position); };
  const std::string wire = block(block_is_marker, "M0") + block(0, "abc") + block(block_is_marker, "M3") +
                           block(0, "de") + block(block_is_marker, "M5") + end;
  expect_converted(decoder(Records::no), wire, "abcde");
  BlockDecoder whole(Records::no, note);
  EXPECT_EQ(converted(whole, {wire}), "abcde");
  EXPECT_EQ(seen, (Markers{{"M0", 0}, {"M3", 3}, {"M5", 5}}));
}

TEST(BlockDecoder, IsDoneAtTheEndOfTheFileAndNotBefore) {
  BlockDecoder some(Records::no, nullptr);
  EXPECT_EQ(some.convert(block(0, "a") + "\x40"s), "a");
  EXPECT_FALSE(some.ended());
  EXPECT_EQ(some.convert("\0\x01"s), "");
  EXPECT_FALSE(some.ended());
  EXPECT_EQ(some.convert("b" + block(0, "what follows")), "b");
  EXPECT_TRUE(some.ended());
}

TEST(BlockDecoder, Answers426WhenTheEndOfTheFileIsMissing) {
  for (const std::string& wire :
       {""s, "\x40"s, "\x40\0"s, block(0, "abc"), block(block_ends_file, "abc").substr(0, 5)}) {
    EXPECT_EQ(refusal(wire), 426) << testing::PrintToString(wire);
  }
}

TEST(BlockDecoder, Answers451ToWhatIsNoBlock) {
  for (const unsigned bit : {1U, 2U, 4U, 8U}) {
    EXPECT_EQ(refusal(block(bit, "x") + end), 451) << bit;
  }
  EXPECT_EQ(refusal(block(block_is_marker, std::string(256, 'm')) + end), 451);
  EXPECT_EQ(refusal(block(block_is_marker, std::string(255, 'm')) + end), 0);
}

TEST(BlockConverters, GiveBackEveryFile) {
  for_each_string("\n\xFF\0@"s, 4, [](const std::string& file) {
    for (const Records records : {Records::no, Records::lines}) {
      expect_converted(decoder(records), converted(encoder(records), file), file);
    }
  });
}

TEST(BlockConverters, GiveBackLargeFiles) {
  const std::string file = pattern(300'000);
  for (const Records records : {Records::no, Records::lines}) {
    EXPECT_EQ(converted(decoder(records), converted(encoder(records), file)), file);
  }
}

}  // namespace
}  // namespace kit::test
