#include "active_method.h"

#include <poll.h>

#include <chrono>
#include <utility>

#include "address.h"
#include "client.h"
#include "extended_address.h"
#include "host_port.h"
#include "tcp_listener.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

// A data connection that the server is going to make.
class ExpectedConnection : public ArrangedConnection {
 public:
  ExpectedConnection(TcpListener listener, Address server)
      : listener_(std::move(listener)), server_(std::move(server)) {}

  TcpStream open(Waiter& waiter, const Deadline& deadline) override {
    while (true) {
      waiter.wait(listener_.descriptor(), POLLIN, deadline, "waiting for the server's data connection");
      try {
        TcpStream stream = listener_.accept(Deadline::after(std::chrono::milliseconds(0)));
        if (stream.peer().same_host(server_)) {
          stream.wait_through(waiter);
          return stream;
        }
      } catch (const TimedOut&) {
        // Whoever it was has gone again.
      }
    }
  }

  [[nodiscard]] Address local() const { return listener_.local(); }

 private:
  TcpListener listener_;
  Address server_;
};

}  // namespace
// END PRIVATE

std::unique_ptr<ArrangedConnection> ActiveMethod::arrange(Client& client) {
  // BEGIN SOLUTION ActiveMethod::arrange
  const Address own = Address::resolve(client.control().local().host(), 0).front();
  auto expected = std::make_unique<ExpectedConnection>(TcpListener(own, client.waiter()), client.control().peer());
  const Address local = expected->local();
  const auto six_numbers = host_port_of(local);
  client.require(six_numbers ? "PORT " + format_host_port(*six_numbers) : "EPRT " + format_extended_address(local));
  return expected;
  // END SOLUTION
}

}  // namespace kit
