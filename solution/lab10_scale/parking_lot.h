#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "event_poll.h"
#include "timer_wheel.h"
#include "visit.h"

namespace kit {

/// The visits that no thread runs, found by their descriptor. Sees to it that epoll watches each for what it waits for,
/// and that its timer is set. Owns the visits; refers to the epoll. For the loop's thread only.
class ParkingLot {
 public:
  explicit ParkingLot(EventPoll& poll) : poll_(poll) {}

  /// Throws std::system_error; the visit is destroyed then.
  void park(std::unique_ptr<Visit> visit);

  /// The visit of that descriptor, or nullptr: an event may be about one that has just gone.
  [[nodiscard]] Visit* find(int descriptor) const;

  /// To be called when something was done with a visit that stays: it may wait for something else now.
  void update(Visit& visit);

  /// Takes it out: it is watched no longer.
  std::unique_ptr<Visit> take(int descriptor);

  /// Takes out one whose time has come; null when there is no further one.
  std::unique_ptr<Visit> take_due();

  /// When take_due() should be asked next; nothing if nobody is here.
  [[nodiscard]] std::optional<EventPoll::Clock::time_point> next_due() const { return wheel_.next(); }

  /// All that are here, taken out.
  std::vector<std::unique_ptr<Visit>> take_all();

  /// From any thread.
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  struct Place {
    std::unique_ptr<Visit> visit;
    std::uint32_t events = 0;  // what epoll watches it for
  };

  EventPoll& poll_;
  TimerWheel wheel_;           // above the visits: their timers are on it
  std::vector<Place> places_;  // by descriptor
  std::atomic<std::size_t> size_ = 0;
};

}  // namespace kit
