#include "shell.h"

#include <gtest/gtest.h>

#include "session_shell_commands.h"
#include "shell_fixture.h"

namespace kit {
namespace {

using namespace test;

TEST_F(ShellTest, CarriesOutACommandInUpperOrLowerCaseAndByAnyOfItsNames) {
  connect([&] {
    server.answer("DELE a b", "250 Done");
    server.answer("DELE -x", "250 Done");
    server.answer("RNFR a", "350 To?");
    server.answer("RNTO b c", "250 Done");
  });
  shell.run_line("delete \"a b\"");
  shell.run_line("  RM -x ");
  shell.run_line("mv a b\\ c");
  EXPECT_FALSE(shell.failed());
  EXPECT_EQ(errors.content(), "");
}

TEST_F(ShellTest, DoesNothingForAnEmptyLine) {
  shell.run_line("");
  shell.run_line(" \t ");
  EXPECT_FALSE(shell.failed());
}

TEST_F(ShellTest, SaysInOneLineWhatIsWrongAndSendsNothing) {
  connect([&] { server.answer("NOOP", "200 Fine"); });
  for (const char* bad :
       {"frobnicate", "g", "get\x1b[2J", "get", "get a b c", "rename a", "cd", "cd a b", "put \"a", "pwd x", "quote"}) {
    const std::size_t before = errors.content().size();
    shell.run_line(bad);
    const std::string added = errors.content().substr(before);
    EXPECT_EQ(added.find('\n') + 1, added.size()) << bad << ": " << added;
    EXPECT_GT(added.size(), 1U) << bad;
    EXPECT_EQ(added.find('\x1b'), std::string::npos) << bad;
  }
  EXPECT_TRUE(shell.failed());
  shell.run_line("quote NOOP");
  EXPECT_EQ(output.content(), "200 Fine\n");
}

TEST_F(ShellTest, SaysThatThereIsNoConnection) {
  shell.run_line("get a");
  EXPECT_EQ(errors.content(), "get: not connected\n");
  EXPECT_TRUE(shell.failed());
}

TEST_F(ShellTest, ShowsTheServersRefusalAndGoesOn) {
  connect([&] {
    server.answer("CWD nope", "550 No such directory");
    server.answer("CWD pub", "250 Done");
  });
  shell.run_line("cd nope");
  EXPECT_EQ(errors.content(), "cd: 550 No such directory\n");
  shell.run_line("cd pub");
  EXPECT_TRUE(shell.failed());  // once is enough
  EXPECT_FALSE(shell.ended());
}

TEST_F(ShellTest, QuotesALineAsItIsAndShowsTheWholeReply) {
  connect([&] {
    server.answer("SITE \"x\"  y;z", "211-One\r\n two\r\n211 three");
    server.answer("XYZZY", "502 What?");
  });
  shell.run_line("quote  SITE \"x\"  y;z ");
  shell.run_line("quote XYZZY");
  EXPECT_EQ(output.content(), "211-One\n two\n211 three\n502 What?\n");
  EXPECT_TRUE(shell.failed());
}

TEST_F(ShellTest, ShowsNoPasswordWhenItIsVerbose) {
  set_verbose(shell, true);
  connect([&] {
    server.answer("USER bob", "331 Password?");
    server.answer("PASS hush", "230 In");
  });
  shell.run_line("user bob hush");
  EXPECT_EQ(errors.content(), "220 Hello\n---> USER bob\n331 Password?\n---> PASS ****\n230 In\n");
}

TEST_F(ShellTest, LogsInAsAnonymousInSilence) {
  server.play([&] {
    server.say("220 Hello\r\n");
    server.answer("USER anonymous", "331 Any password");
    EXPECT_EQ(server.hear().substr(0, 5), "PASS ");
    server.say("230 In\r\n");
  });
  open_session(shell, {"127.0.0.1", server.port(), {}, {}, {}});
  console.flush();
  EXPECT_EQ(output.content(), "");
}

TEST_F(ShellTest, EndsAtQuit) {
  connect([&] {
    server.answer("QUIT", "221 Bye");
    server.hear_nothing_more();
  });
  shell.run_line("quit");
  EXPECT_TRUE(shell.ended());
  EXPECT_FALSE(client.connected());
}

TEST_F(ShellTest, RunsACommandHereWithTheUsualSignals) {
  shell.run_line("!echo 'a  b' > " + folder + "/made");
  EXPECT_EQ(content("made"), "a  b\n");
  EXPECT_FALSE(shell.failed());
  shell.run_line("! exit 3");
  EXPECT_EQ(errors.content(), "!: exit status 3\n");
}

TEST_F(ShellTest, ExplainsEveryCommand) {
  shell.run_line("help");
  for (const ShellRow& row : commands.rows()) {
    EXPECT_NE(output.content().find("  " + row.usage() + " "), std::string::npos) << row.usage();
  }
  shell.run_line("? get");
  EXPECT_NE(output.content().find("get <remote> [<local>]: "), std::string::npos);
  shell.run_line("help frobnicate");
  EXPECT_TRUE(shell.failed());
}

}  // namespace
}  // namespace kit
