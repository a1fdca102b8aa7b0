#include "remote_entry.h"

#include <gtest/gtest.h>

namespace kit {
namespace {

using Kind = RemoteEntry::Kind;

constexpr std::time_t leap_noon = 1709208000;  // 2024-02-29 12:00:00 UTC

RemoteEntry entry(std::string name, Kind kind, std::optional<std::uint64_t> size = {},
                  std::optional<std::time_t> modified = {}, std::string unique = {}) {
  return {std::move(name), kind, size, modified, std::move(unique)};
}

TEST(FactsLine, ReadsTheFactsAndTheName) {
  EXPECT_EQ(parse_facts_line("type=file;size=123;modify=20240229120000;unique=fd01g7;perm=adfr; a.txt"),
            entry("a.txt", Kind::file, 123, leap_noon, "fd01g7"));
  EXPECT_EQ(parse_facts_line("Type=DIR;Modify=20240229120000.25;UNIX.mode=0755; d"),
            entry("d", Kind::directory, std::nullopt, leap_noon));
}

TEST(FactsLine, TheNameIsAllBehindOneSpace) {
  EXPECT_EQ(parse_facts_line("type=file;  two  blanks ")->name, " two  blanks ");
  EXPECT_EQ(parse_facts_line("type=file; a;b=c d")->name, "a;b=c d");
  EXPECT_EQ(parse_facts_line(" no facts")->name, "no facts");
  EXPECT_EQ(parse_facts_line("type=file; \xFF\xC3\xBC")->name, "\xFF\xC3\xBC");
}

TEST(FactsLine, OrderAndUnknownFactsDoNotMatter) {
  EXPECT_EQ(parse_facts_line("x-y=1;size=7;;bad; n"), std::nullopt) << "a fact has an =";
  EXPECT_EQ(parse_facts_line("x-y=a=b;size=7;media-type=text/plain;type=file; n"), entry("n", Kind::file, 7));
  EXPECT_EQ(parse_facts_line("size=;modify=soon; n"), entry("n", Kind::file)) << "values that mean nothing";
  EXPECT_EQ(parse_facts_line("size=-1; n")->size, std::nullopt);
  EXPECT_EQ(parse_facts_line("size=18446744073709551616; n")->size, std::nullopt);
  EXPECT_EQ(parse_facts_line("size=5368709120; n")->size, 5368709120U);
}

TEST(FactsLine, KnowsTheTypes) {
  EXPECT_EQ(parse_facts_line("type=cdir; ."), std::nullopt);
  EXPECT_EQ(parse_facts_line("type=PDIR; /up"), std::nullopt);
  EXPECT_EQ(parse_facts_line("type=OS.unix=slink:/etc/passwd; l")->kind, Kind::link);
  EXPECT_EQ(parse_facts_line("type=OS.UNIX=symlink; l")->kind, Kind::link);
  EXPECT_EQ(parse_facts_line("type=OS.unix=chr-1/3; null")->kind, Kind::other);
  EXPECT_EQ(parse_facts_line("type=; n")->kind, Kind::other);
}

TEST(FactsLine, RefusesWhatIsNone) {
  for (const char* line : {"", " ", "type=file;", "type=file; ", "type=file", "name", "type=file a", "total 5",
                           "-rw-r--r-- 1 a b 5 Feb 29 12:30 n"}) {
    EXPECT_EQ(parse_facts_line(line), std::nullopt) << line;
  }
}

TEST(FactTime, IsSecondsWithAFractionPerhaps) {
  EXPECT_EQ(parse_fact_time("20240229120000"), leap_noon);
  EXPECT_EQ(parse_fact_time("20240229120000.999"), leap_noon);
  for (const char* text :
       {"", "2024022912000", "202402291200", "20240229120000.", "20240229120000.5x", "20240229120000 ",
        "20230229120000", "20241301120000", "+0240229120000", "191240229120000"}) {
    EXPECT_EQ(parse_fact_time(text), std::nullopt) << text;
  }
}

TEST(ListLine, UnixWithGroupAndWithout) {
  const RemoteEntry wanted = entry("a.txt", Kind::file, 1234);
  for (const char* line : {
           "-rw-r--r--   1 owner    group        1234 Feb 29 12:30 a.txt",
           "-rw-r--r--   1 owner    group        1234 Feb 29  2024 a.txt",
           "-rw-r--r-- 1 owner 1234 Feb  9 12:30 a.txt",
           "-rw-r--r--  owner group 1234 Feb 29 12:30 a.txt",
           "-rw-r--r--+ 1 1000 1000 1234 feb 29 12:30 a.txt",
           "-rw-r--r--. 1 ftp ftp 1234 2024-02-29 12:30 a.txt",
           "-rwsr-xr-t 1 Feb Mar 1234 Jan 1 9:05 a.txt",
       }) {
    EXPECT_EQ(parse_list_line(line), wanted) << line;
  }
}

TEST(ListLine, TheNameIsAllBehindOneSpace) {
  const std::string front = "-rw-r--r-- 1 ftp ftp 5 Feb 29 12:30 ";
  for (const char* name :
       {"a b", "  two in front", "at the end ", "1 Jan 1 12:30 x", "a -> b", "\xFF", "-la", "...", "Feb 29 12:30 y"}) {
    EXPECT_EQ(parse_list_line(front + name), entry(name, Kind::file, 5)) << name;
  }
}

TEST(ListLine, KnowsTheKinds) {
  EXPECT_EQ(parse_list_line("drwxr-xr-x 2 ftp ftp 4096 Feb 29 12:30 d"), entry("d", Kind::directory, 4096));
  EXPECT_EQ(parse_list_line("lrwxrwxrwx 1 ftp ftp 7 Feb 29 12:30 l -> /etc/passwd"), entry("l", Kind::link));
  EXPECT_EQ(parse_list_line("lrwxrwxrwx 1 ftp ftp 7 Feb 29 12:30 l"), entry("l", Kind::link));
  EXPECT_EQ(parse_list_line("prw-r--r-- 1 ftp ftp 0 Feb 29 12:30 p")->kind, Kind::other);
  EXPECT_EQ(parse_list_line("crw-rw-rw- 1 root root 1, 3 Feb 29 12:30 null")->kind, Kind::other);
}

TEST(ListLine, MsDos) {
  EXPECT_EQ(parse_list_line("02-29-24  12:30PM                 1234 a file.txt"),
            entry("a file.txt", Kind::file, 1234));
  EXPECT_EQ(parse_list_line("02-29-2024  12:30                 1234 a.txt"), entry("a.txt", Kind::file, 1234));
  EXPECT_EQ(parse_list_line("02-29-24  12:30AM       <DIR>          a dir"), entry("a dir", Kind::directory));
}

TEST(ListLine, RefusesWhatIsNone) {
  for (const char* line : {
           "",
           " ",
           "total 5",
           "ls: cannot open directory",
           "/pub:",
           "-rw-r--r--",
           "-rw-r--r-- 1 ftp ftp 5",
           "-rw-r--r-- 1 ftp ftp 5 Feb 29 12:30",
           "-rw-r--r-- 1 ftp ftp 5 Feb 29 12:30 ",
           "-rw-r--r-- 1 ftp ftp x Feb 29 12:30 n",
           "-rw-r--r-- 1 ftp ftp 5 Foo 29 12:30 n",
           "-rw-r--r-- 1 ftp ftp 5 Feb 32 12:30 n",
           "-rw-r--r-- 1 ftp ftp 5 Feb 29 12-30 n",
           "drwxr-xr-x 2 ftp ftp 4096 Feb 29 12:30 .",
           "drwxr-xr-x 2 ftp ftp 4096 Feb 29 12:30 ..",
           "xrwxr-xr-x 2 ftp ftp 4096 Feb 29 12:30 n",
           "02-29-24  12:30PM       <JUNCTION>  n",
           "02-29-24  12:30XM  5 n",
           "02/29/24  12:30PM  5 n",
           "02-29-24",
           "02-29-24  12:30PM",
           "02-29-24  12:30PM  5",
           "type=file;size=5; n",
       }) {
    EXPECT_EQ(parse_list_line(line), std::nullopt) << line;
  }
}

TEST(ListLine, AnyCutOfALineIsSafe) {
  for (const std::string_view whole : {std::string_view("-rw-r--r--   1 owner    group        1234 Feb 29 12:30 a.txt"),
                                       std::string_view("02-29-24  12:30PM                 1234 a.txt")}) {
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const auto parsed = parse_list_line(whole.substr(0, size));
      EXPECT_TRUE(!parsed || std::string_view("a.txt").starts_with(parsed->name)) << size;
    }
  }
}

}  // namespace
}  // namespace kit
