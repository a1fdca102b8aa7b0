#pragma once

#include <cerrno>
#include <system_error>

namespace kit {

/// Passes the result of a system call through, or throws std::system_error with errno and `what` when it is negative:
/// `int fd = check(socket(...), "socket");`
template <typename Result>
Result check(Result result, const char* what) {
  if (result < 0) {
    throw std::system_error(errno, std::generic_category(), what);
  }
  return result;
}

/// Repeats a system call for as long as a signal interrupts it (EINTR). Not for close(2), which must never be repeated:
/// Linux has released the descriptor already, and it may by now be somebody else's.
template <typename Call>
auto retry_eintr(Call call) {
  decltype(call()) result{};
  do {
    result = call();
  } while (result < 0 && errno == EINTR);
  return result;
}

}  // namespace kit
