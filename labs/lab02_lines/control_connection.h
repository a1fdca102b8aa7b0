#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "line_reader.h"
#include "reply.h"
#include "tcp_stream.h"

namespace kit {

/// The server's end of a control connection: lines come in, replies go out. Owns the stream; knows no command.
/// Movable; not for two threads at once.
class ControlConnection {
 public:
  /// `patience` is how long one reply may take to be sent to a client that does not read.
  ControlConnection(TcpStream stream, std::chrono::milliseconds patience);

  /// Waits for the next line. Nothing means that the client has closed its direction; an unfinished line is dropped
  /// then. Telnet options are refused on the way. Throws TimedOut, Stopped, std::system_error.
  std::optional<Line> read_line(const Deadline& deadline);

  /// A line that is complete already, without any waiting or reading.
  std::optional<Line> buffered_line() { return reader_.next(); }

  /// Reads what the socket holds (waiting for it if need be) and feeds it to the lines; false at the end of the
  /// client's direction. read_line() is made of this.
  bool fill(const Deadline& deadline);

  /// Sends one reply, at once and whole. Throws TimedOut, Stopped, std::system_error.
  void send(const Reply& reply);

  /// Ends the connection so that what was sent still arrives: a close() with unread bytes in the socket would reset it,
  /// and a reset destroys what the client has not read yet. So: no more from us; then whatever the client still sends
  /// is read and dropped until its end, for at most `linger_time` and `linger_bytes`; then close. Throws nothing of
  /// that.
  void close();

  static constexpr std::chrono::milliseconds linger_time{1000};
  static constexpr std::size_t linger_bytes = std::size_t{1} << 20U;

  [[nodiscard]] TcpStream& stream() { return stream_; }
  [[nodiscard]] const TcpStream& stream() const { return stream_; }

 private:
  TcpStream stream_;
  std::chrono::milliseconds patience_;
  LineReader reader_;
};

}  // namespace kit
