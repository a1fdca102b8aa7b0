#include "visit_queue.h"

#include <utility>

#include "todo.h"

namespace kit {

void VisitQueue::push(std::unique_ptr<Visit> visit) {
  // BEGIN SOLUTION VisitQueue::push
  const std::lock_guard lock(mutex_);
  visits_.push_back(std::move(visit));
  if (visits_.size() == 1) {
    wake_up_.ring();
  }
  // END SOLUTION
}

std::vector<std::unique_ptr<Visit>> VisitQueue::take_all() {
  // BEGIN SOLUTION VisitQueue::take_all
  const std::lock_guard lock(mutex_);
  wake_up_.silence();
  return std::exchange(visits_, {});
  // END SOLUTION
}

}  // namespace kit
