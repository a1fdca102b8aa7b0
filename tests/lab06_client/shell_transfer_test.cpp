#include <gtest/gtest.h>

#include "shell_fixture.h"

namespace kit {
namespace {

using namespace test;
namespace fs = std::filesystem;

using ShellTransfer = ShellTest;

TEST_F(ShellTransfer, GetsAFileAndTellsItsSize) {
  connect([&] {
    std::optional data = begin("RETR pub/a.txt");
    server.say("150 Here (9999 bytes)\r\n");
    data->write_all("twelve bytes", soon());
    data.reset();
    server.say("226 Done\r\n");
  });
  shell.run_line("get pub/a.txt " + folder + "/b.txt");
  EXPECT_EQ(content("b.txt"), "twelve bytes");
  EXPECT_EQ(output.content().substr(0, 34), "pub/a.txt: 12 bytes received in 0.");
  EXPECT_FALSE(shell.failed());
}

TEST_F(ShellTransfer, LeavesNoFileBehindAGetThatIsRefused) {
  connect([&] {
    const TcpStream data = begin("RETR nope");
    server.say("550 No such file\r\n");
  });
  shell.run_line("get nope " + folder + "/nope");
  EXPECT_TRUE(empty());
  EXPECT_EQ(errors.content(), "get: 550 No such file\n");
  EXPECT_EQ(output.content(), "");
}

TEST_F(ShellTransfer, LeavesTheOldFileAloneWhenAGetBreaksOff) {
  std::ofstream(folder + "/a") << "old and dear";
  connect([&] {
    std::optional data = begin("RETR a");
    server.say("150 Here\r\n");
    data->write_all("half", soon());
    data.reset();
    server.say("426 Broken\r\n");
  });
  shell.run_line("get a " + folder + "/a");
  EXPECT_EQ(content("a"), "old and dear");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 1);
  EXPECT_TRUE(shell.failed());
}

TEST_F(ShellTransfer, AsksForNothingThatItCouldNotKeep) {
  connect([&] { server.answer("NOOP", "200 Fine"); });
  shell.run_line("get a " + folder + "/no/such/a");
  shell.run_line("get a " + folder);
  shell.run_line("get ..");
  shell.run_line("get a/");
  EXPECT_EQ(output.content(), "");
  shell.run_line("quote NOOP");
  EXPECT_EQ(output.content(), "200 Fine\n");
}

TEST_F(ShellTransfer, PutsAFileUnderTheLastPartOfItsNameOrAnother) {
  std::ofstream(folder + "/a.txt") << "12345";
  connect([&] {
    {
      TcpStream data = begin("STOR a.txt");
      server.say("150 Go on\r\n");
      EXPECT_EQ(read_to_end(data), "12345");
      server.say("226 Done\r\n");
    }
    TcpStream data = server.passive();
    server.answer("APPE b c", "150 Go on");
    EXPECT_EQ(read_to_end(data), "12345");
    server.say("226 Done\r\n");
  });
  shell.run_line("put " + folder + "/a.txt");
  shell.run_line("append " + folder + "/a.txt 'b c'");
  EXPECT_FALSE(shell.failed()) << errors.content();
  EXPECT_NE(output.content().find("a.txt: 5 bytes sent in "), std::string::npos);
}

TEST_F(ShellTransfer, SendsNothingForALocalFileThatIsMissing) {
  connect([&] { server.answer("NOOP", "200 Fine"); });
  shell.run_line("put " + folder + "/nope");
  EXPECT_EQ(errors.content(), "put: " + folder + "/nope: No such file or directory\n");
  shell.run_line("quote NOOP");
  EXPECT_EQ(output.content(), "200 Fine\n");
}

TEST_F(ShellTransfer, PrintsListings) {
  connect([&] {
    for (const std::string command : {"LIST", "LIST -la", "LIST pub", "LIST -la pub", "NLST a b"}) {
      std::optional data = server.passive();
      server.answer(command, "150 Here");
      data->write_all(command + "\r\n", soon());
      data.reset();
      server.say("226 Done\r\n");
    }
  });
  for (const char* line : {"ls", "dir -la", "ls pub", "ls -la pub", "nlist 'a b'", "ls a b"}) {
    shell.run_line(line);
  }
  EXPECT_EQ(output.content(), "LIST\nLIST -la\nLIST pub\nLIST -la pub\nNLST a b\n");
  EXPECT_EQ(errors.content(), "ls: usage: ls [-<options>] [<path>]\n");
}

}  // namespace
}  // namespace kit
