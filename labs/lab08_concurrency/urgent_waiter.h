#pragma once

#include <optional>

#include "session.h"
#include "transfer_watch.h"
#include "wait.h"

namespace kit {

/// The door through which one transfer waits, in place of lab 5's TransferWaiter. As there, no wait lasts longer than
/// the stall timeout, however late the caller's deadline is and however much is said on the control connection
/// meanwhile. And whenever it waits it reads the control connection too, and acts on each line at once:
///
/// - a line whose row is marked `urgent` is carried out and answered: STAT. TransferWatch tells its handler how far the
///   transfer is;
/// - ABOR ends the transfer: ReplyError 426 is thrown. The line itself is kept: its own reply comes in its turn, behind
///   the transfer's;
/// - every other line is kept for later (TransferWatch::waiting), QUIT too: the transfer is finished first (RFC 959
///   4.1.1). Once `most_waiting` are kept nothing more is read, so that nobody fills the server's memory.
///
/// The client's end of the control connection makes the transfer void: ControlClosed; but not where a QUIT waits.
///
/// When the program is asked to stop the transfer may go on for the stop timeout (TransferWatch::stopping), while
/// nothing more is read; only then Stopped is thrown.
///
/// Refers to the session, which must outlive it. One object for each transfer; TransferWatch::running while it lives.
class UrgentWaiter : public Waiter {
 public:
  static constexpr std::size_t most_waiting = 64;

  explicit UrgentWaiter(Session& session);
  UrgentWaiter(const UrgentWaiter&) = delete;
  UrgentWaiter& operator=(const UrgentWaiter&) = delete;
  ~UrgentWaiter() override;

  void wait_any(std::span<pollfd> descriptors, const Deadline& deadline, std::string_view what) override;

 private:
  Session& session_;
  TransferWatch& watch_;
  // What has to be remembered between two waits goes here.
};

/// Puts it in the place of the waiter that offer_transfers() has put in; to be called behind it. Given.
void offer_urgent_waiting(ServerContext& context);

}  // namespace kit
