#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <string>
#include <vector>

#include "file_descriptor.h"
#include "virtual_path.h"

namespace kit {

/// The directory tree that is served, and the only way to the host's files. No path and no symbolic link leads out of it:
/// every open is made beneath the root by the kernel itself (openat2 with RESOLVE_BENEATH and RESOLVE_NO_MAGICLINKS), or, where
/// the kernel has no openat2 (ENOSYS, or EPERM in a container), component by component with O_NOFOLLOW. Nothing is checked first
/// and used later, so nobody can swap a directory for a link in between. Links that stay inside work (with openat2).
/// Owns a descriptor on the directory; immutable, so many threads may use it. Every function throws std::system_error:
/// EXDEV for a path that leads out, otherwise what the system says. Nothing blocks on a FIFO or a device.
class Root {
 public:
  /// Opens the directory. Throws std::system_error that names it.
  explicit Root(const std::string& directory);

  /// Opens beneath the root, always with O_CLOEXEC, O_NOCTTY and O_NONBLOCK. `flags` and `mode` as open(2).
  [[nodiscard]] FileDescriptor open(const VirtualPath& path, int flags, mode_t mode = 0) const;

  /// Opens a regular file to be read or written; EISDIR for a directory, ENXIO... EINVAL for anything else that is no file.
  [[nodiscard]] FileDescriptor open_file(const VirtualPath& path, int flags, mode_t mode = 0) const;

  /// What the path names, links followed (inside the root).
  [[nodiscard]] struct stat status(const VirtualPath& path) const;

  /// What stands there itself: of a link the link.
  [[nodiscard]] struct stat link_status(const VirtualPath& path) const;

  /// Where a symbolic link points to, as it is stored.
  [[nodiscard]] std::string link_target(const VirtualPath& path) const;

  /// Names in a directory, without "." and "..", in no order.
  [[nodiscard]] std::vector<std::string> names(const VirtualPath& directory) const;

  void make_directory(const VirtualPath& path, mode_t mode = 0777) const;
  void remove_directory(const VirtualPath& path) const;  ///< only an empty one (ENOTEMPTY); the root itself: EBUSY
  void remove_file(const VirtualPath& path) const;       ///< EISDIR for a directory
  void rename(const VirtualPath& from, const VirtualPath& to) const;
  void change_mode(const VirtualPath& path, mode_t mode) const;
  void change_times(const VirtualPath& path, const struct timespec& access, const struct timespec& modification) const;

  // BEGIN PRIVATE
 private:
  [[nodiscard]] FileDescriptor open_parent(const VirtualPath& path) const;

  FileDescriptor directory_;
  // END PRIVATE
};

}  // namespace kit
