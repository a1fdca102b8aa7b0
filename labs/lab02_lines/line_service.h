#pragma once

#include <chrono>

#include "control_connection.h"
#include "log.h"
#include "tcp_listener.h"

namespace kit {

/// The answer of `line_server` to one line: NOOP 200, QUIT 221 (in upper or lower case, nothing behind them), a line
/// over the limit 500, a NUL 501, anything else 500. Pure.
Reply answer_line(const Line& line);

/// Serves one client: 220 first, then an answer to every line in the order they came, until QUIT or the client's end.
/// Throws TimedOut, Stopped, std::system_error.
void serve_lines(ControlConnection& control, std::chrono::milliseconds patience);

/// Accepts clients one after another until the program is asked to stop. What goes wrong with one is logged and does
/// not concern the next.
void run_line_server(TcpListener& listener, std::chrono::milliseconds patience, Log& log);

}  // namespace kit
