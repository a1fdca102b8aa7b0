#pragma once

#include <chrono>

#include "session.h"

namespace kit {

/// How much time a session has before and at its login: a service.
struct LoginTimes {
  std::chrono::milliseconds to_log_in{60'000};  ///< from the connect (or REIN) to 230, whatever is said meanwhile
  std::chrono::milliseconds after_wrong_password{1'000};  ///< until the 530, for that session alone (RFC 2577 5)
};

/// A whole session, as run_session() of lab 3, and more: lines that came in the middle of a transfer (see UrgentWaiter)
/// are carried out behind it, in the order in which they came; and whoever does not log in in time gets 421, however
/// much he talks (LoginTimes). When the program is asked to stop, the client is told 421: at once, or behind a transfer
/// that may still end (see UrgentWaiter). Whatever goes wrong ends this session and is logged; nothing is thrown but
/// Todo. May run in many threads at once, each with a session of its own.
void run_concurrent_session(Session& session);

}  // namespace kit
