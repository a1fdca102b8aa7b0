#include "root.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <memory>
#include <string_view>
#include <system_error>

#include "check.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

// openat2(2), which glibc has no function for: fails with EXDEV rather than leave `directory`.
int open_beneath(int directory, const char* path, int flags, mode_t mode) {
  open_how how{};
  how.flags = static_cast<unsigned>(flags);
  how.mode = (flags & O_CREAT) != 0 ? mode : 0;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  return static_cast<int>(::syscall(SYS_openat2, directory, path, &how, sizeof how));
}

[[noreturn]] void fail(int error, const char* what) { throw std::system_error(error, std::generic_category(), what); }

struct stat status_of(int descriptor) {
  struct stat status {};
  check(::fstat(descriptor, &status), "fstat");
  return status;
}

// A path to what `file` is open on, for calls that refuse a descriptor opened with O_PATH. It is no path of the tree:
// nobody can put something else in its place.
std::string path_of(const FileDescriptor& file) { return "/proc/self/fd/" + std::to_string(file.get()); }

}  // namespace
// END PRIVATE

Root::Root(const std::string& directory, Resolution resolution) {
  // BEGIN SOLUTION Root::Root
  directory_.reset(::open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!directory_) {
    throw std::system_error(errno, std::generic_category(), "cannot serve " + directory);
  }
  // Asked once and not at every open: later EPERM may be about the file.
  const FileDescriptor probe(open_beneath(directory_.get(), ".", O_PATH | O_CLOEXEC, 0));
  kernel_resolves_ = probe && resolution == Resolution::automatic;
  // END SOLUTION
}

FileDescriptor Root::open(const VirtualPath& path, int flags, mode_t mode) const {
  // BEGIN SOLUTION Root::open
  flags |= O_CLOEXEC;
  if ((flags & O_PATH) == 0) {  // O_PATH opens nothing that could block, and openat2 refuses it with these
    flags |= O_NOCTTY | O_NONBLOCK;
  }
  if (!kernel_resolves_) {
    return walk(path, flags, mode);
  }
  // EAGAIN: something was renamed while the kernel followed a link with ".." in it, and it cannot be sure.
  constexpr int patience = 64;
  int opened = -1;
  for (int attempt = 0; attempt < patience; ++attempt) {
    opened = open_beneath(directory_.get(), path.relative().c_str(), flags, mode);
    if (opened >= 0 || (errno != EAGAIN && errno != EINTR)) {
      break;
    }
  }
  return FileDescriptor(check(opened, "open"));
  // END SOLUTION
}
// BEGIN PRIVATE

FileDescriptor Root::walk(const VirtualPath& path, int flags, mode_t mode) const {
  std::string rest = path.relative();
  FileDescriptor reached;  // none: the root itself
  const auto step = [&](const std::string& name, int how) {
    const int from = reached ? reached.get() : directory_.get();
    reached.reset(check(retry_eintr([&] { return ::openat(from, name.c_str(), how | O_NOFOLLOW, mode); }), "open"));
  };
  for (std::size_t slash = rest.find('/'); slash != std::string::npos; slash = rest.find('/')) {
    step(rest.substr(0, slash), O_PATH | O_DIRECTORY | O_CLOEXEC);
    rest.erase(0, slash + 1);
  }
  step(rest, flags);
  // O_PATH with O_NOFOLLOW opens the link itself: right only for those who asked for it.
  if ((flags & O_PATH) != 0 && (flags & O_NOFOLLOW) == 0 && S_ISLNK(status_of(reached.get()).st_mode)) {
    fail(ELOOP, "open");
  }
  return reached;
}

Root::Place Root::locate(const VirtualPath& path) const {
  return {open(path.parent(), O_PATH | O_DIRECTORY), path.is_root() ? "." : path.name()};
}
// END PRIVATE

FileDescriptor Root::open_file(const VirtualPath& path, int flags, mode_t mode) const {
  // BEGIN SOLUTION Root::open_file
  FileDescriptor file = open(path, flags, mode);
  const mode_t kind = status_of(file.get()).st_mode;
  if (!S_ISREG(kind)) {
    fail(S_ISDIR(kind) ? EISDIR : EINVAL, "open");
  }
  return file;
  // END SOLUTION
}

void Root::require_directory(const VirtualPath& path) const {
  // BEGIN SOLUTION Root::require_directory
  const FileDescriptor directory = open(path, O_PATH | O_DIRECTORY);
  struct stat unused {};
  check(::fstatat(directory.get(), ".", &unused, 0), "enter");  // a look-up inside takes permission to enter
  // END SOLUTION
}

struct stat Root::status(const VirtualPath& path) const {
  // BEGIN SOLUTION Root::status
  return status_of(open(path, O_PATH).get());
  // END SOLUTION
}

struct stat Root::link_status(const VirtualPath& path) const {
  // BEGIN SOLUTION Root::link_status
  return status_of(open(path, O_PATH | O_NOFOLLOW).get());
  // END SOLUTION
}

std::string Root::link_target(const VirtualPath& path) const {
  // BEGIN SOLUTION Root::link_target
  const Place place = locate(path);
  std::string target(PATH_MAX, '\0');  // no link is longer
  const ssize_t size = ::readlinkat(place.directory.get(), place.name.c_str(), target.data(), target.size());
  target.resize(static_cast<std::size_t>(check(size, "readlink")));
  return target;
  // END SOLUTION
}

std::vector<std::string> Root::names(const VirtualPath& directory) const {
  // BEGIN SOLUTION Root::names
  FileDescriptor opened = open(directory, O_RDONLY | O_DIRECTORY);
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(opened.get()), ::closedir);
  if (!stream) {
    fail(errno, "fdopendir");
  }
  static_cast<void>(opened.release());  // closedir closes it
  std::vector<std::string> names;
  errno = 0;  // the end and an error both come as a null pointer
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") {
      names.emplace_back(name);
    }
    errno = 0;
  }
  if (errno != 0) {
    fail(errno, "readdir");
  }
  return names;
  // END SOLUTION
}

void Root::make_directory(const VirtualPath& path, mode_t mode) const {
  // BEGIN SOLUTION Root::make_directory
  const Place place = locate(path);
  check(::mkdirat(place.directory.get(), place.name.c_str(), mode), "mkdir");
  // END SOLUTION
}

void Root::remove_directory(const VirtualPath& path) const {
  // BEGIN SOLUTION Root::remove_directory
  if (path.is_root()) {
    fail(EBUSY, "rmdir");
  }
  const Place place = locate(path);
  check(::unlinkat(place.directory.get(), place.name.c_str(), AT_REMOVEDIR), "rmdir");
  // END SOLUTION
}

void Root::remove_file(const VirtualPath& path) const {
  // BEGIN SOLUTION Root::remove_file
  const Place place = locate(path);
  check(::unlinkat(place.directory.get(), place.name.c_str(), 0), "unlink");
  // END SOLUTION
}

void Root::rename(const VirtualPath& from, const VirtualPath& to) const {
  // BEGIN SOLUTION Root::rename
  const Place source = locate(from);
  const Place target = locate(to);
  // rename(2) would replace an empty directory without a word.
  struct stat there {};
  if (::fstatat(target.directory.get(), target.name.c_str(), &there, AT_SYMLINK_NOFOLLOW) == 0 &&
      S_ISDIR(there.st_mode)) {
    fail(EEXIST, "rename");
  }
  check(::renameat(source.directory.get(), source.name.c_str(), target.directory.get(), target.name.c_str()), "rename");
  // END SOLUTION
}

void Root::change_mode(const VirtualPath& path, mode_t mode) const {
  // BEGIN SOLUTION Root::change_mode
  const FileDescriptor file = open(path, O_PATH);
  check(::chmod(path_of(file).c_str(), mode), "chmod");
  // END SOLUTION
}

void Root::change_times(const VirtualPath& path, const timespec& access, const timespec& modification) const {
  // BEGIN SOLUTION Root::change_times
  const FileDescriptor file = open(path, O_PATH);
  const timespec times[] = {access, modification};
  check(::utimensat(AT_FDCWD, path_of(file).c_str(), times, 0), "utimensat");
  // END SOLUTION
}

}  // namespace kit
