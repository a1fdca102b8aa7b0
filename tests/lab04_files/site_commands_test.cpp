#include "site_commands.h"

#include <sys/stat.h>

#include "files_fixture.h"

namespace kit::test {
namespace {

class SiteCommands : public FilesFixture {
 protected:
  SiteCommands() {
    tree_.write("root/file", "");
    tree_.write("root/a b", "");
  }

  struct stat status(const std::string& name) {
    struct stat status {};
    EXPECT_EQ(::stat(tree_.string("root/" + name).c_str(), &status), 0) << name;
    return status;
  }
  mode_t mode(const std::string& name = "file") { return status(name).st_mode & 07777U; }
};

TEST_F(SiteCommands, ChangeTheMode) {
  EXPECT_EQ(code("SITE CHMOD 600 file"), 200);
  EXPECT_EQ(mode(), 0600U);
  EXPECT_EQ(code("site chmod 0755 /file"), 200);
  EXPECT_EQ(mode(), 0755U);
  EXPECT_EQ(code("SITE CHMOD 000 a b"), 200);
  EXPECT_EQ(mode("a b"), 0U);
  EXPECT_EQ(code("SITE CHMOD 777 nope"), 550);
}

TEST_F(SiteCommands, GiveNoSpecialBits) {
  EXPECT_EQ(code("SITE CHMOD 640 file"), 200);
  for (const char* bits : {"4755", "2755", "1755", "7777", "10000"}) {
    EXPECT_EQ(code(std::string("SITE CHMOD ") + bits + " file"), 504) << bits;
  }
  EXPECT_EQ(mode(), 0640U);
}

TEST_F(SiteCommands, WantAnOctalModeAndAPath) {
  for (const char* argument : {"", " 644", " 644 ", " file", " 648 file", " -1 file", " +644 file", " 0x1ff file",
                               " u+x file", "  644 file", " 7777777777777777777777777 file", " 644\tfile"}) {
    EXPECT_EQ(code(std::string("SITE CHMOD") + argument), 501) << argument;
  }
}

TEST_F(SiteCommands, SetTheTimesInBothForms) {
  EXPECT_EQ(code("SITE UTIME 20090213233130 file"), 200);
  EXPECT_EQ(status("file").st_mtim.tv_sec, 1'234'567'890);
  EXPECT_EQ(code("SITE UTIME 200902132331 a b"), 200);
  EXPECT_EQ(status("a b").st_mtim.tv_sec, 1'234'567'860);
  EXPECT_EQ(code("SITE UTIME a b 20010909014640 19700101000001 20200101000000 UTC"), 200);
  EXPECT_EQ(status("a b").st_atim.tv_sec, 1'000'000'000);
  EXPECT_EQ(status("a b").st_mtim.tv_sec, 1);
  EXPECT_EQ(code("SITE UTIME 20090213233130 nope"), 550);
}

TEST_F(SiteCommands, WantTimesThatExist) {
  for (const char* argument : {"", " ", " file", " 20090213233130", " 20090213233130 ", " 20090230000000 file",
                               " 2009 file", " 20090213233130file", " file 20010909014640 20010909014640 UTC",
                               " 20010909014640 20010909014640 20010909014640 UTC extra",
                               " file 20010909014640 20011309014640 20010909014640 UTC"}) {
    EXPECT_NE(code(std::string("SITE UTIME") + argument), 200) << argument;
  }
  EXPECT_EQ(code("SITE UTIME file"), 501);
}

TEST_F(SiteCommands, RefuseWhatIsMissingOrUnknown) {
  EXPECT_EQ(code("SITE"), 501);
  EXPECT_EQ(code("SITE "), 501);
  for (const char* line :
       {"SITE XYZZY", "SITE EXEC id", "SITE SITE CHMOD 644 file", "SITE  CHMOD 644 file", "SITE CHMODx 644 file"}) {
    EXPECT_EQ(code(line), 504) << line;
  }
  EXPECT_EQ(code("CHMOD 644 file"), 500);
}

TEST_F(SiteCommands, ExplainThemselves) {
  const Reply all = ask("SITE HELP");
  EXPECT_EQ(all.code, 214);
  const std::string text = format_reply(all);
  for (const char* verb : {"CHMOD", "UTIME", "HELP"}) {
    EXPECT_NE(text.find(verb), std::string::npos) << verb;
  }
  EXPECT_EQ(format_reply(ask("SITE HELP chmod")).find("UTIME"), std::string::npos);
  EXPECT_EQ(code("SITE HELP XYZZY"), 501);
}

TEST_F(SiteCommands, TakeARowOfALaterTable) {
  context_.commands += CommandTable{{"SITE COUNT",
                                     {},
                                     takes::text,
                                     [](Session&, const Argument& argument) { return Reply(200, argument.text()); },
                                     ""}};
  EXPECT_EQ(ask("SITE count three"), Reply(200, "three"));
  EXPECT_EQ(code("SITE COUNT"), 501);
  EXPECT_EQ(code("SITE CHMOD 600 file"), 200);
}

TEST_F(SiteCommands, ChangeNothingForWhoMayOnlyRead) {
  EXPECT_EQ(code("SITE CHMOD 640 file"), 200);
  may_only_read();
  EXPECT_EQ(code("SITE CHMOD 600 file"), 550);
  EXPECT_EQ(code("SITE UTIME 20090213233130 file"), 550);
  EXPECT_EQ(code("SITE HELP"), 214);
  EXPECT_EQ(mode(), 0640U);
}

TEST_F(SiteCommands, StayInsideTheRoot) {
  tree_.write("secret", "");
  ASSERT_EQ(::chmod(tree_.string("secret").c_str(), 0600), 0);
  tree_.link("root/link", "../secret");
  EXPECT_EQ(code("SITE CHMOD 777 link"), 550);
  EXPECT_EQ(code("SITE CHMOD 777 ../secret"), 550);
  EXPECT_EQ(code("SITE UTIME 20090213233130 link"), 550);
  EXPECT_EQ(mode("../secret"), 0600U);
  EXPECT_NE(status("../secret").st_mtim.tv_sec, 1'234'567'890);
}

}  // namespace
}  // namespace kit::test
