#include "pattern_commands.h"

#include "extensions_fixture.h"

namespace kit::test {
namespace {

class PatternCommands : public ExtensionsFixture {
 protected:
  PatternCommands() {
    tree_.make_directory("root/d");
    for (const char* name : {"a.txt", "b.txt", "c.bin", ".hidden", "d/x.txt", "d/y"}) {
      tree_.write("root/" + std::string(name), "1");
    }
  }
};

TEST_F(PatternCommands, NameWhatFits) {
  EXPECT_EQ(fetch("NLST *.txt"), "a.txt\r\nb.txt\r\n");
  EXPECT_EQ(fetch("NLST [bc].*"), "b.txt\r\nc.bin\r\n");
  EXPECT_EQ(fetch("NLST ?"), "d\r\n") << "a directory by its name";
  EXPECT_EQ(fetch("NLST .*"), ".hidden\r\n");
}

TEST_F(PatternCommands, NameItAsRetrWouldUnderstandIt) {
  EXPECT_EQ(fetch("NLST d/*.txt"), "d/x.txt\r\n");
  EXPECT_EQ(fetch("NLST /d/*"), "/d/x.txt\r\n/d/y\r\n");
  EXPECT_EQ(fetch("NLST -l d/../*.bin"), "d/../c.bin\r\n");
}

TEST_F(PatternCommands, ListTheLineOfEachThatFits) {
  tree_.link("root/link.txt", "a.txt");
  const std::string lines = fetch("LIST *.txt");
  EXPECT_NE(lines.find(" a.txt\r\n"), std::string::npos);
  EXPECT_NE(lines.find(" link.txt -> a.txt\r\n"), std::string::npos);
  EXPECT_EQ(lines.find("c.bin"), std::string::npos);
  const std::string directory = fetch("LIST ?");
  EXPECT_EQ(directory.front(), 'd');
  EXPECT_EQ(directory.find("x.txt"), std::string::npos) << "not what is in it";
}

TEST_F(PatternCommands, TakeANameThatExistsForItself) {
  tree_.write("root/[ab].txt", "");
  EXPECT_EQ(fetch("NLST [ab].txt"), "[ab].txt\r\n");
}

TEST_F(PatternCommands, ReadWildcardsInTheLastComponentOnly) {
  ASSERT_EQ(code("PASV"), 227);
  expect_codes(550, {"NLST */x.txt", "NLST *.zip", "LIST *.zip", "NLST nothing/*", "NLST a.txt/*", "LIST ?/*"});
}

TEST_F(PatternCommands, LeaveEverythingElseAsItWas) {
  EXPECT_EQ(fetch("NLST d"), "d/x.txt\r\nd/y\r\n");
  EXPECT_EQ(fetch("NLST -la d"), "d/x.txt\r\nd/y\r\n");
  EXPECT_NE(fetch("LIST").find("a.txt"), std::string::npos);
  EXPECT_EQ(code("NLST *"), 425) << "nothing was agreed on";
}

}  // namespace
}  // namespace kit::test
