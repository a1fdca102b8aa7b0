#pragma once

#include <chrono>
#include <coroutine>
#include <cstdint>
#include <functional>
#include <vector>

#include "file_descriptor.h"

struct epoll_event;

namespace bench {

using Clock = std::chrono::steady_clock;

class Watched;

/// One epoll, one thread: resumes the coroutine that waits for a descriptor when the descriptor is ready.
class EventLoop {
 public:
  EventLoop();

  /// Handles events until `finished` says so; false when `until` came first.
  bool run(const std::function<bool()>& finished, Clock::time_point until);

 private:
  friend class Watched;
  // An event of a batch may name a descriptor that an earlier event of the batch closed, and whose number is in use
  // again: the generation tells them apart.
  struct Slot {
    Watched* watched = nullptr;
    std::uint32_t generation = 0;
  };

  void add(Watched& watched);
  void remove(const Watched& watched);
  [[nodiscard]] Watched* find(const epoll_event& event) const;
  void dispatch(const epoll_event& event);

  kit::FileDescriptor epoll_;
  std::vector<Slot> slots_;  // by descriptor
};

/// A non-blocking descriptor for whose readiness a coroutine can wait. Try the system call first and wait after EAGAIN:
/// readiness is reported when it changes (EPOLLET), and only from the first wait on is the descriptor registered at
/// all. Not movable: the loop knows its address. At most one coroutine waits for each direction.
class Watched {
 public:
  Watched(EventLoop& loop, kit::FileDescriptor descriptor) : loop_(loop), descriptor_(std::move(descriptor)) {}
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;
  Watched(Watched&&) = delete;
  Watched& operator=(Watched&&) = delete;
  ~Watched() { close(); }

  [[nodiscard]] int get() const { return descriptor_.get(); }
  void close();

  class Wait {
   public:
    Wait(Watched& watched, bool& edge, std::coroutine_handle<>& waiter)
        : watched_(watched), edge_(edge), waiter_(waiter) {}
    [[nodiscard]] bool await_ready() const noexcept { return edge_; }
    void await_suspend(std::coroutine_handle<> handle) {
      watched_.register_once();
      waiter_ = handle;
    }
    void await_resume() noexcept { edge_ = false; }

   private:
    Watched& watched_;
    bool& edge_;
    std::coroutine_handle<>& waiter_;
  };
  Wait readable() { return {*this, readable_edge_, reader_}; }
  Wait writable() { return {*this, writable_edge_, writer_}; }

 private:
  friend class EventLoop;
  void register_once();
  static void wake(bool& edge, std::coroutine_handle<>& waiter);

  EventLoop& loop_;
  kit::FileDescriptor descriptor_;
  bool registered_ = false;
  bool readable_edge_ = false;
  bool writable_edge_ = false;
  std::coroutine_handle<> reader_;
  std::coroutine_handle<> writer_;
};

}  // namespace bench
