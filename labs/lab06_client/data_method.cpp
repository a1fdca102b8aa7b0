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
}  // namespace

std::unique_ptr<ArrangedConnection> PassiveMethod::arrange(Client& client) {
  KIT_TODO("lab 6, PassiveMethod::arrange");
}

}  // namespace kit
