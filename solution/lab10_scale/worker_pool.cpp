#include "worker_pool.h"

#include <system_error>
#include <utility>

#include "todo.h"

namespace kit {

WorkerPool::WorkerPool(std::size_t most, std::chrono::milliseconds idle, Work work)
    : most_(most), idle_time_(idle), work_(std::move(work)) {}

WorkerPool::~WorkerPool() {
  // BEGIN PRIVATE
  const std::lock_guard lock(mutex_);
  ending_ = true;
  work_or_end_.notify_all();
  // STARTER
  //: // Tell the workers; threads_ joins them.
  // END PRIVATE
}

void WorkerPool::push(std::unique_ptr<Visit> visit) {
  // BEGIN SOLUTION WorkerPool::push
  threads_.join_finished();
  bool more = false;
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(visit));
    queued_ = queue_.size();
    more = queue_.size() > idle_ && count_ < most_;
  }
  work_or_end_.notify_one();
  if (more) {
    start_thread();
  }
  // END SOLUTION
}
// BEGIN PRIVATE

void WorkerPool::start_thread() {
  ++count_;
  try {
    threads_.start([this] { run(); });
  } catch (const std::system_error&) {
    if (--count_ == 0) {
      const std::lock_guard lock(mutex_);
      queue_.clear();
      queued_ = 0;
      throw;
    }
  }
}

void WorkerPool::run() {
  while (std::unique_ptr<Visit> visit = next()) {
    work_(std::move(visit));
  }
}

// The next visit; null when this thread shall end.
std::unique_ptr<Visit> WorkerPool::next() {
  std::unique_lock lock(mutex_);
  ++idle_;
  work_or_end_.wait_for(lock, idle_time_, [this] { return ending_ || !queue_.empty(); });
  --idle_;
  if (queue_.empty()) {
    --count_;
    return nullptr;
  }
  std::unique_ptr<Visit> visit = std::move(queue_.front());
  queue_.pop_front();
  queued_ = queue_.size();
  return visit;
}
// END PRIVATE

}  // namespace kit
