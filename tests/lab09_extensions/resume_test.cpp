#include "resume.h"

#include <gtest/gtest.h>

#include "extended_shell_fixture.h"

namespace kit {
namespace {

using namespace test;

class Reget : public ExtendedShellTest {
 protected:
  // Up to REST: five bytes are here, ten are there.
  void begin_at_five() {
    answer_size("x", "213 10");
    answer_features("502 What?");
  }
  void reget() { extended.run_line("reget x " + local("x")); }
};

TEST_F(Reget, FetchesWhatIsMissing) {
  write("x", "01234");
  connect([&] {
    begin_at_five();
    send_rest("5", "RETR x", "56789");
  });
  reget();
  EXPECT_EQ(content("x"), "0123456789");
  EXPECT_EQ(errors.content(), "");
  EXPECT_TRUE(output.content().starts_with("x: 5 bytes received")) << output.content();
}

TEST_F(Reget, FetchesAllOfAFileThatIsNotHere) {
  connect([&] {
    answer_size("x", "213 3");
    send_data("RETR x", "all");
  });
  reget();
  EXPECT_EQ(content("x"), "all");
}

TEST_F(Reget, KeepsWhatCameBeforeItBroke) {
  write("x", "01234");
  connect([&] {
    begin_at_five();
    TcpStream data = server.passive();
    server.answer("REST 5", "350 From there");
    server.answer("RETR x", "150 Here");
    break_after(data, "56");
  });
  reget();
  EXPECT_EQ(content("x"), "0123456");
  EXPECT_EQ(errors.content(), "reget: 426 Broken\n");
}

TEST_F(Reget, HasNothingToDoForAWholeFile) {
  write("x", "0123456789");
  connect([&] { begin_at_five(); });
  reget();
  EXPECT_EQ(output.content(), "x: all there, 10 bytes\n");
  EXPECT_FALSE(extended.failed());
}

TEST_F(Reget, AnEmptyFileIsWholeToo) {
  connect([&] { answer_size("x", "213 0"); });
  reget();
  EXPECT_TRUE(std::filesystem::exists(local("x")));
}

TEST_F(Reget, LeavesAFileAloneThatIsLargerThanTheRemoteOne) {
  write("x", "01234567890");
  connect([&] { answer_size("x", "213 10"); });
  reget();
  EXPECT_EQ(content("x"), "01234567890");
  EXPECT_EQ(errors.content(),
            "reget: the remote file has 10 bytes, fewer than the local one with 11: nothing was changed\n");
}

TEST_F(Reget, LeavesAFileAloneWhoseRemoteOneWasChangedSince) {
  write("x", "01234");
  connect([&] {
    answer_size("x", "213 10");
    answer_features();
    server.answer("MDTM x", "213 22991231235959");
  });
  reget();
  EXPECT_EQ(content("x"), "01234");
  EXPECT_NE(errors.content().find("changed"), std::string::npos) << errors.content();
}

TEST_F(Reget, SaysThatTheServerKnowsNoSize) {
  write("x", "01234");
  connect([&] { answer_size("x", "502 What?"); });
  reget();
  EXPECT_EQ(content("x"), "01234");
  EXPECT_EQ(errors.content(), "reget: nothing can be continued without SIZE: 502 What?\n");
}

TEST_F(Reget, SaysThatTheServerKnowsNoRest) {
  write("x", "01234");
  connect([&] {
    begin_at_five();
    const TcpStream data = server.passive();
    server.answer("REST 5", "502 What?");
  });
  reget();
  EXPECT_EQ(content("x"), "01234");
  EXPECT_EQ(errors.content(), "reget: the server cannot continue a file: 502 What?\n");
}

TEST_F(Reget, TakesBackWhatAServerSendsFromTheBeginning) {
  write("x", "01234");
  connect([&] {
    begin_at_five();
    std::optional data = server.passive();
    server.answer("REST 5", "350 Of course");
    server.answer("RETR x", "150 Here");
    data->write_all("0123456789", soon());
    data.reset();
    server.say("226 Done\r\n");
  });
  reget();
  EXPECT_EQ(content("x"), "01234");
  EXPECT_NE(errors.content().find("more than the 5 bytes that are missing"), std::string::npos) << errors.content();
}

TEST_F(Reget, SaysThatTooLittleCame) {
  write("x", "01234");
  connect([&] {
    begin_at_five();
    send_rest("5", "RETR x", "5");
  });
  reget();
  EXPECT_EQ(content("x"), "012345");
  EXPECT_TRUE(extended.failed());
}

TEST_F(Reget, MakesNoFileForOneThatIsNotThere) {
  connect([&] { answer_size("x", "550 No such file"); });
  reget();
  EXPECT_TRUE(empty());
  EXPECT_TRUE(extended.failed());
}

TEST_F(Reget, IsForBinaryFilesOnly) {
  write("x", "01234");
  connect([] {});
  extended.run_line("ascii");
  reget();
  EXPECT_EQ(errors.content(), "reget: only binary files can be continued: type binary first\n");
}

class Reput : public ExtendedShellTest {
 protected:
  Reput() { write("x", "0123456789"); }
  void reput() { extended.run_line("reput " + local("x") + " x"); }
};

TEST_F(Reput, SendsWhatIsMissing) {
  std::string came;
  connect([&] {
    answer_size("x", "213 5");
    TcpStream data = server.passive();
    server.answer("REST 5", "350 From there");
    server.answer("STOR x", "150 Go on");
    came = read_to_end(data);
    server.say("226 Done\r\n");
    answer_size("x", "213 10");
  });
  reput();
  EXPECT_EQ(errors.content(), "");
  EXPECT_TRUE(output.content().find("5 bytes sent") != std::string::npos) << output.content();
  server.finish();
  EXPECT_EQ(came, "56789");
}

TEST_F(Reput, SendsAllOfAFileThatIsNotThere) {
  std::string came;
  connect([&] {
    answer_size("x", "550 No such file");
    came = take_data("STOR x");
    answer_size("x", "213 10");
  });
  reput();
  server.finish();
  EXPECT_EQ(came, "0123456789");
  EXPECT_FALSE(extended.failed());
}

TEST_F(Reput, LeavesAFileAloneThatIsLargerOrWhole) {
  connect([&] {
    answer_size("x", "213 11");
    answer_size("x", "213 10");
  });
  reput();
  reput();
  EXPECT_EQ(errors.content(),
            "reput: the remote file has 11 bytes, more than the local one with 10: nothing was changed\n");
  EXPECT_NE(output.content().find("all there, 10 bytes"), std::string::npos);
}

TEST_F(Reput, SeesThatTheServerHasSomethingElse) {
  connect([&] {
    answer_size("x", "213 5");
    TcpStream data = server.passive();
    server.answer("REST 5", "350 Of course");
    server.answer("STOR x", "150 Go on");
    read_to_end(data);
    server.say("226 Done\r\n");
    answer_size("x", "213 5");
  });
  reput();
  EXPECT_EQ(errors.content(), "reput: the server has 5 bytes now, not 10\n");
}

TEST_F(Reput, SaysThatTheServerCannot) {
  connect([&] {
    answer_size("x", "500 What?");
    answer_size("x", "213 5");
    const TcpStream data = server.passive();
    server.answer("REST 5", "502 What?");
  });
  reput();
  reput();
  EXPECT_EQ(errors.content(), "reput: nothing can be continued without SIZE: 500 What?\n"
                              "reput: the server cannot continue a file: 502 What?\n");
}

}  // namespace
}  // namespace kit
