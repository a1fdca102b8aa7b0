#include "facts.h"

#include <string>

#include <gtest/gtest.h>

namespace kit::test {
namespace {

FileFacts example() {
  FileFacts file{"file", {}, "adfrw"};
  file.status.st_mode = S_IFREG | 0640;
  file.status.st_size = 5'000'000'000;
  file.status.st_mtime = 951'782'399;
  file.status.st_dev = 0x801;
  file.status.st_ino = 0x2ab;
  return file;
}

TEST(Facts, AreSelectedInTheOrderGiven) {
  EXPECT_EQ(parse_facts("size;type;"), (FactSelection{Fact::size, Fact::type}));
  EXPECT_EQ(parse_facts("type;size;"), (FactSelection{Fact::type, Fact::size}));
}

TEST(Facts, AreKnownInAnyCase) {
  EXPECT_EQ(parse_facts("TYPE;Perm;unix.MODE;"), (FactSelection{Fact::type, Fact::perm, Fact::unix_mode}));
}

TEST(Facts, AreSelectedOnceAndOnlyWhereTheyAreKnown) {
  EXPECT_EQ(parse_facts("size;foo;size;media-type;modify;"), (FactSelection{Fact::size, Fact::modify}));
  EXPECT_EQ(parse_facts("foo;"), FactSelection{});
  EXPECT_EQ(parse_facts(""), FactSelection{});
  EXPECT_EQ(parse_facts("unique"), FactSelection{Fact::unique}) << "the last ; may be missing";
}

TEST(Facts, AreNotSelectedByALineThatIsWrong) {
  for (const char* text : {" ", "type; size;", "type ;", " type;", "type;\t", "type;;", ";", ";type;", "ty\x01pe;"}) {
    EXPECT_FALSE(parse_facts(text)) << '"' << text << '"';
  }
}

TEST(Facts, AreNamedInFeatWithTheSelectedOnesMarked) {
  EXPECT_EQ(facts_feature({}), "type;size;modify;perm;unique;UNIX.mode;");
  EXPECT_EQ(facts_feature({Fact::perm, Fact::type}), "type*;size;modify;perm*;unique;UNIX.mode;");
  EXPECT_EQ(facts_feature(SelectedFacts{}.facts), "type*;size*;modify*;perm*;unique*;UNIX.mode*;");
}

TEST(Facts, AreRepeatedInTheReplyToOpts) {
  EXPECT_EQ(facts_text(FactSelection{}), "");
  EXPECT_EQ(facts_text(FactSelection{Fact::unix_mode, Fact::type}), "UNIX.mode;type;");
}

TEST(Facts, TellWhatIsSelectedInThatOrder) {
  EXPECT_EQ(facts_text(example(), SelectedFacts{}.facts),
            "type=file;size=5000000000;modify=20000228235959;perm=adfrw;unique=801g2ab;UNIX.mode=0640;");
  EXPECT_EQ(facts_text(example(), {Fact::modify, Fact::type}), "modify=20000228235959;type=file;");
  EXPECT_EQ(facts_text(example(), {}), "");
}

TEST(Facts, GiveASizeToFilesOnly) {
  FileFacts directory = example();
  directory.type = "dir";
  directory.status.st_mode = S_IFDIR | 0755;
  EXPECT_EQ(facts_text(directory, {Fact::type, Fact::size}), "type=dir;");
}

TEST(Facts, KeepAnEmptyValue) {
  FileFacts file = example();
  file.perm = "";
  EXPECT_EQ(facts_text(file, {Fact::perm}), "perm=;");
}

TEST(Facts, ShowAModeOfFourDigits) {
  FileFacts file = example();
  for (const auto& [mode, text] : {std::pair<mode_t, const char*>{07, "0007"}, {01777, "01777"}, {0, "0000"}}) {
    file.status.st_mode = S_IFREG | mode;
    EXPECT_EQ(facts_text(file, {Fact::unix_mode}), std::string("UNIX.mode=") + text + ";");
  }
}

TEST(Facts, TellFilesApartByDeviceAndInode) {
  const auto unique = [](dev_t device, ino_t inode) {
    FileFacts file = example();
    file.status.st_dev = device;
    file.status.st_ino = inode;
    return facts_text(file, {Fact::unique});
  };
  EXPECT_EQ(unique(1, 23), unique(1, 23));
  EXPECT_NE(unique(1, 23), unique(2, 23));
  EXPECT_NE(unique(1, 0x23), unique(0x12, 3)) << "the two numbers do not run into each other";
}

}  // namespace
}  // namespace kit::test
