#include "shell.h"

namespace kit {
namespace {

void print_directory(Shell& shell, const Words& /*none*/) { shell.console().print_foreign(shell.client().directory()); }

}  // namespace

ShellTable remote_shell_commands() {
  return {
      {"cd", "<directory>", Needs::connection, 1, 1,
       [](Shell& shell, const Words& words) { shell.client().change_directory(words[0]); },
       "change the remote directory"},
      {"cdup", "", Needs::connection, 0, 0, [](Shell& shell, const Words&) { shell.client().change_to_parent(); },
       "change to the parent of the remote directory"},
      {"pwd", "", Needs::connection, 0, 0, print_directory, "show the remote directory"},
      {"mkdir", "<directory>", Needs::connection, 1, 1,
       [](Shell& shell, const Words& words) { shell.client().make_directory(words[0]); }, "make a remote directory"},
      {"rmdir", "<directory>", Needs::connection, 1, 1,
       [](Shell& shell, const Words& words) { shell.client().remove_directory(words[0]); },
       "remove an empty remote directory"},
      {"delete rm", "<file>", Needs::connection, 1, 1,
       [](Shell& shell, const Words& words) { shell.client().remove(words[0]); }, "delete a remote file"},
      {"rename mv", "<from> <to>", Needs::connection, 2, 2,
       [](Shell& shell, const Words& words) { shell.client().rename(words[0], words[1]); },
       "rename a remote file or directory"},
  };
}

}  // namespace kit
