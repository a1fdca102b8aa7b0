#pragma once

#include "session.h"
#include "urgent_waiter.h"

namespace kit {

/// The 150 of a transfer that may yet go out together with its 226: a part of the session.
struct HeldOpening {
  bool held = false;  ///< the kernel has it, and waits for more
};

/// Gives the 150 to the kernel, but lets it wait for what is sent next (MSG_MORE of send(2)). A small file has left
/// before that, and its 150 and 226 travel as one segment: the client is woken once and not twice.
void hold_opening(Session& session, const Reply& opening);

/// Lets a 150 that is held go now; nothing where none is. Many a client neither connects, nor reads or sends data,
/// until it has seen it.
void push_opening(Session& session);

/// The door of a transfer whose 150 is held: before anything is waited for it goes out.
class OpeningWaiter : public UrgentWaiter {
 public:
  explicit OpeningWaiter(Session& session) : UrgentWaiter(session), session_(session) {}
  void wait_any(std::span<pollfd> descriptors, const Deadline& deadline, std::string_view what) override;

 private:
  Session& session_;
};

/// Puts both in the place of what offer_transfers() and offer_urgent_waiting() have put in; to be called behind them.
/// Given, as is all of this file.
void offer_held_openings(ServerContext& context);

}  // namespace kit
