#include "active_connector.h"

#include <netinet/in.h>
#include <poll.h>

#include <cerrno>
#include <system_error>

#include "check.h"
#include "file_descriptor.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

constexpr std::uint16_t first_unprivileged_port = 1024;

void set_option(const FileDescriptor& socket, int level, int option) {
  const int on = 1;
  ::setsockopt(socket.get(), level, option, &on, sizeof on);  // a hint: it works without
}

// A socket of the target's family that will call from `own`.
FileDescriptor socket_bound_to(const Address& own, const Address& target) {
  FileDescriptor socket(check(::socket(target.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket"));
  if (own.family() == target.family()) {  // a foreign target may be reached by the other network only
    set_option(socket, SOL_SOCKET, SO_REUSEADDR);
    if (own.port() == 0) {
      set_option(socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT);  // connect(2) knows better which port is free
    }
    check(::bind(socket.get(), own.raw(), own.length()), "bind");
  }
  return socket;
}

TcpStream connect_from(const Address& own, const Address& target, Waiter& waiter, const Deadline& deadline) {
  FileDescriptor socket = socket_bound_to(own, target);
  if (::connect(socket.get(), target.raw(), target.length()) < 0) {
    if (errno != EINPROGRESS && errno != EINTR) {
      throw std::system_error(errno, std::generic_category(), "connect to " + target.to_string());
    }
    waiter.wait(socket.get(), POLLOUT, deadline, "connecting to " + target.to_string());
    int error = 0;
    socklen_t size = sizeof error;
    check(::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size), "getsockopt SO_ERROR");
    if (error != 0) {
      throw std::system_error(error, std::generic_category(), "connect to " + target.to_string());
    }
  }
  return {std::move(socket), waiter};
}

}  // namespace
// END PRIVATE

std::uint16_t data_port(std::uint16_t control_port) {
  // BEGIN SOLUTION data_port
  return control_port > 1 && control_port <= first_unprivileged_port ? static_cast<std::uint16_t>(control_port - 1) : 0;
  // END SOLUTION
}

TcpStream ActiveConnector::open(Waiter& waiter, const Deadline& deadline) {
  // BEGIN SOLUTION ActiveConnector::open
  if (const std::uint16_t port = data_port(own_.port()); port != 0) {
    try {
      return connect_from(Address::resolve(own_.host(), port).front(), target_, waiter, deadline);
    } catch (const std::system_error& error) {
      // No right to it, taken, or the last connection between the two ports still lingers.
      if (error.code() != std::errc::permission_denied && error.code() != std::errc::address_in_use &&
          error.code() != std::errc::address_not_available) {
        throw;
      }
    }
  }
  return connect_from(Address::resolve(own_.host(), 0).front(), target_, waiter, deadline);
  // END SOLUTION
}

}  // namespace kit
