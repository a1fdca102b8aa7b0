#pragma once

#include "session.h"
#include "tcp_listener.h"

namespace kit {

/// Accepts clients and runs their sessions one after another until the program is asked to stop; then returns. Nobody
/// can end the server but a signal.
void serve_one_at_a_time(TcpListener& listener, ServerContext& context);

}  // namespace kit
