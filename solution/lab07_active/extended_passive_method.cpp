#include "extended_passive_method.h"

#include <optional>
#include <utility>

#include "address.h"
#include "client.h"
#include "extended_address.h"
#include "ftp_error.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

// A data connection that stands already.
class StandingConnection : public ArrangedConnection {
 public:
  explicit StandingConnection(TcpStream stream) : stream_(std::move(stream)) {}

  TcpStream open(Waiter& waiter, const Deadline& /*deadline*/) override {
    stream_.wait_through(waiter);
    return std::move(stream_);
  }

 private:
  TcpStream stream_;
};

std::uint16_t announced_port(const Reply& reply) {
  for (const std::string& line : reply.lines) {
    if (const auto port = find_extended_port(line)) {
      return *port;
    }
  }
  throw FtpError(reply, "no port in the answer to EPSV: ");
}

constexpr int failed_for_good = 5;

}  // namespace
// END PRIVATE

std::unique_ptr<ArrangedConnection> ExtendedPassiveMethod::arrange(Client& client) {
  // BEGIN SOLUTION ExtendedPassiveMethod::arrange
  const std::string connection = client.control().local().to_string();
  if (connection == refused_on_) {
    return fall_back(client);
  }
  const Reply reply = client.quote("EPSV");
  if (reply.kind() == failed_for_good) {
    refused_on_ = connection;
    return fall_back(client);
  }
  if (!reply.completed()) {
    throw FtpError(reply);
  }
  const auto addresses = Address::resolve(client.control().peer().host(), announced_port(reply));
  const Deadline deadline = Deadline::after(client.patience().connecting);
  return std::make_unique<StandingConnection>(TcpStream::connect(addresses, client.waiter(), deadline));
  // END SOLUTION
}
// BEGIN PRIVATE

std::unique_ptr<ArrangedConnection> ExtendedPassiveMethod::fall_back(Client& client) {
  const bool ipv6 = network_of(client.control().peer()) == ipv6_network;
  return ipv6 ? active_.arrange(client) : passive_.arrange(client);
}
// END PRIVATE

}  // namespace kit
