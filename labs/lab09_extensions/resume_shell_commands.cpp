#include "active_shell_commands.h"
#include "arguments.h"
#include "escape.h"
#include "extended_shell_commands.h"
#include "file_transfer.h"
#include "local_files.h"
#include "resume.h"
#include "retry.h"

namespace kit {
namespace {

std::string without_end_slashes(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) {
    path.pop_back();
  }
  return path;
}

// Where a tree goes when nothing is said: a directory of its own name; the contents of "." and ".." into ".".
std::string remote_name_for_tree(const std::string& local) {
  const std::string last(last_part(local));
  return last.empty() || last == "." || last == ".." ? "." : last;
}

// Takes a "-r" from the front; wrong numbers of words are a UsageError.
bool take_recursive(Words& words, std::string_view usage) {
  const bool recursive = words[0] == "-r";
  if (recursive) {
    words.erase(words.begin());
  }
  if (words.empty() || words.size() > 2) {
    throw UsageError("usage: " + std::string(usage));
  }
  return recursive;
}

void get(Shell& shell, const Words& given) {
  Words words = given;
  if (!take_recursive(words, "get [-r] <remote> [<local>]")) {
    return fetch_file(shell, words[0], words.size() > 1 ? words[1] : local_name_for(words[0]));
  }
  const std::string remote = without_end_slashes(words[0]);
  fetch_tree(shell, remote, words.size() > 1 ? words[1] : local_name_for(remote));
}

void put(Shell& shell, const Words& given) {
  Words words = given;
  if (!take_recursive(words, "put [-r] <local> [<remote>]")) {
    return send_file(shell, words[0], words.size() > 1 ? words[1] : std::string(last_part(words[0])));
  }
  const std::string local = without_end_slashes(words[0]);
  send_tree(shell, local, without_end_slashes(words.size() > 1 ? words[1] : remote_name_for_tree(local)));
}

void want_binary(Shell& shell) {
  if (shell.part<TransferChoices>().ascii) {
    throw UsageError("only binary files can be continued: type binary first");
  }
}

void reget(Shell& shell, const Words& words) {
  want_binary(shell);
  continue_download(shell, words[0], words.size() > 1 ? words[1] : local_name_for(words[0]));
}

void reput(Shell& shell, const Words& words) {
  want_binary(shell);
  continue_upload(shell, words[0], words.size() > 1 ? words[1] : std::string(last_part(words[0])));
}

void retries(Shell& shell, const Words& words) {
  auto& settings = shell.part<RetrySettings>();
  if (!words.empty()) {
    settings.most = retries_argument(words[0]);
  }
  shell.console().print("retries: " + std::to_string(settings.most) + "\n");
}

}  // namespace

int retries_argument(std::string_view text) {
  const auto number = parse_number<int>(text, 0, 1000);
  return number ? *number : throw UsageError("'" + escape_controls(text) + "' is not a number of tries from 0 to 1000");
}

ShellTable resume_shell_commands() {
  return {
      {"get recv", "[-r] <remote> [<local>]", Needs::connection, 1, 3, get,
       "fetch a file; -r: a directory, with all in it"},
      {"put send", "[-r] <local> [<remote>]", Needs::connection, 1, 3, put,
       "send a file; -r: a directory, with all in it"},
      {"reget", "<remote> [<local>]", Needs::connection, 1, 2, reget, "fetch what a local file still lacks"},
      {"reput", "<local> [<remote>]", Needs::connection, 1, 2, reput, "send what a remote file still lacks"},
      {"retries", "[<number>]", Needs::nothing, 0, 1, retries,
       "show or set how often a broken transfer is tried again"},
  };
}

}  // namespace kit
