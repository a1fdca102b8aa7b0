#pragma once

#include <poll.h>

#include <chrono>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace kit {

/// A point in time after which waiting is given up. A point and not a duration: a wait that is interrupted and resumed
/// still ends when it was meant to.
class Deadline {
 public:
  static Deadline after(std::chrono::milliseconds delay);
  static Deadline never() { return Deadline(std::nullopt); }

  /// What poll(2) takes: milliseconds that are left, rounded up, at least 0; -1 for never.
  [[nodiscard]] int poll_timeout() const;

 private:
  using Clock = std::chrono::steady_clock;  // not the wall clock, which can be set back
  explicit Deadline(std::optional<Clock::time_point> when) : when_(when) {}

  std::optional<Clock::time_point> when_;
};

/// The deadline of a wait has passed. what() says what was waited for.
class TimedOut : public std::runtime_error {
 public:
  explicit TimedOut(std::string_view what) : std::runtime_error("timed out: " + std::string(what)) {}
};

/// The program was asked to stop while it waited.
class Stopped : public std::runtime_error {
 public:
  Stopped() : std::runtime_error("asked to stop") {}
};

/// The one door through which all waiting goes: every wait has a deadline, says what it waits for, and ends when the
/// program is asked to stop. Sockets hold a reference to one and never wait in any other way.
class Waiter {
 public:
  /// `stop_descriptor`: readable once the program shall stop (see StopSignals), or -1. Not owned.
  explicit Waiter(int stop_descriptor = -1) : stop_descriptor_(stop_descriptor) {}
  virtual ~Waiter() = default;
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  /// Waits until one of `descriptors` has one of its events (see poll(2); errors and hang-ups count), and leaves the
  /// answers in their `revents`. `what` completes "timed out: ". Throws TimedOut, Stopped, std::system_error.
  virtual void wait_any(std::span<pollfd> descriptors, const Deadline& deadline, std::string_view what);

  /// The same for one descriptor: POLLIN to read, POLLOUT to write.
  void wait(int descriptor, short events, const Deadline& deadline, std::string_view what);

  /// What ends its waits; for whoever has to wait in another way than poll(2) does.
  [[nodiscard]] int stop_descriptor() const { return stop_descriptor_; }

 private:
  int stop_descriptor_;
};

}  // namespace kit
