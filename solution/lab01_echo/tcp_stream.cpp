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
// BEGIN PRIVATE
namespace {

bool would_block(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

// Connects to one address; a failure is thrown.
FileDescriptor connect_one(const Address& address, Waiter& waiter, const Deadline& deadline) {
  FileDescriptor socket(check(::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket"));
  if (::connect(socket.get(), address.raw(), address.length()) < 0) {
    // An interrupted connect goes on by itself, exactly like a non-blocking one that has only just begun.
    if (errno != EINPROGRESS && errno != EINTR) {
      throw std::system_error(errno, std::generic_category(), "connect to " + address.to_string());
    }
    waiter.wait(socket.get(), POLLOUT, deadline, "connecting to " + address.to_string());
    int error = 0;
    socklen_t size = sizeof error;
    check(::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size), "getsockopt SO_ERROR");
    if (error != 0) {
      throw std::system_error(error, std::generic_category(), "connect to " + address.to_string());
    }
  }
  return socket;
}

}  // namespace
// END PRIVATE

TcpStream::TcpStream(FileDescriptor socket, Waiter& waiter) : socket_(std::move(socket)), waiter_(&waiter) {}

TcpStream TcpStream::connect(std::span<const Address> addresses, Waiter& waiter, const Deadline& deadline) {
  // BEGIN SOLUTION TcpStream::connect
  std::optional<std::system_error> last;
  for (const Address& address : addresses) {
    try {
      return {connect_one(address, waiter, deadline), waiter};
    } catch (const std::system_error& error) {
      last = error;
    }
  }
  throw last.value_or(std::system_error(EDESTADDRREQ, std::generic_category(), "connect"));
  // END SOLUTION
}

std::size_t TcpStream::read_some(std::span<char> buffer, const Deadline& deadline) {
  // BEGIN SOLUTION TcpStream::read_some
  while (true) {
    // Before the first try too: a peer who never pauses would leave no moment in which to notice the wish to stop.
    waiter_->wait(socket_.get(), POLLIN, deadline, "waiting for bytes from the peer");
    const ssize_t got = retry_eintr([&] { return ::recv(socket_.get(), buffer.data(), buffer.size(), 0); });
    if (got >= 0) {
      return static_cast<std::size_t>(got);
    }
    if (!would_block(errno)) {
      throw std::system_error(errno, std::generic_category(), "recv");
    }
  }
  // END SOLUTION
}

void TcpStream::write_all(std::string_view bytes, const Deadline& deadline) {
  // BEGIN SOLUTION TcpStream::write_all
  while (!bytes.empty()) {
    const ssize_t sent = retry_eintr([&] { return ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL); });
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (would_block(errno)) {
      waiter_->wait(socket_.get(), POLLOUT, deadline, "waiting for the peer to read");
    } else {
      throw std::system_error(errno, std::generic_category(), "send");
    }
  }
  // END SOLUTION
}

void TcpStream::shutdown_write() {
  // BEGIN SOLUTION TcpStream::shutdown_write
  if (::shutdown(socket_.get(), SHUT_WR) < 0 && errno != ENOTCONN) {
    throw std::system_error(errno, std::generic_category(), "shutdown");
  }
  // END SOLUTION
}

void TcpStream::set_no_delay() {
  const int on = 1;
  check(::setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "setsockopt TCP_NODELAY");
}

Address TcpStream::local() const {
  // BEGIN SOLUTION TcpStream::local
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  check(::getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&storage), &size), "getsockname");
  return {reinterpret_cast<sockaddr*>(&storage), size};
  // END SOLUTION
}

Address TcpStream::peer() const {
  // BEGIN SOLUTION TcpStream::peer
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  check(::getpeername(socket_.get(), reinterpret_cast<sockaddr*>(&storage), &size), "getpeername");
  return {reinterpret_cast<sockaddr*>(&storage), size};
  // END SOLUTION
}

Waiter& TcpStream::wait_through(Waiter& waiter) { return *std::exchange(waiter_, &waiter); }

}  // namespace kit
