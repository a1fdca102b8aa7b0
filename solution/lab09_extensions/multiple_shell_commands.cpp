#include <string>

#include "escape.h"
#include "extended_shell_commands.h"
#include "file_transfer.h"
#include "local_files.h"
#include "remote_directory.h"

namespace kit {
namespace {

// Asks before each file, if somebody is there to answer.
class Confirmation {
 public:
  Confirmation(Shell& shell, std::string command) : shell_(shell), command_(std::move(command)) {
    asks_ = shell.part<PromptSettings>().asks && shell.console().input_is_terminal();
  }

  bool wants(const std::string& name) {
    if (!asks_) {
      return !ended_;
    }
    while (true) {
      const auto answer =
          shell_.console().ask(command_ + " " + escape_controls(name) + "? [y]es, [n]o, [a]ll, [q]uit ");
      const char letter = !answer ? 'q' : answer->empty() ? 'y' : (*answer)[0];
      switch (letter) {
        case 'y':
        case 'Y': return true;
        case 'n':
        case 'N': return false;
        case 'a':
        case 'A': asks_ = false; return true;
        case 'q':
        case 'Q':
          asks_ = false;
          ended_ = true;
          return false;
        default: break;  // asked again
      }
    }
  }

 private:
  Shell& shell_;
  std::string command_;
  bool asks_ = false;
  bool ended_ = false;
};

using Expand = std::function<std::vector<std::string>(const std::string& pattern)>;
using Act = std::function<void(const std::string& name)>;

void for_each_name(Shell& shell, const std::string& command, const Words& patterns, const Expand& expand,
                   const Act& act) {
  Confirmation confirmation(shell, command);
  for (const std::string& pattern : patterns) {
    try_one(shell, pattern, [&] {
      for (const std::string& name : expand(pattern)) {
        if (confirmation.wants(name)) {
          try_one(shell, name, [&] { act(name); });
        }
      }
    });
  }
}

void mget(Shell& shell, const Words& patterns) {
  for_each_name(
      shell, "mget", patterns, [&](const std::string& pattern) { return expand_remote(shell, pattern); },
      [&](const std::string& name) { fetch_file(shell, name, local_name_for(name)); });
}

void mput(Shell& shell, const Words& patterns) {
  for_each_name(shell, "mput", patterns, expand_local,
                [&](const std::string& name) { send_file(shell, name, std::string(last_part(name))); });
}

void mdelete(Shell& shell, const Words& patterns) {
  for_each_name(
      shell, "mdelete", patterns, [&](const std::string& pattern) { return expand_remote(shell, pattern); },
      [&](const std::string& name) { shell.client().remove(name); });
}

void prompt(Shell& shell, const Words& /*none*/) {
  bool& asks = shell.part<PromptSettings>().asks;
  asks = !asks;
  shell.console().print(std::string("prompt: ") + (asks ? "on" : "off") + "\n");
}

}  // namespace

ShellTable multiple_shell_commands() {
  return {
      {"mget", "<remote> ...", Needs::connection, 1, 1000, mget, "fetch all files that fit the patterns"},
      {"mput", "<local> ...", Needs::connection, 1, 1000, mput, "send all files that fit the patterns"},
      {"mdelete", "<remote> ...", Needs::connection, 1, 1000, mdelete, "delete all remote files that fit the patterns"},
      {"prompt", "", Needs::nothing, 0, 0, prompt, "ask before each file of mget, mput and mdelete, or not"},
  };
}

}  // namespace kit
