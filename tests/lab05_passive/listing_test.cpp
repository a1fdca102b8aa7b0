#include "listing.h"

#include <clocale>
#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace kit {
namespace {

// 2024-03-09 07:05:00 UTC, in a leap year.
constexpr std::time_t march_9 = 1'709'967'900;
constexpr std::time_t day = 86'400;
constexpr std::time_t half_year = 15'778'476;

ListingEntry entry(const std::string& name, mode_t mode, off_t size = 0) {
  ListingEntry made;
  made.name = name;
  made.status.st_mode = mode;
  made.status.st_nlink = 1;
  made.status.st_uid = 1000;
  made.status.st_gid = 100;
  made.status.st_size = size;
  made.status.st_mtime = march_9;
  return made;
}

TEST(ModeText, ShowsTheKindOfFile) {
  EXPECT_EQ(mode_text(S_IFREG | 0644), "-rw-r--r--");
  EXPECT_EQ(mode_text(S_IFDIR | 0755), "drwxr-xr-x");
  EXPECT_EQ(mode_text(S_IFLNK | 0777), "lrwxrwxrwx");
  EXPECT_EQ(mode_text(S_IFIFO)[0], 'p');
  EXPECT_EQ(mode_text(S_IFSOCK)[0], 's');
  EXPECT_EQ(mode_text(S_IFCHR)[0], 'c');
  EXPECT_EQ(mode_text(S_IFBLK)[0], 'b');
  EXPECT_EQ(mode_text(0)[0], '?');
}

TEST(ModeText, ShowsEachOfTheNineBitsInItsPlace) {
  const std::string all = "rwxrwxrwx";
  for (unsigned bit = 0; bit < 9; ++bit) {
    std::string expected = "----------";
    expected[9 - bit] = all[8 - bit];
    EXPECT_EQ(mode_text(S_IFREG | (1U << bit)), expected);
  }
  EXPECT_EQ(mode_text(S_IFREG | 0777), "-rwxrwxrwx");
}

TEST(ModeText, ShowsSetuidSetgidAndStickyInThePlaceOfAnX) {
  EXPECT_EQ(mode_text(S_IFREG | 04755), "-rwsr-xr-x");
  EXPECT_EQ(mode_text(S_IFREG | 04644), "-rwSr--r--");
  EXPECT_EQ(mode_text(S_IFREG | 02755), "-rwxr-sr-x");
  EXPECT_EQ(mode_text(S_IFREG | 02745), "-rwxr-Sr-x");
  EXPECT_EQ(mode_text(S_IFDIR | 01777), "drwxrwxrwt");
  EXPECT_EQ(mode_text(S_IFDIR | 01776), "drwxrwxrwT");
}

TEST(ListingTime, ShowsTheTimeOfDayOfWhatIsRecent) {
  EXPECT_EQ(listing_time(march_9, march_9 + 1), "Mar  9 07:05");
  EXPECT_EQ(listing_time(march_9, march_9), "Mar  9 07:05");
  EXPECT_EQ(listing_time(march_9 + 3 * day, march_9 + 9 * day), "Mar 12 07:05");
}

TEST(ListingTime, ShowsTheYearOfWhatIsOlderThanSixMonths) {
  EXPECT_EQ(listing_time(march_9, march_9 + half_year - 1), "Mar  9 07:05");
  EXPECT_EQ(listing_time(march_9, march_9 + half_year), "Mar  9  2024");
  EXPECT_EQ(listing_time(0, march_9), "Jan  1  1970");
}

TEST(ListingTime, ShowsTheYearOfWhatLiesInTheFuture) {
  EXPECT_EQ(listing_time(march_9 + 1, march_9), "Mar  9  2024");
  EXPECT_EQ(listing_time(march_9 + 400 * day, march_9), "Apr 13  2025");
}

TEST(ListingTime, NamesAllMonthsInEnglish) {
  const std::string names = "JanFebMarAprMayJunJulAugSepOctNovDec";
  for (int month = 0; month < 12; ++month) {
    std::tm parts{};
    parts.tm_year = 121;
    parts.tm_mon = month;
    parts.tm_mday = 28;
    EXPECT_EQ(listing_time(::timegm(&parts), march_9),
              names.substr(static_cast<std::size_t>(month) * 3, 3) + " 28  2021");
  }
}

TEST(ListingTime, HeedsNeitherTheTimeZoneNorTheLocale) {
  ::setenv("TZ", "Asia/Tokyo", 1);
  ::tzset();
  std::setlocale(LC_ALL, "de_DE.UTF-8");
  EXPECT_EQ(listing_time(march_9, march_9 + 1), "Mar  9 07:05");
  std::setlocale(LC_ALL, "C");
  ::unsetenv("TZ");
  ::tzset();
}

TEST(ListingTime, IsAlwaysTwelveBytesLong) {
  for (std::time_t when = 0; when < march_9 + 2000 * day; when += 13 * day + 12'345) {
    ASSERT_EQ(listing_time(when, march_9).size(), 12U) << when;
  }
}

TEST(ListingTime, IsTwelveBytesLongForYearsThatDoNotFitToo) {
  using Limits = std::numeric_limits<std::time_t>;
  for (const std::time_t when : {Limits::min(), -day, 300'000'000'000L, 100'000'000'000'000L, Limits::max()}) {
    EXPECT_EQ(listing_time(when, march_9).size(), 12U) << when;
  }
}

TEST(ListingLine, LooksLikeLs) {
  EXPECT_EQ(listing_line(entry("notes.txt", S_IFREG | 0644, 1234), march_9 + 1),
            "-rw-r--r--   1 1000     100              1234 Mar  9 07:05 notes.txt");
}

TEST(ListingLine, HoldsSizesOverFourGibibytes) {
  const std::string line = listing_line(entry("big", S_IFREG | 0644, 5'368'709'127), march_9);
  EXPECT_NE(line.find(" 5368709127 "), std::string::npos) << line;
}

TEST(ListingLine, KeepsEveryByteOfTheNameBehindOneBlank) {
  for (const char* name :
       {" leading", "trailing ", "two  blanks", "-dash", "\xC3\xA9t\xC3\xA9", "\xFF\xFE", "a -> b", "\t"}) {
    const std::string line = listing_line(entry(name, S_IFREG | 0644), march_9);
    EXPECT_TRUE(line.ends_with(std::string("07:05 ") + name)) << line;
  }
}

TEST(ListingLine, ShowsWhereALinkPointsTo) {
  ListingEntry link = entry("shortcut", S_IFLNK | 0777);
  link.link_target = "dir/file";
  EXPECT_TRUE(listing_line(link, march_9).ends_with(" shortcut -> dir/file"));
}

TEST(ListingLine, LetsNoLinkForgeALine) {
  ListingEntry link = entry("shortcut", S_IFLNK | 0777);
  link.link_target = "x\r\n-rw-r--r-- 1 0 0 0 Jan  1 00:00 forged";
  EXPECT_TRUE(listing_line(link, march_9).ends_with(" shortcut"));
}

TEST(Listable, RefusesNamesThatHoldALineEnd) {
  EXPECT_TRUE(listable("a b\t\xFF"));
  EXPECT_FALSE(listable("a\nb"));
  EXPECT_FALSE(listable("a\rb"));
  EXPECT_FALSE(listable("\n"));
  EXPECT_FALSE(listable("a\r"));
}

TEST(ListingPath, ReadsOverOptions) {
  EXPECT_EQ(listing_path(""), "");
  EXPECT_EQ(listing_path("dir"), "dir");
  EXPECT_EQ(listing_path("-l"), "");
  EXPECT_EQ(listing_path("-la"), "");
  EXPECT_EQ(listing_path("-la dir"), "dir");
  EXPECT_EQ(listing_path("-l -a dir"), "dir");
  EXPECT_EQ(listing_path("-1 dir"), "dir");
  EXPECT_EQ(listing_path("-la "), "");
}

TEST(ListingPath, KeepsTheBlanksOfAName) {
  EXPECT_EQ(listing_path("a b"), "a b");
  EXPECT_EQ(listing_path(" a"), " a");
  EXPECT_EQ(listing_path("-la  a "), " a ");
}

TEST(ListingPath, TakesWhatIsNoOptionForAName) {
  EXPECT_EQ(listing_path("-"), "-");
  EXPECT_EQ(listing_path("./-la"), "./-la");
  EXPECT_EQ(listing_path("-x.txt"), "-x.txt");
  EXPECT_EQ(listing_path("-l ./-a"), "./-a");
  EXPECT_EQ(listing_path("-l -"), "-");
  EXPECT_EQ(listing_path("dir -la"), "dir -la");
}

}  // namespace
}  // namespace kit
