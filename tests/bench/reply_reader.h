#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bench {

/// The server said something that is no FTP reply, or not the reply that the measurement needs.
class ProtocolError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A reply's code and its last line.
struct Reply {
  int code = 0;
  std::string_view text;  ///< the last line without its end; valid until the next prepare()
};

/// Takes replies out of a stream of bytes (RFC 959 4.2). Pure: it touches no socket.
class ReplyReader {
 public:
  /// Room for the next bytes; commit() says how many have been written there.
  std::span<char> prepare();
  void commit(std::size_t size) { end_ += size; }

  /// The next whole reply, a multi-line one by its last line; nothing when more bytes are needed.
  /// Throws ProtocolError for a line that can't be part of a reply, and for one longer than the buffer.
  std::optional<Reply> next();

 private:
  std::optional<std::string_view> line();

  std::string buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  int open_ = 0;  // the code of a multi-line reply that has begun
};

/// The port of a 227 reply, "(h1,h2,h3,h4,p1,p2)" wherever the digits begin (RFC 1123 4.1.2.6).
std::optional<std::uint16_t> passive_port(std::string_view text);

/// The port of a 229 reply, "(|||port|)" with any delimiter (RFC 2428 3).
std::optional<std::uint16_t> extended_passive_port(std::string_view text);

}  // namespace bench
