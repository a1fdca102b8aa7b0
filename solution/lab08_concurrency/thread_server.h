#pragma once

#include <optional>

#include "file_descriptor.h"
#include "log.h"
#include "reply.h"
#include "session.h"
#include "tcp_listener.h"

namespace kit {

/// Accepts clients and runs each one's session in a thread of its own, until the program is asked to stop; then listens
/// no longer (new connections are refused), waits until all sessions have ended, which they do of themselves (see
/// run_concurrent_session), and returns. A client that
/// SessionLimits does not admit, or for whom there is no thread, is turned away. Nobody can end the server but a
/// signal, and no session's trouble is another's. The service SessionLimits must be in the context.
void serve_with_threads(TcpListener& listener, ServerContext& context);

/// Accepts clients even when the process has no file descriptor left (EMFILE): accept(2) fails then, but the client
/// stays in the listener's line, and a loop that just tries again would take all of the processor. So one descriptor is
/// kept in reserve: closed, it makes room for the client to be told 421 instead of nothing at all.
class Acceptor {
 public:
  /// Refers to both. Throws std::system_error.
  Acceptor(TcpListener& listener, Log& log);

  /// Waits for the next client. Nothing if one had to be turned away, or if accept(2) failed for another reason of the
  /// system's. Throws Stopped.
  std::optional<TcpStream> next();

 private:
  // BEGIN PRIVATE
  void turn_away_one();

  // END PRIVATE
  TcpListener& listener_;
  Log& log_;
  FileDescriptor reserve_;
};

/// Tells a client that there is no place, and closes. Takes no time: nothing is waited for. Throws nothing but Stopped.
void turn_away(TcpStream client, const Reply& reason);

}  // namespace kit
