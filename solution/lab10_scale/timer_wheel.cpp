#include "timer_wheel.h"

#include <algorithm>
#include <bit>

namespace kit {

Timer::~Timer() {
  if (wheel_ != nullptr) {
    wheel_->cancel(*this);
  }
}

void TimerWheel::mark(std::size_t slot) {
  const std::uint64_t bit = std::uint64_t{1} << (slot % 64);
  std::uint64_t& word = used_[slot / 64];
  word = first_[slot] != nullptr ? word | bit : word & ~bit;
}

// The first tick at whose beginning `when` has come.
std::uint64_t TimerWheel::tick_of(Clock::time_point when) const {
  const auto ticks = std::chrono::ceil<Ticks>(when - start_).count();
  return std::max(now_, ticks < 0 ? 0 : static_cast<std::uint64_t>(ticks));
}

// The first tick, not before `from` and less than a turn behind it, in whose slot there is a timer.
std::optional<std::uint64_t> TimerWheel::next_used(std::uint64_t from) const {
  for (std::uint64_t tick = from; tick < from + slots;) {
    const std::size_t slot = tick % slots;
    const std::uint64_t rest = used_[slot / 64] >> (slot % 64);
    if (rest != 0) {
      return tick + static_cast<unsigned>(std::countr_zero(rest));
    }
    tick += 64 - slot % 64;
  }
  return std::nullopt;
}

void TimerWheel::set(Timer& timer, Clock::time_point due) {
  cancel(timer);
  timer.tick_ = tick_of(due);
  Timer*& first = first_[timer.tick_ % slots];
  timer.after_ = first;
  if (first != nullptr) {
    first->before_ = &timer;
  }
  first = &timer;
  timer.wheel_ = this;
  mark(timer.tick_ % slots);
}

void TimerWheel::cancel(Timer& timer) {
  if (!timer.is_set()) {
    return;
  }
  const std::size_t slot = timer.tick_ % slots;
  (timer.before_ != nullptr ? timer.before_->after_ : first_[slot]) = timer.after_;
  if (timer.after_ != nullptr) {
    timer.after_->before_ = timer.before_;
  }
  timer.wheel_ = nullptr;
  timer.before_ = nullptr;
  timer.after_ = nullptr;
  mark(slot);
}

Timer* TimerWheel::take_due(Clock::time_point now) {
  const auto passed = static_cast<std::uint64_t>(std::chrono::floor<Ticks>(now - start_).count());
  for (std::optional<std::uint64_t> tick = next_used(now_); tick && *tick <= passed; tick = next_used(*tick + 1)) {
    now_ = *tick;
    for (Timer* timer = first_[now_ % slots]; timer != nullptr; timer = timer->after_) {
      if (timer->tick_ <= now_) {
        cancel(*timer);
        return timer;
      }
    }
  }
  now_ = std::max(now_, passed);
  return nullptr;
}

std::optional<TimerWheel::Clock::time_point> TimerWheel::next() const {
  std::optional<std::uint64_t> tick = next_used(now_);
  const auto waits = [this](const Timer* timer) { return timer->tick_ > now_; };
  const Timer* here = first_[now_ % slots];
  while (here != nullptr && waits(here)) {
    here = here->after_;
  }
  if (tick == now_ && here == nullptr) {
    tick = next_used(now_ + 1);  // those are for a later turn
  }
  return tick ? std::optional(start_ + Ticks(*tick)) : std::nullopt;
}

}  // namespace kit
