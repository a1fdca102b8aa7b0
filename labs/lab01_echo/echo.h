#pragma once

#include <chrono>

#include "log.h"
#include "tcp_listener.h"
#include "tcp_stream.h"

namespace kit {

/// Sends everything back that the peer sends, byte for byte and in order, until the peer ends its sending direction;
/// everything received by then has been sent back before this returns. `patience` is how long one read or write may
/// take. Memory does not grow with what is sent. Throws TimedOut, Stopped, std::system_error.
void echo(TcpStream& stream, std::chrono::milliseconds patience);

/// Accepts clients and echoes to them one after another, until the program is asked to stop; then returns. What goes
/// wrong with one client is logged and does not concern the next.
void serve_echo(TcpListener& listener, std::chrono::milliseconds patience, Log& log);

}  // namespace kit
