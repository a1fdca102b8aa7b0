#include "tcp_stream.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

#include "check.h"
#include "todo.h"

namespace kit {

TcpStream::TcpStream(FileDescriptor socket, Waiter& waiter) : socket_(std::move(socket)), waiter_(&waiter) {}

TcpStream TcpStream::connect(std::span<const Address> addresses, Waiter& waiter, const Deadline& deadline) {
  KIT_TODO("lab 1, TcpStream::connect");
}

std::size_t TcpStream::read_some(std::span<char> buffer, const Deadline& deadline) {
  KIT_TODO("lab 1, TcpStream::read_some");
}

void TcpStream::write_all(std::string_view bytes, const Deadline& deadline) {
  KIT_TODO("lab 1, TcpStream::write_all");
}

void TcpStream::shutdown_write() {
  KIT_TODO("lab 1, TcpStream::shutdown_write");
}

void TcpStream::set_no_delay() {
  const int on = 1;
  check(::setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "setsockopt TCP_NODELAY");
}

Address TcpStream::local() const {
  KIT_TODO("lab 1, TcpStream::local");
}

Address TcpStream::peer() const {
  KIT_TODO("lab 1, TcpStream::peer");
}

Waiter& TcpStream::wait_through(Waiter& waiter) { return *std::exchange(waiter_, &waiter); }

}  // namespace kit
