#include "data_channel.h"

#include <chrono>
#include <random>
#include <system_error>
#include <utility>

#include "command_table.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

// The connection that has waited longest, without any waiting here. Nothing if there is none.
std::optional<TcpStream> next_in_line(TcpListener& listener) {
  try {
    return listener.accept(Deadline::after(std::chrono::milliseconds(0)));
  } catch (const TimedOut&) {
    return std::nullopt;
  }
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
      return {Address::resolve(own.host(), port).front(), waiter};
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
    waiter.wait(listener_.descriptor(), POLLIN, deadline, "waiting for the data connection");
    std::optional<TcpStream> stream = next_in_line(listener_);
    if (!stream) {
      continue;  // it has gone again
    }
    if (!client_ || stream->peer().same_host(*client_)) {
      stream->wait_through(waiter);
      return *std::move(stream);
    }
    log_.warning("data connection of a stranger closed", {{"peer", stream->peer().to_string()}});
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
    // Stopped, or out of descriptors: the listener's end will close what waits in its line.
  }
  // STARTER
  //: // Close here what waits in the listener's line. Nothing may be thrown, not even by accept().
  // END PRIVATE
}

}  // namespace kit
