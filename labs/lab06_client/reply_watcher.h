#pragma once

#include <functional>

#include "wait.h"

namespace kit {

/// The door through which a data connection waits: it watches the control connection too, where the server may say in
/// the middle of a transfer that it has given up. Refers to the waiter it is built on.
class ReplyWatcher : public Waiter {
 public:
  /// Waits through `below`. `on_control` is called when `control`, a descriptor, is readable; what it throws ends the
  /// wait.
  ReplyWatcher(Waiter& below, int control, std::function<void()> on_control)
      : below_(below), control_(control), on_control_(std::move(on_control)) {}

  /// From now on the control connection is left alone: its final reply is there.
  void ignore_control() { control_ = -1; }

  void wait_any(std::span<pollfd> descriptors, const Deadline& deadline, std::string_view what) override;

 private:
  Waiter& below_;
  int control_;
  std::function<void()> on_control_;
};

}  // namespace kit
