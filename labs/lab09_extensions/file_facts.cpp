#include "file_facts.h"

#include <fcntl.h>
#include <unistd.h>

#include <string>
#include <system_error>

#include "check.h"
#include "path_commands.h"
#include "todo.h"

namespace kit {
namespace {

struct stat status_at(int directory, const char* name) {
  struct stat status {};
  check(::fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW), "fstatat");
  return status;
}

// Asked in one call for everything, for that is what is mostly allowed; a long listing asks often.
Rights rights_at(int directory, const char* name, bool searched, int flags = AT_SYMLINK_NOFOLLOW) {
  const auto may = [&](int what) { return ::faccessat(directory, name, what, AT_EACCESS | flags) == 0; };
  if (may(R_OK | W_OK | (searched ? X_OK : 0))) {
    return {true, true, searched};
  }
  return {may(R_OK), may(W_OK), may(X_OK)};
}

// By descriptor: the path could mean something else by now.
Rights rights_of(const FileDescriptor& file, bool searched) {
  return rights_at(AT_FDCWD, ("/proc/self/fd/" + std::to_string(file.get())).c_str(), searched, 0);
}

std::string type_of(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFREG: return "file";
    case S_IFDIR: return "dir";
    case S_IFLNK: return "OS.unix=slink";
    case S_IFIFO: return "OS.unix=fifo";
    case S_IFSOCK: return "OS.unix=socket";
    case S_IFCHR: return "OS.unix=chr";
    case S_IFBLK: return "OS.unix=blk";
    default: return "OS.unix=other";
  }
}

// In a directory with the sticky bit only the owner, of it or of the file, may take a name away.
bool is_kept(const struct stat& file, const struct stat& directory) {
  const uid_t me = ::geteuid();
  const bool sticky = (directory.st_mode & S_ISVTX) != 0;
  return sticky && me != 0 && me != file.st_uid && me != directory.st_uid;
}

// What a link points to, if it leads to something inside the root.
std::optional<FileDescriptor> follow(const Root& root, const VirtualPath& path) {
  try {
    return root.open(path, O_PATH);
  } catch (const std::system_error&) {
    return std::nullopt;
  }
}

}  // namespace

FactFinder::FactFinder(Session& session) : session_(session), root_(session.service<Root>()) {}

const FactFinder::Directory& FactFinder::parent_of(const VirtualPath& path) {
  const VirtualPath directory = path.parent();
  if (!parent_ || parent_->first != directory) {
    FileDescriptor opened = root_.open(directory, O_PATH | O_DIRECTORY);
    const int descriptor = opened.get();
    parent_.emplace(directory,
                    Directory{std::move(opened), rights_at(descriptor, ".", true), status_at(descriptor, ".")});
  }
  return parent_->second;
}

FileFacts FactFinder::of(const VirtualPath& path) {
  KIT_TODO("lab 9, FactFinder::of");
}

}  // namespace kit
