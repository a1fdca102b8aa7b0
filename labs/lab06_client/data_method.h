#pragma once

#include <memory>

#include "tcp_stream.h"
#include "wait.h"

namespace kit {

class Client;

/// A data connection that was arranged with the server and serves one transfer.
class ArrangedConnection {
 public:
  ArrangedConnection() = default;
  virtual ~ArrangedConnection() = default;
  ArrangedConnection(const ArrangedConnection&) = delete;
  ArrangedConnection& operator=(const ArrangedConnection&) = delete;

  /// The connection itself. Called once, when the server has answered the transfer command with a preliminary reply.
  /// Waits through `waiter`, as the stream does from then on. Throws TimedOut, Stopped, std::system_error.
  virtual TcpStream open(Waiter& waiter, const Deadline& deadline) = 0;
};

/// How data connections come about: who listens, who connects, and by which command that is told. Another way of doing
/// it is another class; Client::use_data_method() puts it in place of the passive one.
class DataMethod {
 public:
  DataMethod() = default;
  virtual ~DataMethod() = default;
  DataMethod(const DataMethod&) = delete;
  DataMethod& operator=(const DataMethod&) = delete;

  /// Arranges a data connection with the server that `client` is connected to; called before every transfer command.
  /// Throws FtpError if the server refuses, TimedOut, Stopped, std::system_error.
  virtual std::unique_ptr<ArrangedConnection> arrange(Client& client) = 0;
};

/// PASV: the server listens and tells where, the client connects (RFC 959 4.1.2). It connects to the host at the other
/// end of the control connection and takes only the port from the 227: the address in it is often wrong behind a
/// router, and a server could use it to send this client to somebody else.
class PassiveMethod : public DataMethod {
 public:
  enum class Host { control_peer, as_announced };
  explicit PassiveMethod(Host host = Host::control_peer) : host_(host) {}

  /// The connection is made here already: if that fails, no transfer command was sent.
  std::unique_ptr<ArrangedConnection> arrange(Client& client) override;

 private:
  Host host_;
};

}  // namespace kit
