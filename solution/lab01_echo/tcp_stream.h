#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "address.h"
#include "file_descriptor.h"
#include "wait.h"

namespace kit {

/// One TCP connection: a stream of bytes each way, without messages and without borders. What the peer sent with one
/// call may arrive in ten, and what it sent with ten may arrive at once.
/// Owns the socket; refers to a Waiter, which must outlive it. Not for two threads at once.
class TcpStream {
 public:
  /// Takes over a connected, non-blocking socket.
  TcpStream(FileDescriptor socket, Waiter& waiter);

  /// Connects to the first of `addresses` that answers. Throws TimedOut or std::system_error of the last one tried.
  static TcpStream connect(std::span<const Address> addresses, Waiter& waiter, const Deadline& deadline);

  /// Waits for bytes and puts as many as are there into `buffer`: 1 to buffer.size(). Returns how many.
  /// 0 means end of file: the peer will send no more. (It may still be reading: the two directions end separately.)
  /// Throws TimedOut, Stopped (even while a peer who never pauses keeps sending), std::system_error (ECONNRESET and the
  /// like).
  std::size_t read_some(std::span<char> buffer, const Deadline& deadline);

  /// Sends all of `bytes`, however many calls that takes. Throws TimedOut, Stopped, std::system_error (EPIPE when the
  /// peer has gone). The program must survive that: no SIGPIPE.
  void write_all(std::string_view bytes, const Deadline& deadline);

  /// Says to the peer "no more from me"; reading goes on. Does nothing if the peer is already gone.
  void shutdown_write();

  /// Switches Nagle's algorithm off: small writes leave at once instead of waiting for an acknowledgement.
  void set_no_delay();

  [[nodiscard]] Address local() const;
  [[nodiscard]] Address peer() const;

  /// Still owned by the stream.
  [[nodiscard]] int descriptor() const { return socket_.get(); }

  /// The door through which the stream waits; not owned.
  [[nodiscard]] Waiter& waiter() const { return *waiter_; }

  /// From now on the stream waits through `waiter`. Returns the one it used before.
  Waiter& wait_through(Waiter& waiter);

 private:
  FileDescriptor socket_;
  Waiter* waiter_;
};

}  // namespace kit
