// The means of standing before a function of libc: finding the one behind, and shortening what is handed on to it.
#pragma once

#include "chance.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>

#include <dlfcn.h>
#include <sys/uio.h>

namespace kit_shim {

template <std::size_t Size>
struct Name {
  constexpr Name(const char (&text)[Size]) { std::copy_n(text, Size, characters); }  // implicit: next<"read", ...>
  char characters[Size]{};
};

// The next definition of a function in the order of loading: what `read` would be without the shim.
template <Name name, typename Function>
Function* next() {
  static std::atomic<Function*> known{nullptr};
  Function* function = known.load(std::memory_order_relaxed);
  if (function == nullptr) {
    function = reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name.characters));
    known.store(function, std::memory_order_relaxed);
  }
  return function;
}

inline std::size_t shorter(int descriptor, std::size_t size, bool reading) {
  return size > 1 && can_be_short(descriptor, reading) ? cut(size) : size;
}

// A call with MSG_WAITALL promises the whole, and one that peeks or wants the urgent byte takes nothing away.
inline std::size_t shorter_receive(int socket, std::size_t size, int flags) {
  return (flags & (MSG_WAITALL | MSG_PEEK | MSG_OOB)) != 0 ? size : shorter(socket, size, true);
}

// The urgent byte is the last one: without it the call would send something else.
inline std::size_t shorter_send(int socket, std::size_t size, int flags) {
  return (flags & MSG_OOB) != 0 ? size : shorter(socket, size, false);
}

// The front of an iovec list, in all `cut` bytes long.
class ShortVector {
 public:
  ShortVector(int descriptor, const iovec* parts, std::size_t count, bool reading) : parts_(parts), count_(count) {
    std::size_t total = 0;
    for (std::size_t i = 0; i < count; ++i)
      total += parts[i].iov_len;
    if (total <= 1 || !can_be_short(descriptor, reading))
      return;
    std::size_t left = cut(total);
    for (count_ = 0; count_ < std::min(count, own_.size()) && left > 0; ++count_) {
      own_[count_] = {parts[count_].iov_base, std::min(left, parts[count_].iov_len)};
      left -= own_[count_].iov_len;
    }
    parts_ = own_.data();
  }
  ShortVector(const ShortVector&) = delete;
  ShortVector& operator=(const ShortVector&) = delete;

  const iovec* parts() const { return parts_; }
  std::size_t count() const { return count_; }

 private:
  std::array<iovec, 64> own_{};
  const iovec* parts_;
  std::size_t count_;
};

}  // namespace kit_shim
