// What the shim decides by chance: how short a call is cut, and whether it is interrupted.
//
// KIT_SHIM_MAX    longest read or write, in bytes (0 or unset: calls keep their length)
// KIT_SHIM_EINTR  one call in so many is interrupted (0 or unset: none)
// KIT_SHIM_SEED   the same seed gives the same chances to the same thread of the same program
#pragma once

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace kit_shim {

// Nothing here may disturb the errno that the program is about to look at.
class ErrnoKept {
 public:
  ErrnoKept() : saved_(errno) {}
  ~ErrnoKept() { errno = saved_; }
  ErrnoKept(const ErrnoKept&) = delete;
  ErrnoKept& operator=(const ErrnoKept&) = delete;

 private:
  int saved_;
};

inline std::uint64_t setting(const char* name) {
  const char* text = std::getenv(name);
  return text == nullptr ? 0 : std::strtoull(text, nullptr, 10);
}

// The environment is read once: it must not change under the feet of a thread that calls setenv.
struct Settings {
  std::uint64_t longest = setting("KIT_SHIM_MAX");
  std::uint64_t interrupted = setting("KIT_SHIM_EINTR");
  std::uint64_t seed = setting("KIT_SHIM_SEED");
};

inline const Settings& settings() {
  static const Settings read_once;
  return read_once;
}

inline std::uint64_t random_number() {
  static std::atomic<std::uint64_t> threads{0};
  thread_local std::uint64_t state = settings().seed * 0x9E3779B97F4A7C15U + 0x2545F4914F6CDD1DU * ++threads;
  state += 0x9E3779B97F4A7C15U;  // splitmix64
  std::uint64_t mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
  return mixed ^ (mixed >> 31);
}

// Short lengths come as often as long ones: each halving of the longest has the same chance.
inline std::size_t cut(std::size_t wanted) {
  const std::uint64_t longest = settings().longest;
  if (wanted <= 1 || longest == 0)
    return wanted;
  const std::uint64_t limit = longest >> (random_number() % 12);
  const std::uint64_t length = 1 + (limit > 1 ? random_number() % limit : 0);
  return length < wanted ? static_cast<std::size_t>(length) : wanted;
}

inline bool is_socket(int descriptor) {
  struct stat status {};
  return fstat(descriptor, &status) == 0 && S_ISSOCK(status.st_mode);
}

// Only a byte stream may be cut: a datagram, an eventfd or a timerfd is read whole or not at all, and a write to a pipe
// of up to PIPE_BUF bytes is atomic.
inline bool can_be_short(int descriptor, bool reading) {
  const ErrnoKept kept;
  struct stat status {};
  if (fstat(descriptor, &status) != 0)
    return false;
  if (S_ISREG(status.st_mode))
    return true;
  if (S_ISFIFO(status.st_mode))
    return reading;
  if (!S_ISSOCK(status.st_mode))
    return false;
  int type = 0;
  socklen_t size = sizeof type;
  return getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM;
}

inline bool is_unlucky() {
  const std::uint64_t interrupted = settings().interrupted;
  return interrupted != 0 && random_number() % interrupted == 0;
}

// A signal interrupts a call that would wait on a socket. One that cannot wait is never interrupted, and neither is
// one on a file.
inline bool can_be_interrupted(int descriptor, int flags = 0) {
  const ErrnoKept kept;
  return (flags & MSG_DONTWAIT) == 0 && is_socket(descriptor) && (fcntl(descriptor, F_GETFL) & O_NONBLOCK) == 0;
}

inline bool interrupts(int descriptor, int flags = 0) {
  if (!is_unlucky() || !can_be_interrupted(descriptor, flags))
    return false;
  errno = EINTR;
  return true;
}

// poll() and its kin wait on no descriptor in particular.
inline bool interrupts_wait() {
  if (!is_unlucky())
    return false;
  errno = EINTR;
  return true;
}

}  // namespace kit_shim
