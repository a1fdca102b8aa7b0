#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "visit.h"
#include "wake_up.h"

namespace kit {

/// The way back: workers put visits in, the loop takes them out when the descriptor says so.
class VisitQueue {
 public:
  /// Becomes readable when there is something to be taken.
  [[nodiscard]] int descriptor() const { return wake_up_.descriptor(); }

  /// From any thread.
  void push(std::unique_ptr<Visit> visit);

  /// All that is in it, oldest first.
  std::vector<std::unique_ptr<Visit>> take_all();

 private:
  // What two threads may touch at once goes here, and what keeps them from it.
  WakeUp wake_up_;
};

}  // namespace kit
