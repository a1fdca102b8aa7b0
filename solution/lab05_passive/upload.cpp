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
  // BEGIN SOLUTION Upload::unique
  return {Kind::unique, root, directory.resolve(std::string(stem) + "." + random_name())};
  // END SOLUTION
}

Upload::Upload(Kind kind, const Root& root, VirtualPath path, off_t offset)
    : kind_(kind), root_(root), path_(std::move(path)), name_(path_.name()), offset_(offset) {
  // BEGIN SOLUTION Upload::Upload
  const bool exists = check_target();
  directory_ = root_.open(path_.parent(), O_PATH | O_DIRECTORY);
  if (kind_ != Kind::in_place || !exists) {  // a file that is written where it stands needs no new name
    check(::faccessat(directory_.get(), ".", W_OK | X_OK, AT_EACCESS), "access");
  }
  if (kind_ == Kind::unique) {
    create(name_);
  }
  // END SOLUTION
}
// BEGIN PRIVATE

// Opening the file for writing, without cutting it off, answers all there is to ask about it. Whether there is one.
bool Upload::check_target() {
  off_t size = 0;
  bool exists = false;
  try {
    const FileDescriptor target = root_.open_file(path_, O_WRONLY);
    struct stat status {};
    check(::fstat(target.get(), &status), "fstat");
    mode_ = status.st_mode & 0777;
    size = status.st_size;
    exists = true;
  } catch (const std::system_error& error) {
    if (!is_missing(error)) {
      throw;
    }
  }
  if (offset_ > size) {
    throw std::system_error(std::make_error_code(std::errc::invalid_argument), "the file ends before that");
  }
  return exists;
}

// Makes a file that nobody else has, and that goes again unless it is committed.
void Upload::create(const std::string& name) {
  file_.reset(check(::openat(directory_.get(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, new_file_mode),
                    "create"));
  unfinished_ = name;
  if (mode_ != 0) {
    check(::fchmod(file_.get(), mode_), "fchmod");
  }
}
// END PRIVATE

int Upload::open() {
  // BEGIN SOLUTION Upload::open
  if (kind_ == Kind::replacing) {
    create(std::string(upload_prefix) + random_name());
  } else if (kind_ == Kind::in_place) {
    file_ = root_.open_file(path_, O_WRONLY | O_CREAT | (offset_ < 0 ? O_APPEND : 0), new_file_mode);
    if (offset_ > 0) {
      check(::lseek(file_.get(), offset_, SEEK_SET), "lseek");
    }
  }
  return file_.get();
  // END SOLUTION
}

FileDescriptor Upload::commit() {
  // BEGIN SOLUTION Upload::commit
  FileDescriptor replaced;
  if (kind_ == Kind::replacing) {
    replaced.reset(::openat(directory_.get(), name_.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    check(::renameat(directory_.get(), unfinished_.c_str(), directory_.get(), name_.c_str()), "rename");
  }
  unfinished_.clear();
  return replaced;
  // END SOLUTION
}

Upload::~Upload() {
  // BEGIN PRIVATE
  if (!unfinished_.empty()) {
    ::unlinkat(directory_.get(), unfinished_.c_str(), 0);
  }
  // STARTER
  //: // Undo here what was not committed. A destructor must not throw.
  // END PRIVATE
}

}  // namespace kit
