#include "tcp_listener.h"

#include <sys/socket.h>

#include <cerrno>
#include <chrono>
#include <system_error>

#include "check.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

// Errors of the connection rather than of the listener (see accept(2)): the next client deserves its chance.
bool concerns_one_client(int error) {
  return error == ECONNABORTED || error == EPROTO || error == ENETDOWN || error == ENETUNREACH || error == EHOSTDOWN ||
         error == EHOSTUNREACH || error == ENOPROTOOPT || error == EOPNOTSUPP;
}

bool lacks_resources(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

// The client who could not be accepted stays in the line: a server that tries again at once does nothing else.
void pause(Waiter& waiter) {
  try {
    waiter.wait_any({}, Deadline::after(std::chrono::milliseconds(100)), "something to be freed");
  } catch (const TimedOut&) {
    // That was the plan.
  }
}

}  // namespace
// END PRIVATE

TcpListener::TcpListener(const Address& address, Waiter& waiter) : waiter_(&waiter) {
  // BEGIN SOLUTION TcpListener::TcpListener
  socket_.reset(check(::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket"));
  const int on = 1;
  check(::setsockopt(socket_.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "setsockopt SO_REUSEADDR");
  if (::bind(socket_.get(), address.raw(), address.length()) < 0) {
    throw std::system_error(errno, std::generic_category(), "bind to " + address.to_string());
  }
  check(::listen(socket_.get(), SOMAXCONN), "listen");
  // END SOLUTION
}

TcpStream TcpListener::accept(const Deadline& deadline) {
  // BEGIN SOLUTION TcpListener::accept
  while (true) {
    // Before the first try too: where clients never cease to come there must be a moment to notice the wish to stop.
    waiter_->wait(socket_.get(), POLLIN, deadline, "waiting for a connection");
    const int accepted =
        retry_eintr([&] { return ::accept4(socket_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC); });
    if (accepted >= 0) {
      return {FileDescriptor(accepted), *waiter_};
    }
    const int error = errno;
    if (lacks_resources(error)) {
      pause(*waiter_);
    }
    if (error != EAGAIN && error != EWOULDBLOCK && !concerns_one_client(error)) {
      throw std::system_error(error, std::generic_category(), "accept");
    }
  }
  // END SOLUTION
}

Address TcpListener::local() const {
  // BEGIN SOLUTION TcpListener::local
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  check(::getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&storage), &size), "getsockname");
  return {reinterpret_cast<sockaddr*>(&storage), size};
  // END SOLUTION
}

}  // namespace kit
