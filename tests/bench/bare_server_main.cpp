// bare_server PORT --root DIR: the yardstick. One epoll thread, ready-made replies, sendfile and splice; `--echo`
// instead of --root DIR echoes lines. No FTP server could be measured against less: never run it on a network.

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <memory>
#include <string>
#include <string_view>

#include "arguments.h"
#include "bare_session.h"
#include "check.h"
#include "program.h"

namespace {

using bench::Detached;
using bench::Watched;

Detached serve(bench::BareShared& shared, kit::FileDescriptor socket) {
  const auto session = std::make_unique<bench::BareSession>(shared, std::move(socket));
  try {
    co_await session->run();
  } catch (const std::exception&) {
    // A client that went, or asked for a file that is not there: its connection ends, and that is all.
  }
}

Detached accept_all(bench::BareShared& shared, Watched& listener) {
  for (;;) {
    const int got = ::accept4(listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (got < 0) {
      co_await listener.readable();
      continue;
    }
    const int on = 1;
    ::setsockopt(got, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    serve(shared, kit::FileDescriptor(got));
  }
}

kit::FileDescriptor listen_on(std::uint16_t& port) {
  kit::FileDescriptor socket(kit::check(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket"));
  const int on = 1;
  kit::check(::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "SO_REUSEADDR");
  sockaddr_in address{};
  socklen_t size = sizeof address;
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  kit::check(::bind(socket.get(), generic, size), "bind");
  kit::check(::listen(socket.get(), 4096), "listen");
  kit::check(::getsockname(socket.get(), generic, &size), "getsockname");
  port = ntohs(address.sin_port);
  return socket;
}

int serve_forever(std::uint16_t port, bool echo, const std::string& root) {
  rlimit limit{};
  kit::check(::getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
  limit.rlim_cur = limit.rlim_max;
  kit::check(::setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
  bench::EventLoop loop;
  bench::BareShared shared{
      .loop = loop,
      .root = kit::FileDescriptor(kit::check(::open(root.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC), root.c_str())),
      .echo = echo,
      .listings = {}};
  Watched listener(loop, listen_on(port));
  kit::announce_listening("127.0.0.1:" + std::to_string(port));
  accept_all(shared, listener);
  loop.run([] { return false; }, bench::Clock::time_point::max());
  return kit::exit_ok;
}

}  // namespace

int main(int argc, char** argv) {
  return kit::run_program("bare_server", [&]() -> int {
    const bool echo = argc == 3 && std::string_view(argv[2]) == "--echo";
    if (!echo && (argc != 4 || std::string_view(argv[2]) != "--root")) {
      throw kit::UsageError("usage: bare_server PORT --root DIR, or bare_server PORT --echo");
    }
    return serve_forever(kit::port_argument(argv[1]), echo, echo ? "/" : argv[3]);
  });
}
