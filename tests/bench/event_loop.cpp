#include "event_loop.h"

#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <utility>

#include "check.h"

namespace bench {

EventLoop::EventLoop() : epoll_(kit::check(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")) {}

bool EventLoop::run(const std::function<bool()>& finished, Clock::time_point until) {
  std::array<epoll_event, 512> events;
  while (!finished()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    if (left.count() <= 0) {
      return false;
    }
    const int milliseconds = static_cast<int>(std::min<std::int64_t>(left.count(), 1'000'000));
    const int count = kit::retry_eintr(
        [&] { return ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), milliseconds); });
    kit::check(count, "epoll_wait");
    std::for_each_n(events.begin(), count, [this](const epoll_event& event) { dispatch(event); });
  }
  return true;
}

void EventLoop::add(Watched& watched) {
  const auto index = static_cast<std::size_t>(watched.get());
  if (index >= slots_.size()) {
    slots_.resize(index * 2 + 64);
  }
  slots_[index] = {&watched, slots_[index].generation + 1};
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.u64 = (std::uint64_t{slots_[index].generation} << 32) | index;
  kit::check(::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, watched.get(), &event), "epoll_ctl");
}

void EventLoop::remove(const Watched& watched) { slots_[static_cast<std::size_t>(watched.get())].watched = nullptr; }

Watched* EventLoop::find(const epoll_event& event) const {
  const Slot& slot = slots_[event.data.u64 & 0xffffffffU];
  return slot.generation == event.data.u64 >> 32 ? slot.watched : nullptr;
}

void EventLoop::dispatch(const epoll_event& event) {
  constexpr auto ended = EPOLLHUP | EPOLLERR;
  Watched* watched = find(event);
  if (watched != nullptr && (event.events & (EPOLLIN | EPOLLRDHUP | ended)) != 0) {
    Watched::wake(watched->readable_edge_, watched->reader_);
    watched = find(event);  // what has just run may have closed it
  }
  if (watched != nullptr && (event.events & (EPOLLOUT | ended)) != 0) {
    Watched::wake(watched->writable_edge_, watched->writer_);
  }
}

void Watched::wake(bool& edge, std::coroutine_handle<>& waiter) {
  edge = true;
  if (waiter) {
    std::exchange(waiter, nullptr).resume();
  }
}

void Watched::register_once() {
  if (!registered_) {
    registered_ = true;
    loop_.add(*this);
  }
}

void Watched::close() {
  if (registered_) {
    registered_ = false;
    loop_.remove(*this);
  }
  descriptor_.reset();
}

}  // namespace bench
