#include "arguments.h"
#include "local_files.h"
#include "progress.h"
#include "shell.h"
#include "shown_progress.h"
#include "todo.h"

namespace kit {
namespace {

void print_summary(Shell& shell, const std::string& name, const TransferResult& result, std::string_view done) {
  shell.console().print(transfer_summary(name, result, done) + "\n");
}

void get(Shell& shell, const Words& words) {
  KIT_TODO("lab 6, get");
}

void put(Shell& shell, const Words& words) {
  KIT_TODO("lab 6, put");
}

void append(Shell& shell, const Words& words) {
  KIT_TODO("lab 6, append");
}

// `ls`, `ls -la`, `ls dir`, `ls -la dir`: two words are an option for the server and a path.
void ls(Shell& shell, const Words& words) {
  KIT_TODO("lab 6, ls");
}

void nlist(Shell& shell, const Words& words) {
  KIT_TODO("lab 6, nlist");
}

}  // namespace

ShellTable transfer_shell_commands() {
  return {
      {"get recv", "<remote> [<local>]", Needs::connection, 1, 2, get, "fetch a file"},
      {"put send", "<local> [<remote>]", Needs::connection, 1, 2, put, "send a file"},
      {"append", "<local> [<remote>]", Needs::connection, 1, 2, append, "send a file and add it to a remote one"},
      {"ls dir", "[-<options>] [<path>]", Needs::connection, 0, 2, ls, "list a remote directory"},
      {"nlist", "[<path>]", Needs::connection, 0, 1, nlist, "list the bare names in a remote directory"},
      {"binary image", "", Needs::nothing, 0, 0, [](Shell& shell, const Words&) { shell.client().use_type("I"); },
       "transfer files byte for byte (as always)"},
      {"passive", "", Needs::nothing, 0, 0,
       [](Shell& shell, const Words&) { shell.console().print("data connections: passive\n"); },
       "let the server listen for data connections (as always)"},
  };
}

}  // namespace kit
