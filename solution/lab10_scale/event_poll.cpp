#include "event_poll.h"

#include <algorithm>
#include <limits>

#include "check.h"
#include "todo.h"

namespace kit {

EventPoll::EventPoll() : descriptor_(check(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")) {}

void EventPoll::add(int descriptor, std::uint32_t events) {
  // BEGIN SOLUTION EventPoll::add
  epoll_event event{events, {.fd = descriptor}};
  check(::epoll_ctl(descriptor_.get(), EPOLL_CTL_ADD, descriptor, &event), "epoll_ctl ADD");
  // END SOLUTION
}

void EventPoll::change(int descriptor, std::uint32_t events) {
  // BEGIN SOLUTION EventPoll::change
  epoll_event event{events, {.fd = descriptor}};
  check(::epoll_ctl(descriptor_.get(), EPOLL_CTL_MOD, descriptor, &event), "epoll_ctl MOD");
  // END SOLUTION
}

void EventPoll::remove(int descriptor) {
  // BEGIN SOLUTION EventPoll::remove
  check(::epoll_ctl(descriptor_.get(), EPOLL_CTL_DEL, descriptor, nullptr), "epoll_ctl DEL");
  // END SOLUTION
}

std::span<const epoll_event> EventPoll::wait(std::optional<Clock::time_point> until) {
  // BEGIN SOLUTION EventPoll::wait
  int timeout = -1;
  if (until) {
    // Rounded up: rounded down, the last millisecond would be a busy loop.
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - Clock::now()).count();
    timeout = static_cast<int>(std::clamp<decltype(left)>(left, 0, std::numeric_limits<int>::max()));
  }
  const int count = retry_eintr(
      [&] { return ::epoll_wait(descriptor_.get(), events_.data(), static_cast<int>(events_.size()), timeout); });
  return std::span(events_).first(static_cast<std::size_t>(check(count, "epoll_wait")));
  // END SOLUTION
}

}  // namespace kit
