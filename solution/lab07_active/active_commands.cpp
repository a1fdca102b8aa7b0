#include "active_commands.h"

#include <memory>
#include <string>

#include "active_connector.h"
#include "arguments.h"
#include "ascii.h"
#include "data_channel.h"
#include "extended_address.h"
#include "host_port.h"
#include "passive_commands.h"
#include "session.h"
#include "todo.h"

namespace kit {
namespace {

/// Argument reader: six numbers, else 501: argument.as<HostPort>().
void host_port(Session& /*session*/, Argument& argument) {
  const auto address = parse_host_port(argument.text());
  argument.set(address ? *address : throw ReplyError(501, "That is not h1,h2,h3,h4,p1,p2"));
}

/// Argument reader: an extended address, else 501: argument.as<ExtendedAddress>().
void extended_address(Session& /*session*/, Argument& argument) {
  const auto address = parse_extended_address(argument.text());
  argument.set(address ? *address : throw ReplyError(501, "That is not |net|host|port|"));
}

// BEGIN PRIVATE
/// A part of the session: whether EPSV ALL was said. It holds until the session ends or REIN.
struct ExtendedPassiveOnly {
  bool said = false;
};

// Who said EPSV ALL promised to use nothing else: a router on the way may count on it (RFC 2428 4).
void refuse_after_epsv_all(Session& session) {
  if (session.part<ExtendedPassiveOnly>().said) {
    throw ReplyError(503, "After EPSV ALL there is only EPSV");
  }
}

// 504 for a target that would make this server attack somebody else (RFC 2577 3).
void refuse_bounce(Session& session, const Address& target) {
  constexpr std::uint16_t first_unprivileged_port = 1024;
  if (target.port() < first_unprivileged_port) {
    throw ReplyError(504, "No data connections to ports below 1024");
  }
  if (!session.options().allow_foreign_data && !target.same_host(session.control().stream().peer())) {
    throw ReplyError(504, "Data connections lead to your own address only");
  }
}

Reply connect_later(Session& session, const std::string& host, std::uint16_t port) {
  refuse_after_epsv_all(session);
  const Address target = Address::resolve(host, port).front();
  refuse_bounce(session, target);
  const Address own = session.control().stream().local();
  session.part<DataChannel>().connector = std::make_unique<ActiveConnector>(own, target);
  return {200, "Data connections go to " + target.to_string()};
}

// END PRIVATE
/// 200: the next transfer connects to this address. 504 for a port below 1024, and for a host that is not the client's
/// unless --allow-foreign-data; 503 after EPSV ALL.
Reply port(Session& session, const Argument& argument) {
  // BEGIN SOLUTION port
  const auto& address = argument.as<HostPort>();
  return connect_later(session, address.host_text(), address.port);
  // END SOLUTION
}

/// The same; 522 and the list of networks for one that nobody here knows.
Reply eprt(Session& session, const Argument& argument) {
  // BEGIN SOLUTION eprt
  const auto& address = argument.as<ExtendedAddress>();
  if (address.network != ipv4_network && address.network != ipv6_network) {
    return {522, "Network protocol not supported, use (1,2)"};
  }
  return connect_later(session, address.host, address.port);
  // END SOLUTION
}

/// 229 and the port where a listener now waits; as PASV, but for both networks. The argument is a network's number: 522
/// if it is not that of the control connection; or ALL: 200, and from now on PORT, EPRT and PASV are refused. 501 for
/// anything else.
Reply epsv(Session& session, const Argument& argument) {
  // BEGIN SOLUTION epsv
  if (to_upper(argument.text()) == "ALL") {
    session.part<ExtendedPassiveOnly>().said = true;
    return {200, "From now on EPSV only"};
  }
  const TcpStream& control = session.control().stream();
  const Address own = control.local();
  if (argument.given()) {
    const auto network = parse_number<unsigned>(argument.text(), 0, 65535);
    if (!network) {
      return {501, "That is not the number of a network"};
    }
    if (*network != network_of(own)) {
      return {522, "Network protocol not supported, use (" + std::to_string(network_of(own)) + ")"};
    }
  }
  auto& connector = session.part<DataChannel>().connector;
  connector.reset();  // first: its port may be the only one that there is
  TcpListener listener = listen_for_data(own, session.options().passive_ports, control.waiter());
  const std::uint16_t told = listener.local().port();
  const auto client = session.options().allow_foreign_data ? std::nullopt : std::optional(control.peer());
  connector = std::make_unique<PassiveConnector>(std::move(listener), client, session.context().log);
  return {229, "Entering Extended Passive Mode " + format_extended_port(told)};
  // END SOLUTION
}

/// As lab 5 has it; 503 after EPSV ALL.
Reply pasv(Session& session, const Argument& argument) {
  // BEGIN SOLUTION pasv
  static const CommandTable before = passive_commands();
  refuse_after_epsv_all(session);
  return before.find("PASV")->handler(session, argument);
  // END SOLUTION
}

}  // namespace

CommandTable active_commands() {
  // BEGIN SOLUTION active_commands
  constexpr Policy policy{};
  return {
      {"PORT", policy, host_port, port, "<SP> h1,h2,h3,h4,p1,p2"},
      {"EPRT", policy, extended_address, eprt, "<SP> |net|host|port|"},
      {"EPSV", policy, takes::anything, epsv, "[<SP> ( net | ALL )]"},
      {"PASV", policy, takes::nothing, pasv, ""},
  };
  // END SOLUTION
}

}  // namespace kit
