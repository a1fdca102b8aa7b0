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
  // BEGIN SOLUTION ControlConnection::fill
  std::array<char, 4096> buffer;
  const std::size_t got = stream_.read_some(buffer, deadline);
  reader_.feed({buffer.data(), got});
  const std::string answers = reader_.take_answers();
  if (!answers.empty()) {
    stream_.write_all(answers, Deadline::after(patience_));
  }
  return got > 0;
  // END SOLUTION
}

std::optional<Line> ControlConnection::read_line(const Deadline& deadline) {
  // BEGIN SOLUTION ControlConnection::read_line
  std::optional<Line> line = buffered_line();
  while (!line && fill(deadline)) {
    line = buffered_line();
  }
  return line;
  // END SOLUTION
}

void ControlConnection::send(const Reply& reply) {
  // BEGIN SOLUTION ControlConnection::send
  stream_.write_all(format_reply(reply), Deadline::after(patience_));
  // END SOLUTION
}

void ControlConnection::close() {
  // BEGIN SOLUTION ControlConnection::close
  TcpStream closing = std::move(stream_);  // closed at the end of this block, whatever happens
  const Deadline deadline = Deadline::after(linger_time);
  std::array<char, 4096> buffer;
  try {
    closing.shutdown_write();
    std::size_t dropped = 0;
    while (dropped < linger_bytes) {
      const std::size_t got = closing.read_some(buffer, deadline);
      if (got == 0) {
        return;
      }
      dropped += got;
    }
  } catch (const std::runtime_error&) {
    // Too slow, told to stop, or gone already: the client has had its chance.
  }
  // END SOLUTION
}

}  // namespace kit
