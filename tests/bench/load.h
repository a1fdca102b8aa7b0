#pragma once

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "control.h"
#include "tally.h"

namespace bench {

/// A whole measurement: opens the sessions, loads the server through them, and counts.
class Load {
 public:
  explicit Load(LoadOptions options);

  /// Opens the sessions, as many as the server and --opening allow. Modes without standing sessions open none.
  void open();
  /// Runs the mode on the open sessions until --time, --count or --limit is reached.
  void run();

  /// What open() and run() counted, as JSON.
  [[nodiscard]] std::string opened() const;
  [[nodiscard]] std::string done() const;

 private:
  using Operation = Task<> (Load::*)(std::size_t);

  Detached open_some();
  Detached work(std::size_t session, Operation run_on);
  [[nodiscard]] Operation operation() const;
  [[nodiscard]] bool over(std::uint64_t operations) const;

  Task<> transfers(std::size_t session);
  Task<> logins(std::size_t session);
  Task<> round_trips(std::size_t session);
  Task<> echoes(std::size_t session);
  Task<> probes(std::size_t session);

  LoadOptions options_;
  Clock::time_point limit_;
  Clock::time_point until_;  // no session and no operation begins later
  EventLoop loop_;
  kit::FileDescriptor source_;  // what is uploaded
  std::vector<std::unique_ptr<Control>> sessions_;
  std::size_t asked_ = 0;    // sessions that have been tried
  std::size_t openers_ = 0;  // coroutines that open sessions
  bool opening_ = false;
  std::size_t active_ = 0;  // coroutines that run the mode
  Tally opening_tally_;
  Tally tally_;
  std::minstd_rand random_;
};

}  // namespace bench
