#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "paper.h"
#include "scripted_server.h"
#include "shell.h"

namespace kit::test {

/// A shell without a terminal, a server that a test plays for it, and a folder for local files.
class ShellTest : public ClientTest {
 protected:
  ShellTest() {
    std::string name = testing::TempDir() + "shell-XXXXXX";
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
  }
  ~ShellTest() override { std::filesystem::remove_all(folder); }

  // For scripts: a transfer up to its first reply.
  TcpStream begin(std::string_view command) {
    server.answer("TYPE I", "200 Binary");
    TcpStream data = server.passive();
    EXPECT_EQ(server.hear(), command);
    return data;
  }

  [[nodiscard]] std::string content(const std::string& name) const {
    std::ifstream file(folder + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  [[nodiscard]] bool empty() const { return std::filesystem::is_empty(folder); }

  std::string folder;
  Paper input;
  Paper output;
  Paper errors;
  Console console{waiter, input.descriptor(), output.descriptor(), errors.descriptor()};
  ShellTable commands = all_shell_commands();
  Shell shell{client, console, commands};
};

}  // namespace kit::test
