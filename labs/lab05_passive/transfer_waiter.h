#pragma once

#include <chrono>
#include <span>
#include <stdexcept>
#include <string_view>

#include "wait.h"

namespace kit {

/// The client has closed the control connection in the middle of a transfer: the transfer is void (RFC 959 3.2).
class ControlClosed : public std::runtime_error {
 public:
  ControlClosed() : std::runtime_error("the client has closed the control connection") {}
};

/// The door through which a transfer waits. It adds two things to the door of the session: no single wait lasts longer
/// than the stall timeout, however late the caller's deadline is (a slow client is given time for as long as it moves
/// at all); and while it waits for the data connection it watches the control connection too. Owns neither.
class TransferWaiter : public Waiter {
 public:
  /// `control` is the control connection's descriptor.
  TransferWaiter(Waiter& session, int control, std::chrono::milliseconds stall)
      : session_(session), control_(control), stall_(stall) {}

  /// Throws ControlClosed too. Commands that arrive meanwhile are left where they are: they come next.
  void wait_any(std::span<pollfd> descriptors, const Deadline& deadline, std::string_view what) override;

 private:
  Waiter& session_;
  int control_;
  std::chrono::milliseconds stall_;
};

}  // namespace kit
