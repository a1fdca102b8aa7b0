#include "partial_target.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "check.h"
#include "local_files.h"

namespace kit {

PartialTarget::PartialTarget(const std::string& path) : path_(path) {
  // O_NONBLOCK: a FIFO is refused below, not waited for. Without O_CREAT first: whether it was there is to be known.
  constexpr int flags = O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  file_.reset(::open(path.c_str(), flags));
  if (!file_ && errno == ENOENT) {
    file_.reset(::open(path.c_str(), flags | O_CREAT | O_EXCL, 0666));
    made_ = static_cast<bool>(file_);
  }
  struct stat status {};
  if (!file_ || ::fstat(file_.get(), &status) < 0) {
    throw LocalError(path, errno);
  }
  if (!S_ISREG(status.st_mode)) {
    throw LocalError(path, "is not a regular file");
  }
  size_ = static_cast<std::uint64_t>(status.st_size);
  modified_ = status.st_mtime;
}

PartialTarget::~PartialTarget() {
  if (made_ && size_ == 0) {
    ::unlink(path_.c_str());
  }
}

void PartialTarget::write(std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = retry_eintr([&] { return ::write(file_.get(), bytes.data(), bytes.size()); });
    if (written < 0) {
      throw LocalError(path_, errno);
    }
    size_ += static_cast<std::uint64_t>(written);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

void PartialTarget::cut(std::uint64_t size) {
  if (retry_eintr([&] { return ::ftruncate(file_.get(), static_cast<off_t>(size)); }) < 0) {
    throw LocalError(path_, errno);
  }
  size_ = size;
}

}  // namespace kit
