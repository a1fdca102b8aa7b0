#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "local_command.h"
#include "local_files.h"
#include "shell.h"

namespace kit {
namespace {

void lcd(Shell& /*shell*/, const Words& words) {
  const char* home = std::getenv("HOME");
  const std::string directory = !words.empty() ? words[0] : home != nullptr ? home : "/";
  if (::chdir(directory.c_str()) < 0) {  // for the whole process: `!` shall run there too
    throw LocalError(directory, errno);
  }
}

void lpwd(Shell& shell, const Words& /*none*/) {
  shell.console().print_foreign(std::filesystem::current_path().string());
}

void run_here(Shell& shell, const Words& words) {
  shell.console().flush();
  const int status = run_local_command(words.empty() ? "" : words[0]);
  if (status != 0 && !words.empty()) {
    shell.fail("!: exit status " + std::to_string(status));
  }
}

}  // namespace

ShellTable local_shell_commands() {
  return {
      {"lcd", "[<directory>]", Needs::nothing, 0, 1, lcd, "change the local directory"},
      {"lpwd", "", Needs::nothing, 0, 0, lpwd, "show the local directory"},
      {"!", "[<command>]", Needs::nothing, 0, 1, run_here, "run a command here, or a shell", Takes::rest},
  };
}

}  // namespace kit
