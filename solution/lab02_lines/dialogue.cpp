#include "dialogue.h"

#include <array>
#include <utility>

#include "telnet.h"
#include "todo.h"

namespace kit {

std::string encode_line(std::string_view line) {
  // BEGIN SOLUTION encode_line
  std::string encoded;
  for (const char byte : telnet_encode(line)) {
    if (byte == '\n' || byte == '\0') {
      throw std::invalid_argument("a command line cannot hold a line feed or a NUL");
    }
    encoded += byte;
    if (byte == '\r') {
      encoded += '\0';
    }
  }
  return encoded + "\r\n";
  // END SOLUTION
}

Dialogue::Dialogue(TcpStream stream, std::chrono::milliseconds patience)
    : stream_(std::move(stream)), patience_(patience) {
  stream_.set_no_delay();
}

void Dialogue::send(std::string_view line) {
  // BEGIN SOLUTION Dialogue::send
  const std::string encoded = encode_line(line);
  if (observer_) {
    observer_(line, nullptr);
  }
  stream_.write_all(encoded, Deadline::after(patience_));
  // END SOLUTION
}

Reply Dialogue::read() {
  // BEGIN SOLUTION Dialogue::read
  const Deadline deadline = Deadline::after(patience_);
  std::array<char, 4096> buffer;
  std::optional<Reply> reply;
  while (!(reply = read_buffered())) {
    const std::size_t got = stream_.read_some(buffer, deadline);
    if (got == 0) {
      throw ConnectionClosed();
    }
    parser_.feed({buffer.data(), got});
  }
  return *std::move(reply);
  // END SOLUTION
}

std::optional<Reply> Dialogue::read_buffered() {
  std::optional<Reply> reply = parser_.next();
  if (reply && observer_) {
    observer_({}, &*reply);
  }
  return reply;
}

Reply Dialogue::ask(std::string_view line) {
  send(line);
  return read();
}

}  // namespace kit
