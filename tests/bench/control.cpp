#include "control.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <string>

#include "check.h"

namespace bench {
namespace {

bool must_wait() { return errno == EAGAIN || errno == EWOULDBLOCK; }

}  // namespace

kit::FileDescriptor connect_to(std::uint16_t port) {
  kit::FileDescriptor socket(kit::check(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket"));
  const int on = 1;
  kit::check(::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "TCP_NODELAY");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0 &&
      errno != EINPROGRESS) {
    kit::check(-1, "connect");
  }
  return socket;
}

Task<> Control::send(std::string_view text) {
  while (!text.empty()) {
    const auto sent = kit::retry_eintr([&] { return ::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL); });
    if (sent >= 0) {
      text.remove_prefix(static_cast<std::size_t>(sent));
    } else if (must_wait()) {
      co_await socket_.writable();
    } else {
      kit::check(sent, "send on the control connection");
    }
  }
}

Task<std::size_t> Control::receive() {
  const std::span<char> room = reader_.prepare();
  for (;;) {
    const auto got = kit::retry_eintr([&] { return ::recv(socket_.get(), room.data(), room.size(), 0); });
    if (got > 0) {
      co_return static_cast<std::size_t>(got);
    }
    if (got == 0) {
      throw ProtocolError("the server ended the connection");
    }
    if (!must_wait()) {
      kit::check(got, "receive on the control connection");
    }
    co_await socket_.readable();
  }
}

Task<Reply> Control::reply() {
  for (;;) {
    if (const auto reply = reader_.next()) {
      co_return *reply;
    }
    const std::size_t got = co_await receive();
    reader_.commit(got);
  }
}

Task<Reply> Control::expect(int low, int high) {
  const Reply reply = co_await this->reply();
  if (reply.code < low || reply.code > high) {
    throw ProtocolError("unexpected reply: " + std::string(reply.text.substr(0, 60)));
  }
  co_return reply;
}

Task<Reply> Control::ask(std::string_view command, int low, int high) {
  co_await send(command);
  const Reply reply = co_await expect(low, high);
  co_return reply;
}

Task<> Control::expect_all(std::size_t count) {
  while (count > 0) {
    if (const auto reply = reader_.next()) {
      if (reply->code < 200 || reply->code > 299) {
        throw ProtocolError("unexpected reply: " + std::string(reply->text.substr(0, 60)));
      }
      --count;
    } else {
      const std::size_t got = co_await receive();
      reader_.commit(got);
    }
  }
}

Task<> Control::skip(std::size_t size) {
  while (size > 0) {
    const std::size_t got = co_await receive();  // never committed: the bytes are dropped
    if (got > size) {
      throw ProtocolError("more came back than was sent");
    }
    size -= got;
  }
}

Task<> log_in(Control& control, const LoadOptions& options) {
  co_await control.expect(200, 299);
  const std::string user = "USER " + options.user + "\r\n";
  const Reply reply = co_await control.ask(user, 200, 399);
  if (reply.code >= 300) {
    const std::string password = "PASS " + options.password + "\r\n";
    co_await control.ask(password, 200, 299);
  }
}

Task<> log_out(Control& control) { co_await control.ask("QUIT\r\n", 200, 299); }

}  // namespace bench
