#include "splice_pipe.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>

#include "check.h"
#include "todo.h"

namespace kit {

SplicePipe::SplicePipe(std::size_t size) {
  // BEGIN SOLUTION SplicePipe::SplicePipe
  std::array<int, 2> ends{};
  check(::pipe2(ends.data(), O_CLOEXEC), "pipe2");
  out_.reset(ends[0]);
  in_.reset(ends[1]);
  ::fcntl(in_.get(), F_SETPIPE_SZ, static_cast<int>(size));  // a wish
  size_ = static_cast<std::size_t>(check(::fcntl(in_.get(), F_GETPIPE_SZ), "fcntl F_GETPIPE_SZ"));
  // END SOLUTION
}

std::size_t SplicePipe::fill_from(int socket) {
  // BEGIN SOLUTION SplicePipe::fill_from
  constexpr unsigned flags = SPLICE_F_MOVE | SPLICE_F_NONBLOCK;
  const ssize_t got = retry_eintr([&] { return ::splice(socket, nullptr, in_.get(), nullptr, size_, flags); });
  held_ = static_cast<std::size_t>(check(got, "splice"));
  return held_;
  // END SOLUTION
}

bool SplicePipe::empty_into(int file) {
  // BEGIN SOLUTION SplicePipe::empty_into
  while (held_ > 0) {
    const ssize_t moved =
        retry_eintr([&] { return ::splice(out_.get(), nullptr, file, nullptr, held_, SPLICE_F_MOVE); });
    if (moved < 0 && (errno == EINVAL || errno == ENOSYS)) {
      copy_into(file);
      return false;
    }
    held_ -= static_cast<std::size_t>(check(moved, "write"));
  }
  return true;
  // END SOLUTION
}
// BEGIN PRIVATE

void SplicePipe::copy_into(int file) {
  std::array<char, 65536> buffer;
  while (held_ > 0) {
    const std::size_t wanted = std::min(held_, buffer.size());
    const ssize_t got = retry_eintr([&] { return ::read(out_.get(), buffer.data(), wanted); });
    std::string_view bytes(buffer.data(), static_cast<std::size_t>(check(got, "read")));
    held_ -= bytes.size();
    while (!bytes.empty()) {
      const ssize_t written = retry_eintr([&] { return ::write(file, bytes.data(), bytes.size()); });
      bytes.remove_prefix(static_cast<std::size_t>(check(written, "write")));
    }
  }
}
// END PRIVATE

}  // namespace kit
