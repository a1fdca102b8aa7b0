#include "upload.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <random>
#include <system_error>
#include <utility>

#include "check.h"
#include "todo.h"

namespace kit {
namespace {

constexpr mode_t new_file_mode = 0666;  // less the process's umask

// 16 hexadecimal digits that nobody can foresee.
std::string random_name() {
  thread_local std::random_device device;  // to make one is to ask which processor this is: slow in a virtual machine
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%08x%08x", device(), device());
  return text.data();
}

bool is_missing(const std::system_error& error) { return error.code() == std::errc::no_such_file_or_directory; }

}  // namespace

bool is_upload_temporary(std::string_view name) {
  return name.starts_with(upload_prefix) && name.size() == upload_prefix.size() + 16;
}

Upload Upload::replacing(const Root& root, const VirtualPath& path) { return {Kind::replacing, root, path}; }

Upload Upload::in_place(const Root& root, const VirtualPath& path, off_t offset) {
  return {Kind::in_place, root, path, offset};
}

Upload Upload::unique(const Root& root, const VirtualPath& directory, std::string_view stem) {
  KIT_TODO("lab 5, Upload::unique");
}

Upload::Upload(Kind kind, const Root& root, VirtualPath path, off_t offset)
    : kind_(kind), root_(root), path_(std::move(path)), name_(path_.name()), offset_(offset) {
  KIT_TODO("lab 5, Upload::Upload");
}

int Upload::open() {
  KIT_TODO("lab 5, Upload::open");
}

FileDescriptor Upload::commit() {
  KIT_TODO("lab 5, Upload::commit");
}

Upload::~Upload() {
  // Undo here what was not committed. A destructor must not throw.
}

}  // namespace kit
