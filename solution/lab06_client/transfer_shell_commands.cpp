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
  // BEGIN SOLUTION get
  const std::string& remote = words[0];
  LocalTarget target(words.size() > 1 ? words[1] : local_name_for(remote));
  const TransferResult result = [&] {
    const ShownProgress progress(shell, remote);
    return shell.client().get(remote, [&](std::span<const char> bytes) { target.write(bytes); });
  }();
  target.commit();
  print_summary(shell, remote, result, "received");
  // END SOLUTION
}

// BEGIN PRIVATE
// What put and append have in common; `send` is the one of the client's functions that makes the difference.
void send_file(Shell& shell, const Words& words, TransferResult (Client::*send)(const Source&, const std::string&)) {
  const std::string& local = words[0];
  LocalSource file(local);
  const std::string remote = words.size() > 1 ? words[1] : std::string(last_part(local));
  const TransferResult result = [&] {
    const ShownProgress progress(shell, local, file.size());
    return (shell.client().*send)([&](std::span<char> buffer) { return file.read(buffer); }, remote);
  }();
  print_summary(shell, local, result, "sent");
}

// END PRIVATE
void put(Shell& shell, const Words& words) {
  // BEGIN SOLUTION put
  send_file(shell, words, &Client::put);
  // END SOLUTION
}

void append(Shell& shell, const Words& words) {
  // BEGIN SOLUTION append
  send_file(shell, words, &Client::append);
  // END SOLUTION
}

// `ls`, `ls -la`, `ls dir`, `ls -la dir`: two words are an option for the server and a path.
void ls(Shell& shell, const Words& words) {
  // BEGIN SOLUTION ls
  if (words.size() == 2 && !words[0].starts_with('-')) {
    throw UsageError("usage: ls [-<options>] [<path>]");
  }
  const std::string path = words.empty() ? "" : words.size() == 1 ? words[0] : words[0] + " " + words[1];
  shell.client().list(path, [&](std::string_view line) { shell.console().print_foreign(line); });
  // END SOLUTION
}

void nlist(Shell& shell, const Words& words) {
  // BEGIN SOLUTION nlist
  shell.client().names(words.empty() ? "" : words[0],
                       [&](std::string_view line) { shell.console().print_foreign(line); });
  // END SOLUTION
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
