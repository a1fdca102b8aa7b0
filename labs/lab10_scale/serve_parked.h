#pragma once

#include "session.h"
#include "tcp_listener.h"

namespace kit {

/// The `serve` of a ServerProgram: a ParkedServer with as many workers as TransferSlots says, and a MetricsServer if
/// the options ask for one. Given.
void serve_parked(TcpListener& listener, ServerContext& context);

/// Puts Metrics in, and has them observe the log, if the options ask for them; to be called in main(). Given.
void offer_metrics(ServerContext& context);

}  // namespace kit
