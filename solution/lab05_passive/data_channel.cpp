#include "data_channel.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <random>
#include <system_error>
#include <utility>

#include "check.h"
#include "command_table.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

// The host of `own` with another port. Only where IPv4 may travel inside IPv6 the resolver is asked what that means.
Address with_port(const Address& own, std::uint16_t port) {
  if (own.family() != AF_INET) {
    return Address::resolve(own.host(), port).front();
  }
  sockaddr_in address{};
  std::memcpy(&address, own.raw(), sizeof address);
  address.sin_port = htons(port);
  return {reinterpret_cast<const sockaddr*>(&address), sizeof address};
}

struct Arrival {
  TcpStream stream;
  Address peer;
};

// The connection that has waited longest, without any waiting here. Nothing if there is none, or if it has gone again.
std::optional<Arrival> next_in_line(const TcpListener& listener) {
  sockaddr_storage raw{};
  socklen_t size = sizeof raw;
  auto* address = reinterpret_cast<sockaddr*>(&raw);
  FileDescriptor socket(
      retry_eintr([&] { return ::accept4(listener.descriptor(), address, &size, SOCK_NONBLOCK | SOCK_CLOEXEC); }));
  if (socket) {
    return Arrival{TcpStream(std::move(socket), listener.waiter()), Address(address, size)};
  }
  if (errno != EAGAIN && errno != ECONNABORTED && errno != EPROTO) {
    throw std::system_error(errno, std::generic_category(), "accept");
  }
  return std::nullopt;
}

}  // namespace
// END PRIVATE

TcpListener listen_for_data(const Address& own, const PortRange& ports, Waiter& waiter) {
  // BEGIN SOLUTION listen_for_data
  const PortRange range = ports.low == 0 ? dynamic_ports : ports;
  const unsigned count = range.high - range.low + 1U;
  thread_local std::random_device device;  // to make one is to ask which processor this is: slow in a virtual machine
  const unsigned start = std::uniform_int_distribution<unsigned>(0, count - 1)(device);
  for (unsigned step = 0; step < count; ++step) {
    const auto port = static_cast<std::uint16_t>(range.low + (start + step) % count);
    try {
      return {with_port(own, port), waiter};
    } catch (const std::system_error& error) {
      if (error.code() != std::errc::address_in_use) {
        throw;
      }
    }
  }
  throw ReplyError(425, "No data port is free");
  // END SOLUTION
}

TcpStream PassiveConnector::open(Waiter& waiter, const Deadline& deadline) {
  // BEGIN SOLUTION PassiveConnector::open
  while (true) {
    std::optional<Arrival> next = next_in_line(listener_);  // most clients have connected before they say RETR
    if (next && (!client_ || next->peer.same_host(*client_))) {
      next->stream.wait_through(waiter);
      return std::move(next->stream);
    }
    if (next) {
      log_.warning("data connection of a stranger closed", {{"peer", next->peer.to_string()}});
    }
    waiter.wait(listener_.descriptor(), POLLIN, deadline, "waiting for the data connection");
  }
  // END SOLUTION
}

void PassiveConnector::refuse() noexcept {
  // BEGIN PRIVATE
  constexpr int enough = 16;  // a client makes one; whoever makes more gets no endless attention
  try {
    for (int i = 0; i < enough && next_in_line(listener_); ++i) {
    }
  } catch (const std::exception&) {
    // Out of descriptors: the listener's end will close what waits in its line.
  }
  // STARTER
  //: // Close here what waits in the listener's line. Nothing may be thrown, not even by accept().
  // END PRIVATE
}

}  // namespace kit
