#include "converse.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>

#include "check.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

constexpr std::size_t buffer_size = 65536;

// A file or pipe takes its time at most as long as its reader does; the deadline is the peer's, not its.
void write_output(int output, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = retry_eintr([&] { return ::write(output, bytes.data(), bytes.size()); });
    bytes.remove_prefix(static_cast<std::size_t>(check(written, "write")));
  }
}

// The direction from `input` to the peer: holds what was read and is not sent yet.
class Sender {
 public:
  Sender(TcpStream& stream, int input) : stream_(stream), input_(input) {}

  [[nodiscard]] bool done() const { return ended_ && pending_.empty(); }
  [[nodiscard]] pollfd wants_input() const { return {ended_ || !pending_.empty() ? -1 : input_, POLLIN, 0}; }
  [[nodiscard]] short wants_socket() const { return pending_.empty() ? 0 : POLLOUT; }

  void read_input() {
    const ssize_t got = retry_eintr([&] { return ::read(input_, buffer_.data(), buffer_.size()); });
    pending_ = {buffer_.data(), static_cast<std::size_t>(check(got, "read"))};
    if (pending_.empty()) {
      ended_ = true;
      stream_.shutdown_write();
    }
  }

  // One send of what fits: waiting for the rest here would stop the other direction.
  void send_some() {
    const ssize_t sent =
        retry_eintr([&] { return ::send(stream_.descriptor(), pending_.data(), pending_.size(), MSG_NOSIGNAL); });
    if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
      return;
    }
    pending_.remove_prefix(static_cast<std::size_t>(check(sent, "send")));
  }

 private:
  TcpStream& stream_;
  int input_;
  bool ended_ = false;
  std::array<char, buffer_size> buffer_{};
  std::string_view pending_;
};

}  // namespace
// END PRIVATE

bool converse(TcpStream& stream, Waiter& waiter, int input, int output, std::chrono::milliseconds patience) {
  // BEGIN SOLUTION converse
  Sender sender(stream, input);
  std::array<char, buffer_size> received;
  while (true) {
    std::array<pollfd, 2> watched{pollfd{stream.descriptor(), static_cast<short>(POLLIN | sender.wants_socket()), 0},
                                  sender.wants_input()};
    waiter.wait_any(watched, Deadline::after(patience), "nothing was sent and nothing came");
    if (watched[1].revents != 0) {  // first: where both sides end at once, everything was sent
      sender.read_input();
    }
    if ((watched[0].revents & ~POLLOUT) != 0) {
      const std::size_t got = stream.read_some(received, Deadline::after(patience));
      if (got == 0) {
        return sender.done();
      }
      write_output(output, {received.data(), got});
    }
    if ((watched[0].revents & POLLOUT) != 0) {
      sender.send_some();
    }
  }
  // END SOLUTION
}

}  // namespace kit
