#include "fact_commands.h"

#include <sys/stat.h>

#include "extensions_fixture.h"
#include "unprivileged.h"

namespace kit::test {
namespace {

class FactCommands : public ExtensionsFixture {
 protected:
  /// The facts of a path, as MLST tells them.
  std::string facts(const std::string& path) {
    const std::string line = inner("MLST " + path);
    return line.substr(0, line.find(' ', 1));
  }
  void select(const std::string& names) { ASSERT_EQ(code("OPTS MLST " + names), 200); }
};

TEST_F(FactCommands, TellAboutOnePathOverTheControlConnection) {
  tree_.write("root/f", "four");
  select("type;size;");
  EXPECT_EQ(inner("MLST f"), " type=file;size=4; /f");
  EXPECT_EQ(inner("MLST"), " type=dir; /");
  tree_.make_directory("root/d");
  ASSERT_EQ(code("CWD d"), 250);
  EXPECT_EQ(inner("MLST"), " type=dir; /d");
  EXPECT_EQ(inner("MLST ../f"), " type=file;size=4; /f");
  EXPECT_EQ(code("MLST nothing"), 550);
}

TEST_F(FactCommands, TellNothingButTheNameIfNothingIsSelected) {
  tree_.write("root/f", "");
  EXPECT_EQ(text("OPTS MLST"), "MLST OPTS");
  EXPECT_EQ(inner("MLST f"), "  /f");
}

TEST_F(FactCommands, SelectInTheOrderGivenAndKeepItWhenTheLineIsWrong) {
  tree_.write("root/f", "");
  EXPECT_EQ(text("OPTS MLST SIZE;type;foo;"), "MLST OPTS size;type;");
  EXPECT_EQ(code("OPTS MLST type; size;"), 501);
  EXPECT_EQ(inner("MLST f"), " size=0;type=file; /f");
}

TEST_F(FactCommands, ListADirectoryWithItselfAndTheOneAbove) {
  tree_.make_directory("root/d");
  tree_.make_directory("root/d/sub");
  tree_.write("root/d/f", "four");
  tree_.write("root/d/a name\xFF", "");
  select("type;size;");
  EXPECT_EQ(
      fetch("MLSD d"),
      "type=cdir; .\r\ntype=pdir; ..\r\ntype=file;size=0; a name\xFF\r\ntype=file;size=4; f\r\ntype=dir; sub\r\n");
  EXPECT_EQ(fetch("MLSD"), "type=cdir; .\r\ntype=dir; d\r\n") << "there is nothing above the root";
}

TEST_F(FactCommands, ListTheSameInEveryType) {
  tree_.write("root/f", "");
  const std::string ascii = fetch("MLSD");
  ASSERT_EQ(code("TYPE I"), 200);
  EXPECT_EQ(fetch("MLSD"), ascii);
}

TEST_F(FactCommands, ListNoNameThatWouldForgeALine) {
  tree_.write("root/f\r\ntype=dir; g", "");
  select("");
  EXPECT_EQ(fetch("MLSD"), " .\r\n");
}

TEST_F(FactCommands, RefuseToListWhatIsNoDirectory) {
  tree_.write("root/f", "");
  ASSERT_EQ(code("PASV"), 227);
  EXPECT_EQ(code("MLSD f"), 501);
  EXPECT_EQ(code("MLSD nothing"), 550);
  EXPECT_EQ(code("MLSD *"), 550);
}

TEST_F(FactCommands, RefuseToListWhatMayNotBeEntered) {
  tree_.make_directory("root/d");
  tree_.write("root/d/f", "");
  ASSERT_EQ(::chmod(tree_.string("root/d").c_str(), 0444), 0);
  ASSERT_EQ(::chmod(tree_.string("root").c_str(), 0755), 0);
  ASSERT_EQ(::chmod(tree_.string().c_str(), 0755), 0);
  ASSERT_EQ(code("PASV"), 227);
  int refusal = 0;
  {
    const Unprivileged nobody;
    refusal = code("MLSD d");
  }
  ASSERT_EQ(::chmod(tree_.string("root/d").c_str(), 0755), 0);
  EXPECT_EQ(refusal, 550) << "its list would be empty";
}

TEST_F(FactCommands, ShowALinkAsWhatItPointsTo) {
  tree_.write("root/f", "four");
  tree_.make_directory("root/d");
  tree_.link("root/l", "f");
  tree_.link("root/m", "d");
  tree_.link("root/out", "/etc");
  tree_.link("root/nowhere", "x");
  select("type;size;unique;");
  EXPECT_EQ(facts("l"), facts("f"));
  EXPECT_EQ(facts("m"), facts("d"));
  select("type;perm;");
  EXPECT_EQ(facts("out"), " type=OS.unix=slink;perm=df;");
  EXPECT_EQ(facts("nowhere"), " type=OS.unix=slink;perm=df;");
}

TEST_F(FactCommands, TellOtherKindsApart) {
  tree_.make_fifo("root/p");
  select("type;perm;size;");
  EXPECT_EQ(facts("p"), " type=OS.unix=fifo;perm=df;");
}

TEST_F(FactCommands, TellWhatAnOwnerMayDo) {
  tree_.make_directory("root/d");
  tree_.write("root/f", "");
  select("perm;");
  EXPECT_EQ(facts("f"), " perm=adfrw;");
  EXPECT_EQ(facts("d"), " perm=cdeflmp;");
  EXPECT_EQ(facts("/"), " perm=celmp;");
  ASSERT_EQ(code("CWD d"), 250);
  EXPECT_EQ(facts("."), " perm=ceflmp;") << "RMD refuses the directory that one stands on";
}

TEST_F(FactCommands, TellWhatAReaderMayDo) {
  tree_.make_directory("root/d");
  tree_.write("root/f", "");
  may_only_read();
  select("perm;");
  EXPECT_EQ(facts("f"), " perm=r;");
  EXPECT_EQ(facts("d"), " perm=el;");
}

TEST_F(FactCommands, TellWhatPermissionsLeave) {
  tree_.make_directory("root/d");
  tree_.write("root/d/f", "");
  ASSERT_EQ(::chmod(tree_.string("root/d/f").c_str(), 0444), 0);
  ASSERT_EQ(::chmod(tree_.string("root/d").c_str(), 0555), 0);
  ASSERT_EQ(::chmod(tree_.string("root").c_str(), 0755), 0);
  ASSERT_EQ(::chmod(tree_.string().c_str(), 0755), 0);
  select("perm;");
  std::string file;
  std::string directory;
  {
    const Unprivileged nobody;
    file = facts("d/f");
    directory = fetch("MLSD d");
  }
  ASSERT_EQ(::chmod(tree_.string("root/d").c_str(), 0755), 0);
  EXPECT_EQ(file, " perm=r;");
  EXPECT_EQ(directory.substr(0, directory.find('\r')).find_first_of("cmp", 5), std::string::npos) << directory;
}

}  // namespace
}  // namespace kit::test
