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

Root::Root(const std::string& directory, Resolution resolution) {
  KIT_TODO("lab 4, Root::Root");
}

FileDescriptor Root::open(const VirtualPath& path, int flags, mode_t mode) const {
  KIT_TODO("lab 4, Root::open");
}

FileDescriptor Root::open_file(const VirtualPath& path, int flags, mode_t mode) const {
  KIT_TODO("lab 4, Root::open_file");
}

void Root::require_directory(const VirtualPath& path) const {
  KIT_TODO("lab 4, Root::require_directory");
}

struct stat Root::status(const VirtualPath& path) const {
  KIT_TODO("lab 4, Root::status");
}

struct stat Root::link_status(const VirtualPath& path) const {
  KIT_TODO("lab 4, Root::link_status");
}

std::string Root::link_target(const VirtualPath& path) const {
  KIT_TODO("lab 4, Root::link_target");
}

std::vector<std::string> Root::names(const VirtualPath& directory) const {
  KIT_TODO("lab 4, Root::names");
}

void Root::make_directory(const VirtualPath& path, mode_t mode) const {
  KIT_TODO("lab 4, Root::make_directory");
}

void Root::remove_directory(const VirtualPath& path) const {
  KIT_TODO("lab 4, Root::remove_directory");
}

void Root::remove_file(const VirtualPath& path) const {
  KIT_TODO("lab 4, Root::remove_file");
}

void Root::rename(const VirtualPath& from, const VirtualPath& to) const {
  KIT_TODO("lab 4, Root::rename");
}

void Root::change_mode(const VirtualPath& path, mode_t mode) const {
  KIT_TODO("lab 4, Root::change_mode");
}

void Root::change_times(const VirtualPath& path, const timespec& access, const timespec& modification) const {
  KIT_TODO("lab 4, Root::change_times");
}

}  // namespace kit
