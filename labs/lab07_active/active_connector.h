#pragma once

#include <cstdint>
#include <utility>

#include "address.h"
#include "data_channel.h"

namespace kit {

/// PORT's way: the server connects to a port on which the client listens (RFC 959 3.2). It connects when the transfer
/// begins, and not before.
class ActiveConnector : public DataConnector {
 public:
  /// `own` is the server's end of the control connection, `target` where the client listens.
  ActiveConnector(Address own, Address target) : own_(std::move(own)), target_(std::move(target)) {}

  /// Connects from the host of `own`, so that a client that looks who is calling finds the server it talks to; from
  /// data_port(), where that is neither 0 nor taken nor forbidden, else from any port.
  TcpStream open(Waiter& waiter, const Deadline& deadline) override;

  /// Nothing has been connected yet.
  void refuse() noexcept override {}

 private:
  Address own_;
  Address target_;
};

/// The port from which a server connects whose control connections come in on `control_port` (RFC 959 5.2): the one
/// below, 20 below 21. Only where that one is privileged, for elsewhere it says nothing and may be somebody else's: 0
/// then, for any port. Pure.
std::uint16_t data_port(std::uint16_t control_port);

}  // namespace kit
