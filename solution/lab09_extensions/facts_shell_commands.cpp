#include <sys/stat.h>

#include <array>
#include <ctime>
#include <string>

#include "abortable_commands.h"
#include "escape.h"
#include "extended_shell_commands.h"
#include "file_transfer.h"
#include "listing_lines.h"
#include "local_files.h"
#include "resume.h"

namespace kit {
namespace {

void mls(Shell& shell, const Words& words) {
  ListingLines lines([&](std::string_view line) { shell.console().print_foreign(line); });
  run_abortably(shell, [&] {
    download(shell.client(), {words.empty() ? "MLSD" : "MLSD " + words[0]},
             [&](std::span<const char> bytes) { lines.feed(bytes); });
  });
  lines.finish();
}

// The facts stand between the first line of the reply and the last.
void mlst(Shell& shell, const Words& words) {
  const Reply reply = shell.client().require(words.empty() ? "MLST" : "MLST " + words[0]);
  for (std::size_t i = 1; i + 1 < reply.lines.size(); ++i) {
    const std::string& line = reply.lines[i];
    shell.console().print_foreign(line.starts_with(' ') ? line.substr(1) : line);
  }
}

void size(Shell& shell, const Words& words) {
  const std::uint64_t bytes = remote_size(shell.client(), words[0]);
  shell.console().print(escape_controls(words[0]) + ": " + std::to_string(bytes) +
                        (bytes == 1 ? " byte\n" : " bytes\n"));
}

std::string time_text(std::time_t time) {
  std::array<char, 64> text{};
  std::tm parts{};
  ::gmtime_r(&time, &parts);
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S UTC", &parts)};
}

void modtime(Shell& shell, const Words& words) {
  const std::time_t time = remote_time(shell.client(), words[0]);
  shell.console().print(escape_controls(words[0]) + ": " + time_text(time) + "\n");
}

/// Fetches a file if the one here is older, or not here. Both times are those of the last change, in UTC.
void newer(Shell& shell, const Words& words) {
  const std::string local = words.size() > 1 ? words[1] : local_name_for(words[0]);
  const std::time_t time = remote_time(shell.client(), words[0]);
  struct stat status {};
  if (::stat(local.c_str(), &status) == 0 && status.st_mtime >= time) {
    shell.console().print(escape_controls(words[0]) + ": not newer than " + escape_controls(local) + "\n");
    return;
  }
  fetch_file(shell, words[0], local);
}

}  // namespace

ShellTable facts_shell_commands() {
  return {
      {"mls", "[<directory>]", Needs::connection, 0, 1, mls, "list a remote directory with facts for programs"},
      {"mlst", "[<path>]", Needs::connection, 0, 1, mlst, "show the facts of one remote name"},
      {"size", "<file>", Needs::connection, 1, 1, size, "show the size of a remote file"},
      {"modtime", "<file>", Needs::connection, 1, 1, modtime, "show when a remote file was changed last"},
      {"newer", "<remote> [<local>]", Needs::connection, 1, 2, newer, "fetch a file if it is newer than the local one"},
  };
}

}  // namespace kit
