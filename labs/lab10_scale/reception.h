#pragma once

#include <optional>

#include "address.h"
#include "file_descriptor.h"
#include "log.h"
#include "tcp_listener.h"
#include "tcp_stream.h"

namespace kit {

/// Takes clients out of the listener's line without ever waiting: for a loop that has been told that there are some. As
/// lab 8's Acceptor, it keeps one descriptor in reserve, so that a process that has none left (EMFILE) can tell a
/// client so instead of being woken up for it for ever.
class Reception {
 public:
  struct Client {
    TcpStream stream;
    Address address;
  };

  /// Refers to all three; `waiter` will be that of the streams.
  Reception(const TcpListener& listener, Waiter& waiter, Log& log);

  /// The next client, or nothing: nobody waits any more, or none can be let in now (exhausted()). Who cannot be let in
  /// for want of a descriptor has been told 421.
  std::optional<Client> next();

  /// The system is short of memory or descriptors and the line is not empty: to ask again at once would only take time.
  [[nodiscard]] bool exhausted() const { return exhausted_; }

  /// How often accept(2) has failed for want of something.
  [[nodiscard]] std::uint64_t failures() const { return failures_; }

 private:
  std::optional<Client> accept();
  bool turn_away_one();

  const TcpListener& listener_;
  Waiter& waiter_;
  Log& log_;
  FileDescriptor reserve_;
  bool exhausted_ = false;
  std::uint64_t failures_ = 0;
};

}  // namespace kit
