#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <ctime>
#include <string>
#include <vector>

#include "file_descriptor.h"
#include "virtual_path.h"

namespace kit {

/// The directory tree that is served, and the only way to the host's files. No path and no symbolic link leads out of
/// it: every open is made beneath the root by the kernel itself (openat2 with RESOLVE_BENEATH and
/// RESOLVE_NO_MAGICLINKS), or, where the system has no openat2 (ENOSYS, or EPERM in a container), component by
/// component with O_NOFOLLOW. Nothing is checked by its name first and used later, so nobody can swap a directory for a
/// link in between. Symbolic links that stay inside are followed by the kernel; walked by component, every link is
/// refused. Owns a descriptor on the directory; immutable, so many threads may use it. Does not own the working
/// directory: paths are always whole. Every function throws std::system_error: EXDEV for a link that leads out, ELOOP
/// or ENOTDIR for a link that is refused, otherwise what the system says. Nothing blocks on a FIFO or a device.
class Root {
 public:
  /// Who walks a path from component to component.
  enum class Resolution {
    automatic,     ///< the kernel if it can (found out once, by the constructor), else as by_component
    by_component,  ///< this class, one directory at a time
  };

  /// Opens the directory. Throws std::system_error that names it.
  explicit Root(const std::string& directory, Resolution resolution = Resolution::automatic);

  /// Opens beneath the root. `flags` and `mode` as open(2) has them, and always O_CLOEXEC, O_NOCTTY and O_NONBLOCK.
  [[nodiscard]] FileDescriptor open(const VirtualPath& path, int flags, mode_t mode = 0) const;

  /// Opens a regular file to be read or written. EISDIR for a directory; EINVAL or ENXIO for a FIFO, a device, a
  /// socket.
  [[nodiscard]] FileDescriptor open_file(const VirtualPath& path, int flags, mode_t mode = 0) const;

  /// Throws unless `path` is a directory (ENOTDIR) that may be entered (EACCES): the question of CWD.
  void require_directory(const VirtualPath& path) const;

  /// What the path names, links followed (inside the root).
  [[nodiscard]] struct stat status(const VirtualPath& path) const;

  /// What stands there itself: of a link the link.
  [[nodiscard]] struct stat link_status(const VirtualPath& path) const;

  /// Where a symbolic link points to, as it is stored. EINVAL if it is none.
  [[nodiscard]] std::string link_target(const VirtualPath& path) const;

  /// Names in a directory, without "." and "..", in no order.
  [[nodiscard]] std::vector<std::string> names(const VirtualPath& directory) const;

  // These act on the name itself, never on what a link at the end of the path points to.
  void make_directory(const VirtualPath& path, mode_t mode = 0777) const;  ///< the process's umask is taken off `mode`
  void remove_directory(const VirtualPath& path) const;  ///< only an empty one (ENOTEMPTY); the root itself: EBUSY
  void remove_file(const VirtualPath& path) const;       ///< EISDIR for a directory

  /// Replaces a file that stands at `to`, but nothing that is a directory, not even an empty one (EEXIST).
  void rename(const VirtualPath& from, const VirtualPath& to) const;

  // These follow a link, inside the root.
  void change_mode(const VirtualPath& path, mode_t mode) const;
  void change_times(const VirtualPath& path, const timespec& access, const timespec& modification) const;

  // Your data members and helpers go here. A Root is immutable: everything is set by the constructor.
};

}  // namespace kit
