#include <gtest/gtest.h>

#include "../lab06_client/shell_fixture.h"
#include "active_shell_commands.h"

namespace kit::test {
namespace {

class TextShell : public ShellTest {
 protected:
  TextShell() { prepare_choices(text, options()); }

  static ClientOptions options() {
    ClientOptions options;
    options.trust_passive_address = true;  // PASV, as the scripted server knows it
    return options;
  }

  // For scripts.
  TcpStream begin_as(std::string_view type, std::string_view command) {
    server.answer(type, "200 Fine");
    TcpStream data = server.passive();
    EXPECT_EQ(server.hear(), command);
    server.say("150 Go on\r\n");
    return data;
  }

  void write(const std::string& name, const std::string& content) const {
    std::ofstream(folder + "/" + name, std::ios::binary) << content;
  }

  Shell text{client, console, all_shell_commands() + text_shell_commands() + data_shell_commands()};
};

TEST_F(TextShell, GetsTextWithTheLineEndsOfThisSystem) {
  connect([&] {
    std::optional data = begin_as("TYPE A", "RETR a");
    for (const char* piece : {"one\r", "\ntwo\r\n", "lone\rcr", "\r"}) {
      data->write_all(piece, soon());
    }
    data.reset();
    server.say("226 Done\r\n");
  });
  text.run_line("ascii");
  text.run_line("get a " + folder + "/a");
  EXPECT_EQ(content("a"), "one\ntwo\nlone\rcr\r");
  EXPECT_EQ(output.content().substr(0, 20), "a: 18 bytes received");
}

TEST_F(TextShell, SendsTextWithCrLf) {
  std::string stored;
  std::string appended;
  connect([&] {
    TcpStream data = begin_as("TYPE A", "STOR a");
    stored = read_to_end(data);
    server.say("226 Done\r\n");
    data = server.passive();
    EXPECT_EQ(server.hear(), "APPE a");
    server.say("150 Go on\r\n");
    appended = read_to_end(data);
    server.say("226 Done\r\n");
  });
  std::string lines;
  for (int i = 0; i < 70'000; ++i) {
    lines += "\n";
  }
  write("a", "one\ntwo\r\n" + lines);
  text.run_line("type ascii");
  text.run_line("put " + folder + "/a");
  write("a", "more\n");
  text.run_line("append " + folder + "/a");
  server.finish();
  EXPECT_EQ(stored.size(), 10U + 140'000U);
  EXPECT_EQ(stored.substr(0, 14), "one\r\ntwo\r\n\r\n\r\n");
  EXPECT_EQ(appended, "more\r\n");
  EXPECT_FALSE(text.failed());
}

TEST_F(TextShell, TransfersByteForByteUnlessItIsTold) {
  std::string stored;
  connect([&] {
    TcpStream data = begin_as("TYPE I", "STOR a");
    stored = read_to_end(data);
    server.say("226 Done\r\n");
  });
  write("a", "one\n");
  text.run_line("ascii");
  text.run_line("binary");
  text.run_line("put " + folder + "/a");
  server.finish();
  EXPECT_EQ(stored, "one\n");
}

TEST_F(TextShell, LeavesTheOldFileAloneWhenAGetBreaksOff) {
  write("a", "old");
  connect([&] {
    std::optional data = begin_as("TYPE A", "RETR a");
    data->write_all("half\r", soon());
    data.reset();
    server.say("426 Broken\r\n");
  });
  text.run_line("ascii");
  text.run_line("get a " + folder + "/a");
  EXPECT_EQ(content("a"), "old");
  EXPECT_TRUE(text.failed());
}

TEST_F(TextShell, TellsHowThingsStand) {
  for (const char* line : {"type", "type A", "type image", "active", "passive", "epsv", "ascii", "status"}) {
    text.run_line(line);
  }
  EXPECT_EQ(output.content(),
            "type: binary\ntype: ascii\ntype: binary\ndata connections: active\ndata connections: passive\n"
            "epsv: on\nnot connected\ntype: ascii; data connections: passive; epsv: on\n"
            "verbose: off; progress: on\n");
  EXPECT_FALSE(text.failed());
  text.run_line("type E");
  EXPECT_TRUE(text.failed());
}

}  // namespace
}  // namespace kit::test
