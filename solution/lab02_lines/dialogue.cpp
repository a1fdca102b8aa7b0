#include "dialogue.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <utility>

#include "check.h"
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
  std::string ignored;
  while (!(reply = read_buffered())) {
    const std::size_t got = stream_.read_some(buffer, deadline);
    if (got == 0) {
      throw ConnectionClosed();
    }
    parser_.feed({buffer.data(), got});
    telnet_.decode({buffer.data(), got}, ignored);
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

bool Dialogue::has_reply() {
  std::array<char, 512> buffer;
  const auto receive = [&](std::size_t most, int flags) {
    return retry_eintr([&] { return ::recv(stream_.descriptor(), buffer.data(), most, flags | MSG_DONTWAIT); });
  };
  while (true) {
    const ssize_t got = receive(buffer.size(), MSG_PEEK);
    if (got <= 0) {
      return got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
    }
    const std::string_view bytes(buffer.data(), static_cast<std::size_t>(got));
    TelnetDecoder ahead = telnet_;
    std::string text;
    ahead.decode(bytes, text);
    if (!text.empty()) {
      return true;
    }
    receive(bytes.size(), 0);
    parser_.feed(bytes);
    telnet_ = ahead;
  }
}

Reply Dialogue::ask(std::string_view line) {
  send(line);
  return read();
}

}  // namespace kit
