#include "thread_server.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <system_error>
#include <utility>

#include "check.h"
#include "concurrent_session.h"
#include "session_limits.h"
#include "session_threads.h"
#include "todo.h"

namespace kit {
namespace {

FileDescriptor open_reserve() { return FileDescriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC)); }

}  // namespace

void serve_with_threads(TcpListener& listener, ServerContext& context) {
  KIT_TODO("lab 8, serve_with_threads");
}

Acceptor::Acceptor(TcpListener& listener, Log& log) : listener_(listener), log_(log), reserve_(open_reserve()) {}

std::optional<TcpStream> Acceptor::next() {
  KIT_TODO("lab 8, Acceptor::next");
}

void turn_away(TcpStream client, const Reply& reason) {
  KIT_TODO("lab 8, turn_away");
}

}  // namespace kit
