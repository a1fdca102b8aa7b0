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

struct stat status_of(const FileDescriptor& file) {
  struct stat status {};
  check(::fstat(file.get(), &status), "fstat");
  return status;
}

// Asked by descriptor: a path could mean something else by now.
Rights rights_of(const FileDescriptor& file) {
  const std::string name = "/proc/self/fd/" + std::to_string(file.get());
  const auto may = [&](int what) { return ::faccessat(AT_FDCWD, name.c_str(), what, AT_EACCESS) == 0; };
  return {may(R_OK), may(W_OK), may(X_OK)};
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
    const FileDescriptor opened = root_.open(directory, O_PATH | O_DIRECTORY);
    parent_.emplace(directory, Directory{rights_of(opened), status_of(opened)});
  }
  return parent_->second;
}

FileFacts FactFinder::of(const VirtualPath& path) {
  // BEGIN SOLUTION FactFinder::of
  FileDescriptor file = root_.open(path, O_PATH | O_NOFOLLOW);
  FileFacts facts{"", status_of(file), ""};
  const Directory& parent = parent_of(path);
  Access access;
  access.fixed = path.is_root() || is_kept(facts.status, parent.status);
  access.occupied = path == session_.part<WorkingDirectory>().path;
  access.link = S_ISLNK(facts.status.st_mode);
  if (access.link) {
    if (std::optional<FileDescriptor> target = follow(root_, path)) {
      file = *std::move(target);
      facts.status = status_of(file);
    }
  }
  const mode_t kind = facts.status.st_mode;
  access.directory = S_ISDIR(kind);
  access.own = S_ISDIR(kind) || S_ISREG(kind) ? rights_of(file) : Rights{};  // RETR and STOR refuse anything else
  access.parent = parent.rights;
  access.may_write = session_.user() && !session_.user()->read_only;
  facts.type = type_of(kind);
  facts.perm = perm_letters(access);
  return facts;
  // END SOLUTION
}

}  // namespace kit
