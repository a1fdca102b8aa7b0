#include <sys/sendfile.h>
#include <sys/socket.h>

#include <array>
#include <string>

#include "check.h"
#include "control.h"

namespace bench {
namespace {

constexpr std::size_t piece = 64 << 20;  // asked of the kernel at once; it gives what is there
constexpr std::size_t buffer_size = 256 << 10;

std::array<char, buffer_size> buffer;  // all that --copy receives goes here

/// Receives until the server ends the data connection; returns the number of bytes.
Task<std::uint64_t> drain(Watched& data, bool copy) {
  std::uint64_t total = 0;
  for (;;) {
    // With MSG_TRUNC TCP drops the bytes without copying them: the client then costs nearly nothing.
    const auto got = kit::retry_eintr([&] {
      return copy ? ::recv(data.get(), buffer.data(), buffer.size(), 0) : ::recv(data.get(), nullptr, piece, MSG_TRUNC);
    });
    if (got > 0) {
      total += static_cast<std::uint64_t>(got);
    } else if (got == 0) {
      co_return total;
    } else if (errno == EAGAIN) {
      co_await data.readable();
    } else {
      kit::check(got, "receive on the data connection");
    }
  }
}

/// Sends `size` bytes of a file and ends the data connection.
Task<std::uint64_t> pour(Watched& data, int source, std::uint64_t size) {
  off_t offset = 0;
  while (static_cast<std::uint64_t>(offset) < size) {
    const std::uint64_t left = size - static_cast<std::uint64_t>(offset);
    const auto sent =
        kit::retry_eintr([&] { return ::sendfile(data.get(), source, &offset, std::min<std::uint64_t>(left, piece)); });
    if (sent == 0) {
      throw ProtocolError("the upload's source is shorter than its size");
    }
    if (sent < 0 && errno == EAGAIN) {
      co_await data.writable();
    } else {
      kit::check(sent, "send on the data connection");
    }
  }
  data.close();
  co_return size;
}

Task<std::uint16_t> passive(Control& control, bool extended) {
  const Reply reply = co_await control.ask(extended ? "EPSV\r\n" : "PASV\r\n", 227, 229);
  const auto port = extended ? extended_passive_port(reply.text) : passive_port(reply.text);
  if (!port) {
    throw ProtocolError("no port in: " + std::string(reply.text));
  }
  co_return *port;
}

}  // namespace

Task<std::uint64_t> carry_out(EventLoop& loop, Control& control, const Transfer& transfer) {
  const std::uint16_t port = co_await passive(control, transfer.extended);
  Watched data(loop, connect_to(port));
  co_await control.ask(transfer.command, 100, 199);
  std::uint64_t bytes = 0;
  if (transfer.source < 0) {
    bytes = co_await drain(data, transfer.copy);
    data.close();
  } else {
    bytes = co_await pour(data, transfer.source, transfer.size);
  }
  co_await control.expect(200, 299);
  co_return bytes;
}

}  // namespace bench
