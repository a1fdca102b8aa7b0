#include "late_closer.h"

#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/statfs.h>

#include <cstdint>
#include <system_error>
#include <utility>

#include "transfer_seams.h"

namespace kit {
namespace {

constexpr std::uint64_t block = 512;  // bytes, whatever the file system's own are: stat(2)
constexpr std::uint64_t many = std::uint64_t{1} << 20U;

}  // namespace

bool is_slow_to_close(int file) {
  struct stat status {};
  struct statfs system {};
  if (::fstat(file, &status) < 0 || !S_ISREG(status.st_mode) || status.st_nlink > 0) {
    return false;
  }
  const std::uint64_t bytes = static_cast<std::uint64_t>(status.st_blocks) * block;
  return bytes >= many && ::fstatfs(file, &system) == 0 && system.f_type != TMPFS_MAGIC &&
         bytes <= system.f_bavail * static_cast<std::uint64_t>(system.f_bsize) / 64;
}

LateCloser::LateCloser(Close close) : close_(std::move(close)) {}

void LateCloser::close(FileDescriptor file) {
  if (!take(file)) {
    close_(std::move(file));
  }
}

// Returns whether a thread is going to close it.
bool LateCloser::take(FileDescriptor& file) {
  const std::lock_guard lock(mutex_);
  if (!running_) {
    threads_.join_finished();
    try {
      threads_.start([this] { run(); });
      running_ = true;
    } catch (const std::system_error&) {
      return false;
    }
  }
  if (waiting_.size() == most) {
    return false;
  }
  waiting_.push_back(std::move(file));
  return true;
}

void LateCloser::run() {
  std::unique_lock lock(mutex_);
  while (!waiting_.empty()) {
    FileDescriptor file = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    close_(std::move(file));
    lock.lock();
  }
  running_ = false;
}

void offer_late_closing(ServerContext& context) {
  context.services.emplace<LateCloser>();
  context.services.find<TransferSeams>()->let_go = [](Session& session, FileDescriptor replaced) {
    if (replaced && is_slow_to_close(replaced.get())) {
      session.service<LateCloser>().close(std::move(replaced));
    }
  };
}

}  // namespace kit
