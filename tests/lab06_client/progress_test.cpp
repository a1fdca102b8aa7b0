#include "progress.h"

#include <gtest/gtest.h>

#include "escape.h"

namespace kit {
namespace {

using namespace std::chrono_literals;

TEST(FormatSize, ChoosesTheUnit) {
  EXPECT_EQ(format_size(0), "0 B");
  EXPECT_EQ(format_size(1023), "1023 B");
  EXPECT_EQ(format_size(1024), "1.0 KiB");
  EXPECT_EQ(format_size(1536), "1.5 KiB");
  EXPECT_EQ(format_size(5ULL << 30U), "5.0 GiB");
  EXPECT_EQ(format_size(UINT64_MAX), "16.0 EiB");
}

TEST(FormatSize, NeverPrintsAThousandAndTwentyFourOfAUnit) {
  EXPECT_EQ(format_size((1U << 20U) - 1), "1.0 MiB");
  EXPECT_EQ(format_size((1U << 30U) - 1), "1.0 GiB");
}

TEST(FormatDuration, ShowsHoursOnlyWhereThereAreAny) {
  EXPECT_EQ(format_duration(0s), "0:00");
  EXPECT_EQ(format_duration(7s), "0:07");
  EXPECT_EQ(format_duration(725s), "12:05");
  EXPECT_EQ(format_duration(3723s), "1:02:03");
  EXPECT_EQ(format_duration(-5s), "0:00");
}

TEST(ProgressLine, ShowsABarAndTheTimeLeftWhereTheTotalIsKnown) {
  EXPECT_EQ(progress_line("a.bin", {1U << 20U, 4U << 20U}, 2.0, 100),
            "a.bin  [#####...............] 25%  1.0 MiB  512.0 KiB/s  0:06 left");
}

TEST(ProgressLine, ShowsBytesAndRateWhereItIsNot) {
  EXPECT_EQ(progress_line("a.bin", {1U << 20U, {}}, 2.0, 100), "a.bin  1.0 MiB  512.0 KiB/s");
}

TEST(ProgressLine, TakesATotalThatIsWrongForWhatItIs) {
  EXPECT_EQ(progress_line("a", {2048, 1024}, 1.0, 100),
            "a  [####################] 100%  2.0 KiB  2.0 KiB/s  0:00 left");
  EXPECT_EQ(progress_line("a", {0, 0}, 0.0, 100), "a  0 B  0 B/s");
  EXPECT_FALSE(progress_line("a", {1, UINT64_MAX}, 1.0, 100).empty());
}

TEST(ProgressLine, StaysWithinItsWidthAndCutsNoCharacter) {
  for (std::size_t width = 0; width < 60; ++width) {
    const std::string line =
        progress_line("gr\xC3\xBC\xC3\x9F\x65 von \xE4\xB8\x96\xE7\x95\x8C und mehr", {5, 10}, 1.0, width);
    EXPECT_TRUE(is_utf8(line)) << width;
    std::size_t columns = 0;
    for (const char c : line) {
      columns += (static_cast<unsigned char>(c) & 0xC0U) != 0x80 ? 1 : 0;
    }
    EXPECT_LE(columns, width);
  }
}

TEST(ProgressLine, LetsNoNameReachTheTerminal) {
  EXPECT_EQ(progress_line("\x1b[2J\n", {0, {}}, 0.0, 100).find_first_of("\x1b\n"), std::string::npos);
}

TEST(TransferSummary, GivesNameBytesAndSeconds) {
  EXPECT_EQ(transfer_summary("hello.txt", {1234, 0.0123, Reply(226, "Done")}, "received"),
            "hello.txt: 1234 bytes received in 0.01 s");
  EXPECT_EQ(transfer_summary("a\nb", {1, 2.5, Reply(226, "Done")}, "sent"), "a\\nb: 1 byte sent in 2.50 s");
}

}  // namespace
}  // namespace kit
