#include "abortable_commands.h"

#include <fcntl.h>

#include <filesystem>
#include <fstream>

#include "interrupt_fixture.h"
#include "temporary_directory.h"

namespace kit {
namespace {

using namespace test;

class AbortableCommands : public InterruptTest {
 protected:
  AbortableCommands() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    input_.reset(ends[0]);
    keyboard_.reset(ends[1]);
    shell_.emplace(client, console_.emplace(waiter, input_.get(), output_.descriptor(), errors_.descriptor()),
                   all_shell_commands() + text_shell_commands() + abortable_shell_commands());
  }

  void type(const std::string& text) const {
    EXPECT_EQ(::write(keyboard_.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }

  // For scripts: a transfer up to its preliminary reply.
  TcpStream begin(const std::string& command) {
    if (!command.starts_with("LIST")) {
      server.answer("TYPE I", "200 Binary");
    }
    TcpStream data = server.passive();
    server.answer(command, "150 Here it comes");
    return data;
  }

  // For scripts: the end of an aborted transfer, with these replies.
  void end(const std::string& replies) {
    hear_abort();
    server.say(replies);
    server.answer("NOOP", "200 In step");
  }

  void expect_in_step() {
    EXPECT_TRUE(client.connected());
    EXPECT_EQ(client.quote("SYST"), Reply(215, "UNIX"));
  }
  void answer_in_step() { server.answer("SYST", "215 UNIX"); }

  std::string line(const std::string& command, const std::string& remote) {
    return command + " " + remote + " " + folder_.string("local");
  }

  TemporaryDirectory folder_;
  FileDescriptor input_;
  FileDescriptor keyboard_;
  Paper output_;
  Paper errors_;
  std::optional<Console> console_;
  std::optional<Shell> shell_;
};

TEST_F(AbortableCommands, CtrlCInAGetKeepsTheSessionAndTheOldFile) {
  connect([&] {
    TcpStream data = begin("RETR a");
    data.write_all("half", soon());
    press_ctrl_c();
    end("426 Aborted\r\n226 Closed\r\n");
    answer_in_step();
  });
  folder_.write("local", "old");
  shell_->run_line(line("get", "a"));
  EXPECT_EQ(errors_.content(), "get: interrupted\n");
  EXPECT_EQ(folder_.read("local"), "old");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1) << "no temporary file";
  expect_in_step();
}

TEST_F(AbortableCommands, CtrlCInAPutTellsTheServerToo) {
  connect([&] {
    TcpStream data = begin("STOR b");
    press_ctrl_c();
    end("426 Aborted\r\n226 Closed\r\n");
    answer_in_step();
  });
  folder_.write("local", std::string(std::size_t{64} << 20U, 'x'));
  shell_->run_line("put " + folder_.string("local") + " b");
  EXPECT_EQ(errors_.content(), "put: interrupted\n");
  expect_in_step();
}

TEST_F(AbortableCommands, CtrlCInAListing) {
  connect([&] {
    TcpStream data = begin("LIST");
    press_ctrl_c();
    end("426 Aborted\r\n226 Closed\r\n");
    answer_in_step();
  });
  shell_->run_line("ls");
  EXPECT_EQ(errors_.content(), "ls: interrupted\n");
  expect_in_step();
}

TEST_F(AbortableCommands, OneReplyForBothIsEnough) {
  connect([&] {
    TcpStream data = begin("RETR a");
    press_ctrl_c();
    end("226 Aborted\r\n");
    answer_in_step();
  });
  shell_->run_line(line("get", "a"));
  expect_in_step();
}

TEST_F(AbortableCommands, AServerThatDoesNotKnowAbor) {
  connect([&] {
    TcpStream data = begin("RETR a");
    press_ctrl_c();
    end("426 Broken\r\n502 What?\r\n");
    answer_in_step();
  });
  shell_->run_line(line("get", "a"));
  expect_in_step();
}

TEST_F(AbortableCommands, TheReplyOfAborMayComeLate) {
  connect([&] {
    TcpStream data = begin("RETR a");
    press_ctrl_c();
    hear_abort();
    server.say("426 Aborted\r\n");
    EXPECT_EQ(server.hear(), "NOOP");
    server.say("226 Closed\r\n");
    server.say("200 In step\r\n");
    answer_in_step();
  });
  shell_->run_line(line("get", "a"));
  expect_in_step();
}

TEST_F(AbortableCommands, CtrlCBeforeTheServerHasAnswered) {
  connect([&] {
    server.answer("TYPE I", "200 Binary");
    const TcpStream data = server.passive();
    EXPECT_EQ(server.hear(), "RETR a");
    press_ctrl_c();
    end("425 No data connection\r\n226 Closed\r\n");
    answer_in_step();
  });
  shell_->run_line(line("get", "a"));
  EXPECT_EQ(errors_.content(), "get: interrupted\n");
  expect_in_step();
}

TEST_F(AbortableCommands, AServerThatNeverAnswersIsLeftAtTheSecondPress) {
  connect([&] {
    TcpStream data = begin("RETR a");
    press_ctrl_c();
    hear_abort();
    press_ctrl_c();
    server.hear_nothing_more();
  });
  shell_->run_line(line("get", "a"));
  EXPECT_FALSE(client.connected());
  EXPECT_FALSE(folder_.has("local"));
}

TEST_F(AbortableCommands, ATransferWithoutCtrlCIsAsBefore) {
  connect([&] {
    TcpStream data = begin("RETR a");
    data.write_all("all", soon());
    { const TcpStream done = std::move(data); }
    server.say("226 Done\r\n");
  });
  shell_->run_line(line("get", "a"));
  EXPECT_EQ(errors_.content(), "");
  EXPECT_EQ(folder_.read("local"), "all");
}

TEST_F(AbortableCommands, CtrlCAtThePromptPromptsAgain) {
  press_ctrl_c();
  type("quit\n");
  shell_->run();
  EXPECT_EQ(errors_.content(), "interrupted\n");
  EXPECT_EQ(output_.content(), "ftp> ftp> ");
}

TEST(GetInStep, ClosesAConnectionThatGivesNo200) {
  Waiter waiter;
  ScriptedServer server;
  Client client(waiter, {.connecting = 5s, .standing = 5s});
  server.play([&] {
    server.say("220 Hello\r\n");
    server.answer("NOOP", "500 a\r\n500 b\r\n500 c\r\n500 d\r\n500 e");
    server.hear_nothing_more();
  });
  client.connect("127.0.0.1", server.port());
  get_in_step(client);
  EXPECT_FALSE(client.connected());
}

}  // namespace
}  // namespace kit
