#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <string>
#include <vector>

#include "escape.h"
#include "file_transfer.h"
#include "ftp_error.h"
#include "local_files.h"
#include "remote_directory.h"
#include "server_features.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

constexpr std::size_t deepest = 256;  // a server that invents directories for ever has to end somewhere

void make_local_directory(const std::string& path) {
  struct stat status {};
  if (::mkdir(path.c_str(), 0777) < 0 && (errno != EEXIST || ::stat(path.c_str(), &status) < 0)) {
    throw LocalError(path, errno);
  }
  if (status.st_mode != 0 && !S_ISDIR(status.st_mode)) {
    throw LocalError(path, ENOTDIR);
  }
}

// What tells a directory from all others, if the server says so.
std::string unique_of(Shell& shell, const std::string& directory) {
  if (server_features(shell).mlst) {
    for (const std::string& line : shell.client().quote("MLST " + directory).lines) {
      const auto entry = parse_facts_line(std::string_view(line).substr(line.starts_with(' ') ? 1 : 0));
      if (entry && !entry->unique.empty()) {
        return entry->unique;
      }
    }
  }
  return "";
}

class TreeDownload {
 public:
  explicit TreeDownload(Shell& shell) : shell_(shell) {}

  void fetch(const std::string& remote, const std::string& local, const std::string& unique) {
    if (way_down_.size() == deepest) {
      throw std::runtime_error("more than " + std::to_string(deepest) + " directories deep");
    }
    const std::vector<RemoteEntry> entries = remote_entries(shell_, remote);  // if this fails, nothing is made
    make_local_directory(local);
    way_down_.push_back(unique);
    for (const RemoteEntry& entry : entries) {
      const std::string from = joined(remote, entry.name);
      try_one(shell_, from, [&] { fetch_entry(entry, from, local); });
    }
    way_down_.pop_back();
  }

 private:
  void fetch_entry(const RemoteEntry& entry, const std::string& from, const std::string& local) {
    if (!is_safe_name(entry.name)) {
      throw std::runtime_error("not a safe name for a local file: left out");
    }
    const std::string to = joined(local, entry.name);
    switch (entry.kind) {
      case RemoteEntry::Kind::directory: return fetch_directory(entry, from, to);
      case RemoteEntry::Kind::link: return fetch_link(from, to);
      case RemoteEntry::Kind::file: return fetch_file(shell_, from, to);
      case RemoteEntry::Kind::other: return leave_out(from, "neither a file nor a directory");
    }
  }

  void fetch_directory(const RemoteEntry& entry, const std::string& from, const std::string& to) {
    if (!entry.unique.empty() && std::find(way_down_.begin(), way_down_.end(), entry.unique) != way_down_.end()) {
      return leave_out(from, "a directory that lies within itself");
    }
    const std::size_t depth = way_down_.size();
    try {
      fetch(from, to, entry.unique);
    } catch (...) {
      way_down_.resize(depth);
      throw;
    }
  }

  // To a file or to a directory: only the attempt can tell. Links to directories could lead anywhere.
  void fetch_link(const std::string& from, const std::string& to) {
    try {
      fetch_file(shell_, from, to);
    } catch (const FtpError& error) {
      if (error.reply().kind() != 5) {
        throw;
      }
      leave_out(from, "a link that leads to no file");
    }
  }

  void leave_out(const std::string& name, const std::string& why) {
    shell_.console().print(escape_controls(name) + ": " + why + ", left out\n");
  }

  Shell& shell_;
  std::vector<std::string> way_down_;  // `unique` of the directories from the top to here
};

}  // namespace
// END PRIVATE

void fetch_tree(Shell& shell, const std::string& remote, const std::string& local) {
  // BEGIN SOLUTION fetch_tree
  TreeDownload(shell).fetch(remote, local, unique_of(shell, remote));
  // END SOLUTION
}

}  // namespace kit
