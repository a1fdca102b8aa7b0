#include "path_commands.h"

#include "files_fixture.h"

namespace kit::test {
namespace {

class PathCommands : public FilesFixture {};

VirtualPath at(std::string_view name) { return VirtualPath().resolve(name); }

TEST(Quoted, DoublesEveryQuoteInsideAndNothingElse) {
  EXPECT_EQ(quoted(VirtualPath()), "\"/\"");
  EXPECT_EQ(quoted(at("a b")), "\"/a b\"");
  EXPECT_EQ(quoted(at("say \"hi\"")), "\"/say \"\"hi\"\"\"");
  EXPECT_EQ(quoted(at("\"")), "\"/\"\"\"");
  EXPECT_EQ(quoted(at("back\\slash'")), "\"/back\\slash'\"");
}

TEST_F(PathCommands, BeginAtTheRootAndShowNothingOfTheHost) {
  const Reply reply = ask("PWD");
  EXPECT_EQ(reply.code, 257);
  EXPECT_EQ(reply.lines.size(), 1U);
  EXPECT_EQ(reply.lines.front().substr(0, 3), "\"/\"");
  EXPECT_EQ(reply.lines.front().find(tree_.string()), std::string::npos);
}

TEST_F(PathCommands, NeedALogin) {
  session_.log_out();
  const CommandTable commands = path_commands();
  for (const CommandRow* row : commands.rows()) {
    if (row->verb.find(' ') == std::string_view::npos) {
      EXPECT_EQ(code(std::string(row->verb) + " x"), 530) << row->verb;
    }
  }
}

TEST_F(PathCommands, WalkDownAndUp) {
  tree_.make_directory("root/d");
  tree_.make_directory("root/d/e");
  EXPECT_EQ(code("CWD d"), 250);
  EXPECT_EQ(code("CWD e"), 250);
  EXPECT_EQ(where(), "\"/d/e\"");
  EXPECT_EQ(code("CDUP"), 250);
  EXPECT_EQ(where(), "\"/d\"");
  EXPECT_EQ(code("CWD /d/e"), 250);
  EXPECT_EQ(code("CWD ../.."), 250);
  EXPECT_EQ(where(), "\"/\"");
}

TEST_F(PathCommands, StayAtTheRootWhenTheyWouldRiseAboveIt) {
  for (const char* line : {"CDUP", "CWD ..", "CWD ../..", "CWD /..", "XCUP"}) {
    EXPECT_EQ(code(line), 250) << line;
    EXPECT_EQ(where(), "\"/\"") << line;
  }
}

TEST_F(PathCommands, StayWhereTheyAreWhenThereIsNoSuchDirectory) {
  tree_.make_directory("root/d");
  tree_.write("root/file", "");
  EXPECT_EQ(code("CWD d"), 250);
  for (const char* line : {"CWD nope", "CWD ../file", "CWD ../file/x", "CWD /d/d"}) {
    EXPECT_EQ(code(line), 550) << line;
    EXPECT_EQ(where(), "\"/d\"") << line;
  }
}

TEST_F(PathCommands, MakeADirectoryAndQuoteItsWholePath) {
  tree_.make_directory("root/d");
  EXPECT_EQ(code("CWD d"), 250);
  const Reply reply = ask("MKD say \"hi\"");
  EXPECT_EQ(reply.code, 257);
  EXPECT_EQ(reply.lines.front().substr(0, 18), "\"/d/say \"\"hi\"\"\" cr");
  EXPECT_TRUE(std::filesystem::is_directory(tree_.path("root/d/say \"hi\"")));
  EXPECT_EQ(code("MKD say \"hi\""), 550);
  EXPECT_EQ(code("MKD nope/x"), 550);
  EXPECT_EQ(code("MKD /"), 550);
}

TEST_F(PathCommands, RemoveOnlyWhatTheyAreAskedTo) {
  tree_.make_directory("root/full");
  tree_.write("root/full/file", "kept");
  tree_.make_directory("root/empty");
  EXPECT_EQ(code("RMD full"), 550);
  EXPECT_EQ(code("RMD full/file"), 550);
  EXPECT_EQ(code("DELE empty"), 550);
  EXPECT_EQ(code("DELE nope"), 550);
  EXPECT_EQ(code("RMD nope"), 550);
  EXPECT_EQ(tree_.read("root/full/file"), "kept");
  EXPECT_EQ(code("DELE full/file"), 250);
  EXPECT_EQ(code("RMD full"), 250);
  EXPECT_EQ(code("RMD empty"), 250);
  EXPECT_TRUE(tree_.is_empty("root"));
}

TEST_F(PathCommands, RemoveNeitherTheRootNorTheGroundTheyStandOn) {
  tree_.make_directory("root/d");
  tree_.make_directory("root/d/e");
  EXPECT_EQ(code("RMD /"), 550);
  EXPECT_EQ(code("RMD ."), 550);
  EXPECT_EQ(code("DELE /"), 550);
  EXPECT_EQ(code("CWD d/e"), 250);
  for (const char* line : {"RMD .", "RMD ../e", "RMD /d/e/", "RMD ..", "RMD /"}) {
    EXPECT_EQ(code(line), 550) << line;
  }
  EXPECT_TRUE(tree_.has("root/d/e"));
}

TEST_F(PathCommands, AnswerWhenTheWorkingDirectoryIsGone) {
  tree_.make_directory("root/d");
  EXPECT_EQ(code("CWD d"), 250);
  std::filesystem::remove(tree_.path("root/d"));
  EXPECT_EQ(ask("PWD").code, 257);
  EXPECT_EQ(code("MKD x"), 550);
  EXPECT_EQ(code("CWD ."), 550);
  EXPECT_EQ(code("RMD x"), 550);
  EXPECT_EQ(code("CDUP"), 250);
  EXPECT_EQ(where(), "\"/\"");
}

TEST_F(PathCommands, WantAnArgumentWhereOneIsDue) {
  tree_.make_directory("root/d");
  EXPECT_EQ(code("CWD d"), 250);
  for (const char* verb : {"CWD", "MKD", "RMD", "DELE", "RNFR", "XCWD", "XMKD", "XRMD"}) {
    EXPECT_EQ(code(verb), 501) << verb;
    EXPECT_EQ(code(std::string(verb) + " "), 501) << verb;
  }
  for (const char* verb : {"PWD", "CDUP", "XPWD", "XCUP"}) {
    EXPECT_EQ(code(std::string(verb) + " x"), 501) << verb;
  }
  EXPECT_TRUE(tree_.has("root/d"));
  EXPECT_EQ(where(), "\"/d\"");
}

TEST_F(PathCommands, HaveTheOldNamesToo) {
  EXPECT_EQ(code("XMKD d"), 257);
  EXPECT_EQ(code("XCWD d"), 250);
  EXPECT_EQ(ask("XPWD"), ask("PWD"));
  EXPECT_EQ(code("XCUP"), 250);
  EXPECT_EQ(code("XRMD d"), 250);
  EXPECT_TRUE(tree_.is_empty("root"));
}

TEST_F(PathCommands, ChangeNothingForWhoMayOnlyRead) {
  tree_.make_directory("root/d");
  tree_.write("root/file", "text");
  may_only_read();
  for (const char* line : {"MKD x", "RMD d", "DELE file", "RNFR file", "XMKD x", "XRMD d"}) {
    EXPECT_EQ(code(line), 550) << line;
  }
  EXPECT_EQ(code("RNTO x"), 503);
  EXPECT_TRUE(tree_.has("root/d") && tree_.has("root/file") && !tree_.has("root/x"));
  EXPECT_EQ(code("CWD d"), 250);
  EXPECT_EQ(code("CDUP"), 250);
}

TEST_F(PathCommands, TakeEveryNameAsItIs) {
  for (const std::string name : {" ", "  lead", "trail  ", "a b  c", "\xFF\xFE", "\xC3\xA9t\xC3\xA9", "-rf", "*",
                                 ";id>x", "$(id)", "a\rb", "..."}) {
    EXPECT_EQ(code("MKD " + name), 257) << name;
    EXPECT_TRUE(tree_.has("root/" + name)) << name;
    EXPECT_EQ(code("RMD " + name), 250) << name;
  }
  EXPECT_EQ(code("MKD " + std::string(255, 'n')), 257);
  EXPECT_EQ(code("MKD " + std::string(256, 'n')), 553);
}

TEST_F(PathCommands, CannotBeMadeToForgeAReplyByAName) {
  EXPECT_EQ(code("MKD a\r\n230 Logged in"), 257);
  EXPECT_EQ(code("CWD a\r\n230 Logged in"), 250);
  const std::string wire = format_reply(ask("PWD"));
  EXPECT_EQ(wire.find('\n'), wire.size() - 1);
  EXPECT_EQ(wire.find('\r'), wire.size() - 2);
}

TEST_F(PathCommands, NameNoPathOfTheHostInARefusal) {
  for (const char* line : {"CWD nope", "RMD nope", "DELE nope", "RNFR nope", "MKD nope/x"}) {
    const Reply reply = ask(line);
    EXPECT_EQ(reply.code, 550) << line;
    EXPECT_EQ(reply.lines.front().find('/'), std::string::npos) << reply.summary();
  }
}

TEST_F(PathCommands, StopAtLinksThatLeadOut) {
  tree_.make_directory("outside");
  tree_.write("outside/secret", "secret");
  tree_.link("root/link", "../outside");
  tree_.write("root/file", "");
  for (const char* line :
       {"CWD link", "MKD link/x", "RMD link", "RMD link/x", "DELE link/secret", "RNFR link/secret"}) {
    EXPECT_EQ(code(line), 550) << line;
  }
  EXPECT_EQ(code("RNFR file"), 350);
  EXPECT_EQ(code("RNTO link/secret"), 550);
  EXPECT_EQ(tree_.read("outside/secret"), "secret");
  EXPECT_EQ(code("DELE link"), 250);  // the link, not the directory
  EXPECT_TRUE(tree_.has("outside/secret"));
}

TEST_F(PathCommands, ForgetWhereTheyWereAfterReinitialization) {
  tree_.make_directory("root/d");
  EXPECT_EQ(code("CWD d"), 250);
  EXPECT_EQ(code("REIN"), 220);
  EXPECT_EQ(code("PWD"), 530);
  log_in();
  EXPECT_EQ(where(), "\"/\"");
}

TEST_F(PathCommands, ReadAnOptionalPathAsTheWorkingDirectory) {
  tree_.make_directory("root/d");
  EXPECT_EQ(code("CWD d"), 250);
  for (const auto& [text, path] :
       {std::pair(std::optional<std::string>(), "/d"), std::pair(std::optional<std::string>(""), "/d"),
        std::pair(std::optional<std::string>("e"), "/d/e"), std::pair(std::optional<std::string>("/e"), "/e")}) {
    Argument argument(text);
    takes::optional_path(session_, argument);
    EXPECT_EQ(argument.as<VirtualPath>().text(), path);
  }
}

}  // namespace
}  // namespace kit::test
