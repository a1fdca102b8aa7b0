#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace kit {

class TimerWheel;

/// A moment for which a TimerWheel may be set. Whatever has to be done then has one of these as a member or a base.
/// Takes itself off the wheel when it is destroyed. Not for two threads at once, nor is the wheel that it is on.
class Timer {
 public:
  Timer() = default;
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;
  ~Timer();

  [[nodiscard]] bool is_set() const { return wheel_ != nullptr; }

 private:
  friend class TimerWheel;
  TimerWheel* wheel_ = nullptr;
  Timer* before_ = nullptr;
  Timer* after_ = nullptr;
  std::uint64_t tick_ = 0;  // in which it is due
};

/// Thousands of timers, each set and cancelled in a time that does not depend on how many there are: a timing wheel
/// (Varghese and Lauck, 1987). Time is cut into ticks and the ticks are wound around a wheel of slots; each slot keeps
/// a list of the timers that are due in its tick, of this turn of the wheel or of a later one. Precise to one tick,
/// never early. Allocates nothing.
class TimerWheel {
 public:
  using Clock = std::chrono::steady_clock;
  using Ticks = std::chrono::duration<std::int64_t, std::ratio<1, 20>>;
  static constexpr std::size_t slots = 8192;  ///< a turn takes nearly seven minutes: more than the usual idle timeout

  explicit TimerWheel(Clock::time_point now = Clock::now()) : start_(now) {}
  TimerWheel(const TimerWheel&) = delete;
  TimerWheel& operator=(const TimerWheel&) = delete;
  ~TimerWheel() = default;

  /// `timer` will be due at `due`, or at once if that has passed; if it was set before, that is forgotten. It must not
  /// move while it is set.
  void set(Timer& timer, Clock::time_point due);

  void cancel(Timer& timer);

  /// Whether `timer` is set for a moment that is not behind `when`.
  [[nodiscard]] bool rings_before(const Timer& timer, Clock::time_point when) const {
    return timer.is_set() && timer.tick_ <= tick_of(when);
  }

  /// Takes a timer off that is due; nullptr when there is no further one.
  Timer* take_due(Clock::time_point now);

  /// When take_due() should be asked next; nothing if no timer is set. May be too early, if the next one is due in a
  /// later turn.
  [[nodiscard]] std::optional<Clock::time_point> next() const;

 private:
  [[nodiscard]] std::uint64_t tick_of(Clock::time_point when) const;
  [[nodiscard]] std::optional<std::uint64_t> next_used(std::uint64_t from) const;
  void mark(std::size_t slot);

  std::array<Timer*, slots> first_{};
  std::array<std::uint64_t, slots / 64> used_{};  // a bit for each slot: next() need not look at all the lists
  Clock::time_point start_;
  std::uint64_t now_ = 0;  // the tick up to which all has been taken; no timer is set for an earlier one
};

}  // namespace kit
