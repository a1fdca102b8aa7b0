#include "dialogue.h"

#include <array>
#include <utility>

#include "telnet.h"
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

Reply Dialogue::ask(std::string_view line) {
  send(line);
  return read();
}

}  // namespace kit
