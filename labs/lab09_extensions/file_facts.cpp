#include "file_facts.h"

#include <fcntl.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <string>
#include <system_error>

#include "check.h"
#include "path_commands.h"
#include "todo.h"

namespace kit {
namespace {

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

// What a link points to, if it leads to something inside the root.
std::optional<FileDescriptor> follow(const Root& root, const VirtualPath& path) {
  try {
    return root.open(path, O_PATH);
  } catch (const std::system_error&) {
    return std::nullopt;
  }
}

}  // namespace

FactFinder::FactFinder(Session& session, const VirtualPath& directory)
    : root_(session.service<Root>()),
      path_(directory),
      me_(::geteuid()),
      may_write_(session.user() && !session.user()->read_only),
      directory_(root_.open(directory, O_PATH | O_DIRECTORY)),
      found_(look_at(directory_, ".")),
      rights_(rights_at(directory_.get(), ".", true)) {
  const VirtualPath& here = session.part<WorkingDirectory>().path;
  if (here.parent() == path_) {
    occupied_ = here.is_root() ? "." : here.name();
  }
}

// statx(2) and not fstatat(2), for it tells of more than the mode.
FactFinder::Found FactFinder::look_at(const FileDescriptor& directory, const std::string& name) {
  constexpr auto forbidding = static_cast<std::uint64_t>(STATX_ATTR_IMMUTABLE | STATX_ATTR_APPEND);
  struct statx found {};
  check(::statx(directory.get(), name.c_str(), AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS | STATX_MNT_ID, &found), "statx");
  Found told;
  told.status.st_dev = ::makedev(found.stx_dev_major, found.stx_dev_minor);
  told.status.st_ino = found.stx_ino;
  told.status.st_mode = found.stx_mode;
  told.status.st_uid = found.stx_uid;
  told.status.st_size = static_cast<off_t>(found.stx_size);
  told.status.st_mtim = {found.stx_mtime.tv_sec, found.stx_mtime.tv_nsec};
  told.mount = found.stx_mnt_id;
  told.guarded = (found.stx_mask & STATX_MNT_ID) == 0 || (found.stx_attributes_mask & forbidding) != forbidding ||
                 (found.stx_attributes & forbidding) != 0;
  return told;
}

// In a directory with the sticky bit only the owner, of it or of the file, may take a name away.
bool FactFinder::is_kept(const struct stat& file) const {
  const bool sticky = (found_.status.st_mode & S_ISVTX) != 0;
  return sticky && me_ != 0 && me_ != file.st_uid && me_ != found_.status.st_uid;
}

// The owner may do what the mode lets him, whatever else an access control list says (acl(5)); so for most files
// nothing has to be asked, which halves a long listing. All the others the system knows best.
Rights FactFinder::rights_to(const std::string& name, const Found& found) const {
  const bool searched = S_ISDIR(found.status.st_mode);
  const mode_t all = S_IRUSR | S_IWUSR | (searched ? S_IXUSR : 0U);
  const bool as_directory = !found.guarded && found.mount == found_.mount && rights_.write;
  if (as_directory && found.status.st_uid == me_ && (found.status.st_mode & all) == all) {
    return {true, true, searched};
  }
  return rights_at(directory_.get(), name.c_str(), searched);
}

FileFacts FactFinder::of(const std::string& name) const {
  KIT_TODO("lab 9, FactFinder::of");
}

FileFacts facts_of(Session& session, const VirtualPath& path) {
  return FactFinder(session, path.parent()).of(path.is_root() ? "." : path.name());
}

}  // namespace kit
