#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <list>
#include <thread>

namespace kit {

/// Threads that run beside the one that starts them, and are all joined in the end: nothing that they use is gone
/// before they are. Only the starting thread may call these functions.
class SessionThreads {
 public:
  SessionThreads() = default;
  SessionThreads(const SessionThreads&) = delete;
  SessionThreads& operator=(const SessionThreads&) = delete;

  /// Waits for the end of all of them.
  ~SessionThreads();

  /// Runs `body` in a thread of its own. `body` must not throw. Throws std::system_error if there can be no further
  /// thread; `body` is not called then.
  void start(std::function<void()> body);

  /// Joins those that have ended already, without waiting for the others: so a server that runs for a year does not
  /// keep a year's threads.
  void join_finished();

  /// How many have been started and not been joined.
  [[nodiscard]] std::size_t count() const { return running_.size(); }

 private:
  struct Running {
    std::thread thread;
    std::atomic<bool> finished = false;
  };
  std::list<Running> running_;  // a list: an entry stays where it is, for its thread refers to it
};

}  // namespace kit
