#include "worker_pool.h"

#include <system_error>
#include <utility>

#include "todo.h"

namespace kit {

WorkerPool::WorkerPool(std::size_t most, std::chrono::milliseconds idle, Work work)
    : most_(most), idle_time_(idle), work_(std::move(work)) {}

WorkerPool::~WorkerPool() {
  // Tell the workers; threads_ joins them.
}

void WorkerPool::push(std::unique_ptr<Visit> visit) {
  KIT_TODO("lab 10, WorkerPool::push");
}

}  // namespace kit
