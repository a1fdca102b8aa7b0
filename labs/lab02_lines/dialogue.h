#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "reply.h"
#include "tcp_stream.h"
#include "telnet.h"

namespace kit {

/// The server closed the control connection where a reply was due.
class ConnectionClosed : public std::runtime_error {
 public:
  ConnectionClosed() : std::runtime_error("the server closed the connection") {}
};

/// `line` as a client sends it: CR LF behind it, 0xFF doubled, a CR inside as CR NUL (RFC 2640 3.1).
/// Throws std::invalid_argument if it holds LF or NUL: they would end it, or mean nothing.
std::string encode_line(std::string_view line);

/// The client's end of a control connection: one command goes out, its replies come in. Owns the stream.
class Dialogue {
 public:
  /// Called with every line sent and every reply received, as a verbose mode shows them.
  using Observer = std::function<void(std::string_view line_sent, const Reply* received)>;

  /// `patience` is how long the server may take over each reply.
  Dialogue(TcpStream stream, std::chrono::milliseconds patience);

  /// Sends one command line. Throws std::invalid_argument (see encode_line), TimedOut, Stopped, std::system_error.
  void send(std::string_view line);

  /// Waits for the next reply; preliminary ones too. Throws MalformedReply, ConnectionClosed, TimedOut, Stopped,
  /// std::system_error.
  Reply read();

  /// A reply that has been received already, without any waiting or reading. Throws MalformedReply.
  std::optional<Reply> read_buffered();

  /// Whether a reply has come, or the beginning of one, or the connection's end: then read() is not in vain. Telnet
  /// commands are none of that, and are taken off the connection here. Given.
  bool has_reply();

  /// send() and read() in one.
  Reply ask(std::string_view line);

  void observe(Observer observer) { observer_ = std::move(observer); }

  [[nodiscard]] TcpStream& stream() { return stream_; }
  [[nodiscard]] const TcpStream& stream() const { return stream_; }

 private:
  TcpStream stream_;
  std::chrono::milliseconds patience_;
  ReplyParser parser_;
  TelnetDecoder telnet_;  // as far as the parser's own has come
  Observer observer_;
};

}  // namespace kit
