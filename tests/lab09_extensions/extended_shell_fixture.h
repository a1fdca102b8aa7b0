#pragma once

#include "../lab06_client/shell_fixture.h"
#include "active_shell_commands.h"
#include "extended_shell_commands.h"

namespace kit::test {

/// A shell with the commands of this lab, and the server that a test plays for it.
class ExtendedShellTest : public ShellTest {
 protected:
  static constexpr std::string_view all_features =
      "211-Features\r\n MLST type*;size*;\r\n SIZE\r\n MDTM\r\n REST STREAM\r\n211 End";

  std::string local(const std::string& name) const { return folder + "/" + name; }
  void write(const std::string& name, const std::string& content) const { std::ofstream(local(name)) << content; }

  // For scripts.

  void answer_features(std::string_view features = all_features) { server.answer("FEAT", features); }

  /// A whole download or listing that begins with PASV.
  void send_data(const std::string& command, std::string_view content, std::string_view final = "226 Done") {
    std::optional data = server.passive();
    server.answer(command, "150 Here");
    data->write_all(content, soon());
    data.reset();
    server.say(std::string(final) + "\r\n");
  }

  /// A whole upload; returns what came.
  std::string take_data(const std::string& command, std::string_view final = "226 Done") {
    TcpStream data = server.passive();
    server.answer(command, "150 Go on");
    std::string content = read_to_end(data);
    server.say(std::string(final) + "\r\n");
    return content;
  }

  /// The same with REST before it.
  void send_rest(const std::string& offset, const std::string& command, std::string_view content) {
    std::optional data = server.passive();
    server.answer("REST " + offset, "350 From there");
    server.answer(command, "150 Here");
    data->write_all(content, soon());
    data.reset();
    server.say("226 Done\r\n");
  }

  /// The end of a download that breaks, when the client has taken all that came.
  void break_after(TcpStream& data, std::string_view content) {
    data.write_all(content, soon());
    data.shutdown_write();
    EXPECT_EQ(read_to_end(data), "");
    server.say("426 Broken\r\n");
  }

  void answer_size(const std::string& name, const std::string& answer) {
    server.answer("TYPE I", "200 Binary");
    server.answer("SIZE " + name, answer);
  }

  ShellTable extended_commands = all_shell_commands() + text_shell_commands() + resume_shell_commands() +
                                 multiple_shell_commands() + facts_shell_commands();
  Shell extended{client, console, extended_commands};
};

}  // namespace kit::test
