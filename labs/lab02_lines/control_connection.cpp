#include "control_connection.h"

#include <sys/socket.h>

#include <array>
#include <stdexcept>
#include <utility>

#include "check.h"
#include "todo.h"

namespace kit {

ControlConnection::ControlConnection(TcpStream stream, std::chrono::milliseconds patience)
    : stream_(std::move(stream)), patience_(patience) {
  stream_.set_no_delay();  // two small replies in a row would cost 40 ms otherwise
  // Telnet's Synch is sent as urgent data (RFC 854), which recv(2) leaves out unless it is asked to keep it in line:
  // half a Telnet command would be left, and swallow the first letter of the next line.
  const int on = 1;
  check(::setsockopt(stream_.descriptor(), SOL_SOCKET, SO_OOBINLINE, &on, sizeof on), "setsockopt SO_OOBINLINE");
}

bool ControlConnection::fill(const Deadline& deadline) {
  KIT_TODO("lab 2, ControlConnection::fill");
}

std::optional<Line> ControlConnection::read_line(const Deadline& deadline) {
  KIT_TODO("lab 2, ControlConnection::read_line");
}

void ControlConnection::send(const Reply& reply) {
  KIT_TODO("lab 2, ControlConnection::send");
}

void ControlConnection::close() {
  KIT_TODO("lab 2, ControlConnection::close");
}

}  // namespace kit
