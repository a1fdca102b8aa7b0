#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "event_loop.h"
#include "load_options.h"
#include "reply_reader.h"
#include "task.h"

namespace bench {

/// A non-blocking TCP socket on its way to a port of 127.0.0.1; a refusal shows at the first read or write.
kit::FileDescriptor connect_to(std::uint16_t port);

/// The client's end of a control connection.
class Control {
 public:
  Control(EventLoop& loop, std::uint16_t port) : socket_(loop, connect_to(port)) {}

  Task<> send(std::string_view text);
  /// The next reply, preliminary ones too. Throws ProtocolError when the server ends the connection instead.
  Task<Reply> reply();
  /// Sends a command and returns its reply, whose code must lie between `low` and `high`.
  Task<Reply> ask(std::string_view command, int low, int high);
  /// The next reply if its code lies between `low` and `high`; throws ProtocolError otherwise.
  Task<Reply> expect(int low, int high);
  /// Takes `count` replies, each of which must be positive (2yz): quicker than expect() for each.
  Task<> expect_all(std::size_t count);
  /// Receives exactly `size` bytes and drops them: for servers that only echo.
  Task<> skip(std::size_t size);

 private:
  Task<std::size_t> receive();

  Watched socket_;
  ReplyReader reader_;
};

/// Reads the greeting and logs in.
Task<> log_in(Control& control, const LoadOptions& options);

/// Says goodbye and waits for the server to say it too.
Task<> log_out(Control& control);

/// One transfer over a data connection of its own: asks for a passive port, connects, sends `command`, moves the bytes
/// and waits for the final reply.
struct Transfer {
  std::string command;  ///< with its CRLF
  int source = -1;      ///< a file to send; negative: receive
  std::uint64_t size = 0;
  bool extended = false;
  bool copy = false;
};

/// Carries out a transfer and returns the number of bytes moved.
Task<std::uint64_t> carry_out(EventLoop& loop, Control& control, const Transfer& transfer);

}  // namespace bench
