#include "tcp_listener.h"

#include <sys/socket.h>

#include <cerrno>
#include <chrono>
#include <system_error>

#include "check.h"
#include "todo.h"

namespace kit {

TcpListener::TcpListener(const Address& address, Waiter& waiter) : waiter_(&waiter) {
  KIT_TODO("lab 1, TcpListener::TcpListener");
}

TcpStream TcpListener::accept(const Deadline& deadline) {
  KIT_TODO("lab 1, TcpListener::accept");
}

Address TcpListener::local() const {
  KIT_TODO("lab 1, TcpListener::local");
}

}  // namespace kit
