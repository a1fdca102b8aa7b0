#pragma once

#include <sys/epoll.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

#include "file_descriptor.h"

namespace kit {

/// Waits for many descriptors at once, at a cost that does not grow with their number: poll(2) is given all of them at
/// every call, epoll(7) is told once. Level-triggered: what was not read is reported again. Does not own them; one that
/// is going to be closed, or that another thread is going to use, has to be removed before.
class EventPoll {
 public:
  using Clock = std::chrono::steady_clock;

  /// Throws std::system_error, as all of this does.
  EventPoll();

  /// Watches `descriptor` for `events` (EPOLLIN and so on; errors and hang-ups are reported in any case).
  void add(int descriptor, std::uint32_t events);
  void change(int descriptor, std::uint32_t events);
  void remove(int descriptor);

  /// Waits until something happens or `until` has come; nothing: for ever. Returns what has happened, with the
  /// descriptor in `data.fd`; valid until the next call. An event may be about a descriptor that was removed since.
  std::span<const epoll_event> wait(std::optional<Clock::time_point> until);

 private:
  FileDescriptor descriptor_;
  std::array<epoll_event, 256> events_{};
};

}  // namespace kit
