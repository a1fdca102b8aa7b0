#include "local_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <random>
#include <system_error>

#include "check.h"
#include "escape.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

// The file itself where `path` is a symbolic link: a rename over the link would replace the link.
std::string resolve_links(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  if (real == nullptr) {
    throw LocalError(path, errno);
  }
  return real.get();
}

// Beside `path`: a rename(2) does not cross file systems. Short: the name of `path` may be as long as names can be.
std::string temporary_name_beside(const std::string& path) {
  static std::random_device random;
  const std::size_t slash = path.rfind('/');
  return path.substr(0, slash == std::string::npos ? 0 : slash + 1) + ".ftp-" + std::to_string(random()) + ".part";
}

}  // namespace
// END PRIVATE

LocalError::LocalError(const std::string& path, const std::string& reason)
    : std::runtime_error(escape_controls(path) + ": " + reason) {}

LocalError::LocalError(const std::string& path, int error) : LocalError(path, std::generic_category().message(error)) {}

std::string_view last_part(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

std::string local_name_for(std::string_view remote) {
  // BEGIN SOLUTION local_name_for
  std::string name(last_part(remote));
  const auto is_control = [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; };
  if (name.empty() || name == "." || name == ".." || name.front() == '|' ||
      std::any_of(name.begin(), name.end(), is_control)) {
    throw LocalError(std::string(remote), "not a safe name for a local file: give one of your own behind it");
  }
  return name;
  // END SOLUTION
}

LocalSource::LocalSource(const std::string& path) : path_(path) {
  // O_NONBLOCK: the open of a FIFO returns, and the check below refuses it. It means nothing for a regular file.
  file_.reset(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (!file_ || ::fstat(file_.get(), &status) < 0) {
    throw LocalError(path, errno);
  }
  if (!S_ISREG(status.st_mode)) {
    throw LocalError(path, S_ISDIR(status.st_mode) ? "is a directory" : "is not a regular file");
  }
  size_ = static_cast<std::uint64_t>(status.st_size);
}

std::size_t LocalSource::read(std::span<char> buffer) {
  const ssize_t got = retry_eintr([&] { return ::read(file_.get(), buffer.data(), buffer.size()); });
  if (got < 0) {
    throw LocalError(path_, errno);
  }
  return static_cast<std::size_t>(got);
}

void LocalSource::skip(std::uint64_t bytes) {
  if (::lseek(file_.get(), static_cast<off_t>(bytes), SEEK_CUR) < 0) {
    throw LocalError(path_, errno);
  }
}

LocalTarget::LocalTarget(const std::string& path) : path_(path), final_(path) {
  // BEGIN SOLUTION LocalTarget::LocalTarget
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISCHR(status.st_mode)) {
    file_.reset(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
  } else if (exists && !S_ISREG(status.st_mode)) {
    throw LocalError(path, S_ISDIR(status.st_mode) ? "is a directory" : "is not a regular file");
  } else {
    if (exists && ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) < 0) {
      throw LocalError(path, errno);  // a rename(2) would not ask
    }
    final_ = exists ? resolve_links(path) : path;
    temporary_ = temporary_name_beside(final_);
    file_.reset(::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  }
  if (!file_) {
    temporary_.clear();
    throw LocalError(path, errno);
  }
  if (exists && !temporary_.empty()) {
    ::fchmod(file_.get(), status.st_mode & 0777);
  }
  // END SOLUTION
}

LocalTarget::~LocalTarget() {
  // BEGIN SOLUTION
  if (!temporary_.empty()) {
    ::unlink(temporary_.c_str());
  }
  // STARTER
  //: // What has to be tidied up here? (No KIT_TODO stands here because a destructor must not throw.)
  // END SOLUTION
}

void LocalTarget::write(std::span<const char> bytes) {
  // BEGIN SOLUTION LocalTarget::write
  while (!bytes.empty()) {
    const ssize_t written = retry_eintr([&] { return ::write(file_.get(), bytes.data(), bytes.size()); });
    if (written < 0) {
      throw LocalError(path_, errno);
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  // END SOLUTION
}

void LocalTarget::commit() {
  // BEGIN SOLUTION LocalTarget::commit
  // close(2) is where a network file system or a quota says that the bytes did not fit after all.
  if (::close(file_.release()) < 0 && errno != EINTR) {
    throw LocalError(path_, errno);
  }
  if (!temporary_.empty() && ::rename(temporary_.c_str(), final_.c_str()) < 0) {
    throw LocalError(path_, errno);
  }
  temporary_.clear();
  // END SOLUTION
}

}  // namespace kit
