#include "dialogue.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <utility>

#include "check.h"
#include "todo.h"

namespace kit {

std::string encode_line(std::string_view line) {
  KIT_TODO("lab 2, encode_line");
}

Dialogue::Dialogue(TcpStream stream, std::chrono::milliseconds patience)
    : stream_(std::move(stream)), patience_(patience) {
  stream_.set_no_delay();
}

void Dialogue::send(std::string_view line) {
  KIT_TODO("lab 2, Dialogue::send");
}

Reply Dialogue::read() {
  KIT_TODO("lab 2, Dialogue::read");
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
