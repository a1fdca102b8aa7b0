#include "retry.h"

#include <gtest/gtest.h>

#include "extended_shell_fixture.h"
#include "local_files.h"
#include "partial_target.h"
#include "temporary_directory.h"

namespace kit {
namespace {

using namespace test;

class Retries : public ExtendedShellTest {
 protected:
  Retries() { extended.part<RetrySettings>().most = 1; }

  void begin(const std::string& size) {
    server.answer("PWD", "257 \"/\"");
    answer_features();
    answer_size("x", size);
    server.answer("TYPE I", "200 Binary");  // the client's own
  }
  void send_half_and_break() {
    TcpStream data = server.passive();
    server.answer("RETR x", "150 Here");
    break_after(data, "01234");
  }
};

TEST_F(Retries, AGetGoesOnWhereItStopped) {
  connect([&] {
    begin("213 10");
    send_half_and_break();
    answer_size("x", "213 10");
    send_rest("5", "RETR x", "56789");
  });
  extended.run_line("get x " + local("x"));
  EXPECT_EQ(content("x"), "0123456789");
  EXPECT_EQ(errors.content(), "426 Broken; trying again (1 of 1)\n");
  EXPECT_TRUE(output.content().starts_with("x: 10 bytes received")) << output.content();
}

TEST_F(Retries, AGetBeginsAgainIfTheFileHasChanged) {
  connect([&] {
    begin("213 10");
    send_half_and_break();
    answer_size("x", "213 3");
    server.answer("TYPE I", "200 Binary");
    send_data("RETR x", "new");
  });
  extended.run_line("get x " + local("x"));
  EXPECT_EQ(content("x"), "new");
}

TEST_F(Retries, EndInTheEnd) {
  write("x", "old");
  connect([&] {
    begin("213 10");
    send_half_and_break();
    answer_size("x", "213 10");
    const TcpStream data = server.passive();
    server.answer("REST 5", "350 From there");
    server.answer("RETR x", "425 No");
  });
  extended.run_line("get x " + local("x"));
  EXPECT_EQ(content("x"), "old");
  EXPECT_TRUE(extended.failed());
}

TEST_F(Retries, ARefusalIsFinal) {
  connect([&] {
    begin("550 No such file");
    const TcpStream data = server.passive();
    server.answer("RETR x", "550 No such file");
  });
  extended.run_line("get x " + local("x"));
  EXPECT_EQ(errors.content(), "get: 550 No such file\n");
}

TEST_F(Retries, APutContinuesWhatCameOfIt) {
  write("x", "0123456789");
  std::string came;
  connect([&] {
    answer_features();
    answer_size("x", "550 No such file");
    server.answer("PWD", "257 \"/\"");
    server.answer("TYPE I", "200 Binary");
    take_data("STOR x", "426 Broken");
    answer_size("x", "213 4");
    TcpStream data = server.passive();
    server.answer("REST 4", "350 From there");
    server.answer("STOR x", "150 Go on");
    came = read_to_end(data);
    server.say("226 Done\r\n");
  });
  extended.run_line("put " + local("x"));
  server.finish();
  EXPECT_EQ(came, "456789");
  EXPECT_TRUE(output.content().find("10 bytes sent") != std::string::npos) << output.content();
}

TEST_F(Retries, APutOverAnOldFileBeginsAgain) {
  write("x", "0123456789");
  std::string came;
  connect([&] {
    answer_features();
    answer_size("x", "213 4");
    server.answer("PWD", "257 \"/\"");
    server.answer("TYPE I", "200 Binary");
    take_data("STOR x", "426 Broken");
    came = take_data("STOR x");
  });
  extended.run_line("put " + local("x"));
  server.finish();
  EXPECT_EQ(came, "0123456789");
}

TEST(PartialTarget, AppendsAndTakesBack) {
  const TemporaryDirectory folder;
  folder.write("x", "0123");
  PartialTarget target(folder.string("x"));
  EXPECT_EQ(target.size(), 4U);
  EXPECT_GT(target.modified(), 0);
  target.write(std::string_view("456"));
  EXPECT_EQ(folder.read("x"), "0123456");
  target.cut(2);
  EXPECT_EQ(target.size(), 2U);
  target.write(std::string_view("z"));
  EXPECT_EQ(folder.read("x"), "01z");
}

TEST(PartialTarget, LeavesNoEmptyFileItMade) {
  const TemporaryDirectory folder;
  folder.write("old", "");
  { const PartialTarget made(folder.string("new")); }
  { const PartialTarget opened(folder.string("old")); }
  EXPECT_FALSE(folder.has("new"));
  EXPECT_TRUE(folder.has("old"));
}

TEST(PartialTarget, IsARegularFile) {
  const TemporaryDirectory folder;
  folder.make_fifo("fifo");
  EXPECT_THROW(PartialTarget(folder.string("fifo")), LocalError);
  EXPECT_THROW(PartialTarget(folder.string()), LocalError);
  EXPECT_THROW(PartialTarget(folder.string("no/such")), LocalError);
}

}  // namespace
}  // namespace kit
