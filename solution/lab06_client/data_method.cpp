#include "data_method.h"

#include <utility>
#include <vector>

#include "address.h"
#include "client.h"
#include "ftp_error.h"
#include "host_port.h"
#include "todo.h"

namespace kit {
namespace {

// A data connection that stands already.
class AlreadyConnected : public ArrangedConnection {
 public:
  explicit AlreadyConnected(TcpStream stream) : stream_(std::move(stream)) {}

  TcpStream open(Waiter& waiter, const Deadline& /*deadline*/) override {
    stream_.wait_through(waiter);
    return std::move(stream_);
  }

 private:
  TcpStream stream_;
};

// BEGIN PRIVATE
std::optional<HostPort> announced_address(const Reply& reply) {
  for (const std::string& line : reply.lines) {
    if (const auto found = find_host_port(line)) {
      return found;
    }
  }
  return std::nullopt;
}

// END PRIVATE
}  // namespace

std::unique_ptr<ArrangedConnection> PassiveMethod::arrange(Client& client) {
  // BEGIN SOLUTION PassiveMethod::arrange
  const Reply reply = client.require("PASV");
  const auto announced = announced_address(reply);
  if (!announced) {
    throw FtpError(reply, "no address in the answer to PASV: ");
  }
  const std::string host = host_ == Host::as_announced ? announced->host_text() : client.control().peer().host();
  const std::vector<Address> addresses = Address::resolve(host, announced->port);
  const Deadline deadline = Deadline::after(client.patience().connecting);
  return std::make_unique<AlreadyConnected>(TcpStream::connect(addresses, client.waiter(), deadline));
  // END SOLUTION
}

}  // namespace kit
