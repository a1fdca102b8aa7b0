#pragma once

#include <chrono>

#include "tcp_stream.h"

namespace kit {

/// What `nc` does: copies `input` to the peer and what the peer sends to `output`, both at the same time, so that
/// neither direction can hold up the other. At the end of `input` the sending direction is shut down; the end of the
/// peer's direction ends the conversation. `patience` is how long nothing at all may happen.
/// `input` and `output` are open descriptors, still owned by the caller. Memory does not grow with what is copied.
/// Returns whether all of `input` had been sent when the peer ended. Throws TimedOut, Stopped, std::system_error.
bool converse(TcpStream& stream, Waiter& waiter, int input, int output, std::chrono::milliseconds patience);

}  // namespace kit
