#include <fcntl.h>
#include <netinet/in.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>

#include "arguments.h"
#include "bare_session.h"
#include "check.h"

namespace bench {
namespace {

constexpr std::size_t piece = 16 << 20;  // offered to the kernel at once
constexpr int pipe_size = 1 << 20;       // the most an unprivileged process may have
constexpr int low_port = 32768;          // the ports that Linux itself would choose from
constexpr int high_port = 60999;

/// Binds to a random port, stepping on while ports are taken: bind() to port 0 gets slow with many in TIME_WAIT.
std::uint16_t bind_somewhere(int socket, std::minstd_rand& random) {
  const int on = 1;
  kit::check(::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "SO_REUSEADDR");
  std::uniform_int_distribution<int> any(low_port, high_port);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (int tries = 0;; ++tries) {
    const auto port = static_cast<std::uint16_t>(any(random));
    address.sin_port = htons(port);
    const int bound = ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    if (bound == 0) {
      return port;
    }
    if (errno != EADDRINUSE || tries > 1000) {
      kit::check(bound, "bind");
    }
  }
}

/// What a server would say of `count` files, made up.
std::string made_up_listing(const std::string& verb, std::size_t count) {
  const char* format = verb == "MLSD" ? "type=file;size=64;modify=20240101000000; file-%06zu.txt\r\n"
                                      : "-rw-r--r--   1 ftp      ftp            64 Jan 01  2024 file-%06zu.txt\r\n";
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    std::array<char, 128> line{};
    text.append(line.data(), static_cast<std::size_t>(std::snprintf(line.data(), line.size(), format, i)));
  }
  return text;
}

}  // namespace

void BareSession::listen(bool extended) {
  kit::FileDescriptor socket(kit::check(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket"));
  const unsigned port = bind_somewhere(socket.get(), shared_.random);
  kit::check(::listen(socket.get(), 1), "listen");
  listener_.emplace(shared_.loop, std::move(socket));
  std::array<char, 64> text{};
  if (extended) {
    std::snprintf(text.data(), text.size(), "229 Enter (|||%u|).\r\n", port);
  } else {
    std::snprintf(text.data(), text.size(), "227 Enter (127,0,0,1,%u,%u).\r\n", port >> 8U, port & 0xffU);
  }
  out_ += text.data();
}

Task<kit::FileDescriptor> BareSession::accept() {
  for (;;) {
    const int got =
        kit::retry_eintr([&] { return ::accept4(listener_->get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC); });
    if (got >= 0) {
      co_return kit::FileDescriptor(got);
    }
    if (errno != EAGAIN) {
      kit::check(got, "accept");
    }
    co_await listener_->readable();
  }
}

Task<> BareSession::transfer(std::string verb, std::string path) {
  kit::FileDescriptor accepted = co_await accept();
  Watched data(shared_.loop, std::move(accepted));
  out_ += "150 Here it comes.\r\n";
  co_await flush();
  if (verb == "RETR") {
    co_await send_file(data, path);
  } else if (verb == "STOR") {
    co_await receive_file(data, path);
  } else {
    co_await send_text(data, listing(verb, path));
  }
  data.close();
  listener_.reset();
  out_ += "226 Done.\r\n";
}

Task<> BareSession::send_file(Watched& data, const std::string& path) const {
  const kit::FileDescriptor file(kit::check(::openat(shared_.root.get(), path.c_str(), O_RDONLY | O_CLOEXEC), "open"));
  for (;;) {
    const auto sent = kit::retry_eintr([&] { return ::sendfile(data.get(), file.get(), nullptr, piece); });
    if (sent == 0) {
      co_return;
    }
    if (sent < 0 && errno == EAGAIN) {
      co_await data.writable();
    } else {
      kit::check(sent, "sendfile");
    }
  }
}

Task<> BareSession::receive_file(Watched& data, const std::string& path) {
  const kit::FileDescriptor file(
      kit::check(::openat(shared_.root.get(), path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666), "open"));
  if (!pipe_in_) {
    std::array<int, 2> ends{};
    kit::check(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK), "pipe2");
    pipe_out_.reset(ends[0]);
    pipe_in_.reset(ends[1]);
    ::fcntl(pipe_in_.get(), F_SETPIPE_SZ, pipe_size);  // a smaller pipe works too
  }
  for (;;) {
    auto held = kit::retry_eintr([&] {
      return ::splice(data.get(), nullptr, pipe_in_.get(), nullptr, piece, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
    });
    if (held == 0) {
      co_return;
    }
    if (held < 0 && errno == EAGAIN) {
      co_await data.readable();
      continue;
    }
    kit::check(held, "splice from the socket");
    while (held > 0) {
      held -= kit::check(kit::retry_eintr([&] {
                           return ::splice(pipe_out_.get(), nullptr, file.get(), nullptr,
                                           static_cast<std::size_t>(held), SPLICE_F_MOVE);
                         }),
                         "splice to the file");
    }
  }
}

Task<> BareSession::send_text(Watched& data, const std::string& text) {
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto sent = kit::retry_eintr([&] { return ::send(data.get(), rest.data(), rest.size(), MSG_NOSIGNAL); });
    if (sent >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN) {
      co_await data.writable();
    } else {
      kit::check(sent, "send");
    }
  }
}

const std::string& BareSession::listing(const std::string& verb, const std::string& path) {
  std::string& text = shared_.listings[verb + path];
  if (text.empty()) {  // the number of names is the end of the directory's name: names-1000
    const std::string_view digits = std::string_view(path).substr(path.rfind('-') + 1);
    text = made_up_listing(verb, kit::parse_number<std::size_t>(digits, 1, 10'000'000).value_or(1));
  }
  return text;
}

}  // namespace bench
