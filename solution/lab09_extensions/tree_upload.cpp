#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "escape.h"
#include "file_transfer.h"
#include "ftp_error.h"
#include "local_files.h"
#include "remote_directory.h"

namespace kit {
namespace {

namespace fs = std::filesystem;

std::vector<fs::directory_entry> entries_of(const std::string& directory) {
  std::error_code error;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator next(directory, error); !error && next != fs::directory_iterator();
       next.increment(error)) {
    entries.push_back(*next);
  }
  if (error) {
    throw LocalError(directory, error.value());
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

class TreeUpload {
 public:
  explicit TreeUpload(Shell& shell) : shell_(shell), home_(shell.client().directory()) {}

  void send(const std::string& local, const std::string& remote) {
    const auto entries = entries_of(local);  // if this fails, nothing is made
    make_remote_directory(remote);
    for (const fs::directory_entry& entry : entries) {
      try_one(shell_, entry.path().string(), [&] { send_entry(entry, remote); });
    }
  }

 private:
  void send_entry(const fs::directory_entry& entry, const std::string& remote) {
    const std::string from = entry.path().string();
    const std::string to = joined(remote, entry.path().filename().string());
    std::error_code error;  // a link that leads nowhere
    if (entry.is_directory(error) && !entry.is_symlink(error)) {
      send(from, to);
    } else if (entry.is_regular_file(error)) {
      send_file(shell_, from, to);
    } else {
      const char* why = entry.is_symlink(error) ? "a link that leads to no file" : "neither a file nor a directory";
      shell_.console().print(escape_controls(from) + ": " + why + ", left out\n");
    }
  }

  // The codes for "it is there already" differ; whether one can go there does not.
  void make_remote_directory(const std::string& path) {
    if (path == ".") {
      return;
    }
    const Reply made = shell_.client().quote("MKD " + path);
    if (made.completed()) {
      return;
    }
    if (!shell_.client().quote("CWD " + path).completed()) {
      throw FtpError(made);
    }
    shell_.client().change_directory(home_);
  }

  Shell& shell_;
  std::string home_;  // the remote directory that all paths begin in
};

}  // namespace

void send_tree(Shell& shell, const std::string& local, const std::string& remote) {
  TreeUpload(shell).send(local, remote);
}

}  // namespace kit
