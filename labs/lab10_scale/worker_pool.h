#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

#include "session_threads.h"
#include "visit.h"

namespace kit {

/// Threads that run visits. There are as many as there is work for, up to a limit; one that has had nothing to do for a
/// while ends. push() is for one thread only, the loop's.
class WorkerPool {
 public:
  /// What a worker does with a visit; must not throw. It owns the visit from then on.
  using Work = std::function<void(std::unique_ptr<Visit> visit)>;

  WorkerPool(std::size_t most, std::chrono::milliseconds idle, Work work);
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Everything pushed is still run; then all threads are joined.
  ~WorkerPool();

  /// The next worker that is free runs it: one that is idle, or a new one, or, at the limit or where the system gives
  /// no further thread, the first that gets done. Throws std::system_error if there is no worker at all; the visit is
  /// destroyed then.
  void push(std::unique_ptr<Visit> visit);

  /// Whether a visit waits for a worker. From any thread.
  [[nodiscard]] bool is_behind() const { return queued_ > 0; }

  /// How many threads there are. From any thread.
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  const std::size_t most_;
  const std::chrono::milliseconds idle_time_;
  const Work work_;
  std::atomic<std::size_t> queued_ = 0;
  std::atomic<std::size_t> count_ = 0;
  // The queue and what guards it go here, above the threads: these are joined first.
  SessionThreads threads_;
};

}  // namespace kit
