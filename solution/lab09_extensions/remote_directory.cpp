#include "remote_directory.h"

#include <glob.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "abortable_commands.h"
#include "escape.h"
#include "ftp_error.h"
#include "listing_lines.h"
#include "local_files.h"
#include "server_features.h"
#include "todo.h"
#include "wildcard.h"

namespace kit {
// BEGIN PRIVATE
namespace {

// MLSD; its data are lines whatever the type.
std::vector<RemoteEntry> entries_by_facts(Shell& shell, const std::string& directory) {
  std::vector<RemoteEntry> entries;
  ListingLines lines([&](std::string_view line) {
    if (auto entry = parse_facts_line(line)) {
      entries.push_back(std::move(*entry));
    }
  });
  run_abortably(shell, [&] {
    download(shell.client(), {directory.empty() ? "MLSD" : "MLSD " + directory},
             [&](std::span<const char> bytes) { lines.feed(bytes); });
  });
  lines.finish();
  return entries;
}

std::vector<RemoteEntry> entries_here_by_list(Shell& shell) {
  std::vector<RemoteEntry> entries;
  run_abortably(shell, [&] {
    shell.client().list("", [&](std::string_view line) {
      if (auto entry = parse_list_line(line)) {
        entries.push_back(std::move(*entry));
      }
    });
  });
  return entries;
}

// Goes back to where it was, whatever happens; a failure of that is only seen where nothing else has failed.
std::vector<RemoteEntry> entries_by_list(Shell& shell, const std::string& directory) {
  if (directory.empty()) {
    return entries_here_by_list(shell);
  }
  Client& client = shell.client();
  const std::string home = client.directory();
  client.change_directory(directory);
  try {
    std::vector<RemoteEntry> entries = entries_here_by_list(shell);
    client.change_directory(home);
    return entries;
  } catch (const FtpError&) {
    client.quote("CWD " + home);
    throw;
  }
}

std::vector<std::string> names_by_nlst(Shell& shell, const std::string& directory) {
  std::vector<std::string> names;
  const std::string front = directory.ends_with('/') ? directory : directory + "/";
  run_abortably(shell, [&] {
    shell.client().names(directory, [&](std::string_view name) {
      const bool path = !directory.empty() && name.starts_with(front);
      names.emplace_back(path ? name.substr(front.size()) : name);
    });
  });
  return names;
}

}  // namespace
// END PRIVATE

bool is_safe_name(std::string_view name) {
  // BEGIN SOLUTION is_safe_name
  const auto is_control = [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; };
  return !name.empty() && name != "." && name != ".." && name.front() != '|' &&
         name.find('/') == std::string_view::npos && std::none_of(name.begin(), name.end(), is_control);
  // END SOLUTION
}

std::string joined(std::string_view directory, std::string_view name) {
  const std::string_view between = directory.empty() || directory.ends_with('/') ? "" : "/";
  return std::string(directory) + std::string(between) + std::string(name);
}

std::vector<RemoteEntry> remote_entries(Shell& shell, const std::string& directory) {
  // BEGIN SOLUTION remote_entries
  return server_features(shell).mlst ? entries_by_facts(shell, directory) : entries_by_list(shell, directory);
  // END SOLUTION
}

std::vector<std::string> remote_names(Shell& shell, const std::string& directory) {
  // BEGIN SOLUTION remote_names
  if (!server_features(shell).mlst) {
    return names_by_nlst(shell, directory);
  }
  std::vector<std::string> names;
  for (const RemoteEntry& entry : entries_by_facts(shell, directory)) {
    if (entry.kind != RemoteEntry::Kind::directory) {
      names.push_back(entry.name);
    }
  }
  return names;
  // END SOLUTION
}

std::vector<std::string> expand_remote(Shell& shell, const std::string& pattern) {
  // BEGIN SOLUTION expand_remote
  if (!has_wildcard(pattern)) {
    return {pattern};
  }
  const std::string_view last = last_part(pattern);
  std::string directory = pattern.substr(0, pattern.size() - last.size());
  if (directory.size() > 1) {
    directory.pop_back();  // the slash, unless it is the root
  }
  std::vector<std::string> found;
  for (const std::string& name : remote_names(shell, directory)) {
    if (!is_safe_name(name)) {
      shell.fail("a name that the server sent is not safe here and was left out: " + escape_controls(name));
    } else if (matches(last, name)) {
      found.push_back(joined(directory, name));
    }
  }
  if (found.empty()) {
    throw std::runtime_error("no remote file fits " + escape_controls(pattern));
  }
  std::sort(found.begin(), found.end());
  return found;
  // END SOLUTION
}

std::vector<std::string> expand_local(const std::string& pattern) {
  if (!has_wildcard(pattern)) {
    return {pattern};
  }
  glob_t found{};
  const int result = ::glob(pattern.c_str(), 0, nullptr, &found);
  std::vector<std::string> names(found.gl_pathv, found.gl_pathv + (result == 0 ? found.gl_pathc : 0));
  ::globfree(&found);
  std::error_code ignored;
  std::erase_if(names, [&](const std::string& name) { return !std::filesystem::is_regular_file(name, ignored); });
  if (names.empty()) {
    throw LocalError(pattern, "no file fits");
  }
  return names;
}

}  // namespace kit
