#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "address.h"
#include "log.h"
#include "server_options.h"
#include "tcp_listener.h"
#include "tcp_stream.h"
#include "wait.h"

namespace kit {

/// How the next data connection comes about (RFC 959 3.2). One object, made by PASV or its like, yields one data
/// connection for one transfer.
class DataConnector {
 public:
  DataConnector() = default;
  virtual ~DataConnector() = default;
  DataConnector(const DataConnector&) = delete;
  DataConnector& operator=(const DataConnector&) = delete;

  /// The data connection; it and the wait for it go through `waiter`, which must outlive it.
  /// Throws TimedOut, Stopped, std::system_error, and whatever else ends a wait of `waiter`.
  virtual TcpStream open(Waiter& waiter, const Deadline& deadline) = 0;

  /// The transfer command was refused: closes the data connection if the client has made it already, so that it does
  /// not wait for an end that never comes. The connector stays good for the next transfer command.
  virtual void refuse() noexcept = 0;
};

/// What is agreed on for the next transfer: a part of the session. Whatever was said last counts; a transfer uses it
/// up.
struct DataChannel {
  std::unique_ptr<DataConnector> connector;  ///< null: nothing was said since the last transfer
};

/// Where data ports are taken from unless --passive-ports says otherwise: those that are nobody's (RFC 6335).
constexpr PortRange dynamic_ports{49152, 65535};

/// Listens for a data connection on the host of `own` (its port is of no account) and a port of `ports`, {0, 0} for
/// dynamic_ports. Which one cannot be foreseen, or a stranger could get there first (RFC 2577 8): the search begins at
/// random and goes on, around the end of the range, past ports that are taken. One is found if there is one. Throws
/// ReplyError 425 if there is none, std::system_error for everything but a port in use.
TcpListener listen_for_data(const Address& own, const PortRange& ports, Waiter& waiter);

/// PASV's way: the client connects to a listener.
class PassiveConnector : public DataConnector {
 public:
  /// `client`: the only host whose connections count (RFC 2577 4); none: anybody's do.
  PassiveConnector(TcpListener listener, std::optional<Address> client, Log& log)
      : listener_(std::move(listener)), client_(std::move(client)), log_(log) {}

  /// Accepts the client's connection, also one that was made long ago. Somebody else's is closed at once, and the wait
  /// goes on: a stranger neither gets the data nor spoils the transfer.
  TcpStream open(Waiter& waiter, const Deadline& deadline) override;
  void refuse() noexcept override;

  /// Where it listens.
  [[nodiscard]] Address local() const { return listener_.local(); }

 private:
  TcpListener listener_;
  std::optional<Address> client_;
  Log& log_;
};

}  // namespace kit
