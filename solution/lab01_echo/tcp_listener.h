#pragma once

#include "address.h"
#include "file_descriptor.h"
#include "tcp_stream.h"
#include "wait.h"

namespace kit {

/// A socket that waits for connections. Owns the socket; refers to a Waiter, which must outlive it and every stream
/// that accept() returns.
class TcpListener {
 public:
  /// Binds to `address` and listens; port 0 takes a free one. The port can be bound again right after the program has
  /// ended, though old connections may still be in TIME_WAIT. Throws std::system_error (EADDRINUSE and the like).
  TcpListener(const Address& address, Waiter& waiter);

  /// Waits for the next connection. A client that has already gone again is passed over in silence.
  /// Throws TimedOut, Stopped (even where clients never cease to come), std::system_error; EMFILE and its like only
  /// after a moment, for whoever calls again meets them again.
  TcpStream accept(const Deadline& deadline);

  /// The address in fact bound: with the real port where port 0 was asked for.
  [[nodiscard]] Address local() const;

  /// Still owned by the listener.
  [[nodiscard]] int descriptor() const { return socket_.get(); }

  /// The door through which it waits; not owned.
  [[nodiscard]] Waiter& waiter() const { return *waiter_; }

 private:
  FileDescriptor socket_;
  Waiter* waiter_;
};

}  // namespace kit
