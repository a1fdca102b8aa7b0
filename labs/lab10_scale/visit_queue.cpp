#include "visit_queue.h"

#include <utility>

#include "todo.h"

namespace kit {

void VisitQueue::push(std::unique_ptr<Visit> visit) {
  KIT_TODO("lab 10, VisitQueue::push");
}

std::vector<std::unique_ptr<Visit>> VisitQueue::take_all() {
  KIT_TODO("lab 10, VisitQueue::take_all");
}

}  // namespace kit
