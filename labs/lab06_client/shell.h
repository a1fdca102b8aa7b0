#pragma once

#include <string>
#include <string_view>

#include "client.h"
#include "console.h"
#include "part_bag.h"
#include "shell_table.h"

namespace kit {

/// The command interpreter of `ftp_client`: reads lines, finds their rows in the table and calls the handlers. Whatever
/// goes wrong is one line on the error output and never ends it. Refers to a client and a console; owns the table.
class Shell {
 public:
  static constexpr std::string_view prompt = "ftp> ";

  Shell(Client& client, Console& console, ShellTable commands);

  /// Prompts with "ftp> " and carries out line after line, until `quit` or the end of the input. Throws Stopped, Todo,
  /// and std::system_error when nobody can read the output any more.
  void run();

  /// Carries out one line: an empty one does nothing; an unknown name, a wrong number of words or a missing connection
  /// is an error, and nothing has been sent then. What a handler throws becomes an error that begins with the command's
  /// name. Throws Stopped and Todo only.
  void run_line(std::string_view line);

  /// Prints an error and remembers that there was one.
  void fail(std::string_view message);

  /// Whether anything failed so far: the program's exit status.
  [[nodiscard]] bool failed() const { return failed_; }

  /// The same without a message, for a handler that has shown already what is wrong.
  void mark_failed() { failed_ = true; }

  /// No further line is read.
  void end() { ended_ = true; }
  [[nodiscard]] bool ended() const { return ended_; }

  [[nodiscard]] Client& client() { return client_; }
  [[nodiscard]] Console& console() { return console_; }
  [[nodiscard]] const ShellTable& commands() const { return commands_; }

  /// State of the type Part that a family of commands keeps from line to line.
  template <typename Part>
  Part& part() {
    return parts_.get<Part>();
  }

 private:
  Client& client_;
  Console& console_;
  ShellTable commands_;
  PartBag parts_;
  bool failed_ = false;
  bool ended_ = false;
};

}  // namespace kit
