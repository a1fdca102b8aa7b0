#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "line_reader.h"

namespace kit {

/// What a server answers to a command (RFC 959 4.2): a code of three digits and one or more lines of text.
struct Reply {
  Reply(int reply_code, std::string text) : code(reply_code), lines{std::move(text)} {}
  Reply(int reply_code, std::vector<std::string> text) : code(reply_code), lines(std::move(text)) {
    lines.resize(std::max<std::size_t>(lines.size(), 1));
  }

  int code;
  std::vector<std::string> lines;  ///< the first and the last without the code, all without line end; never empty

  /// The first digit, by which a client decides: 1 preliminary, 2 completed, 3 intermediate, 4 failed for now,
  /// 5 failed.
  [[nodiscard]] int kind() const { return code / 100; }
  [[nodiscard]] bool preliminary() const { return kind() == 1; }
  [[nodiscard]] bool completed() const { return kind() == 2; }
  [[nodiscard]] bool intermediate() const { return kind() == 3; }
  [[nodiscard]] bool failed() const { return kind() >= 4; }

  /// Code and text in one line, for people: "550 No such file". Several lines are joined by " / "; control bytes are
  /// escaped.
  [[nodiscard]] std::string summary() const;

  /// All lines with the code where it belongs: "211-First", " inner", "211 Last". For a reply that was received: as it
  /// came.
  [[nodiscard]] std::vector<std::string> numbered_lines() const;

  bool operator==(const Reply&) const = default;
};

/// `reply` as it goes over the wire: "226 Done\r\n"; of several lines "211-First\r\n inner\r\n211 Last\r\n". An inner
/// line that begins with a digit is moved one space to the right, so that no client takes it for the last. CR, LF and
/// NUL in the text become '?': no file name can forge a reply. 0xFF is doubled (Telnet).
std::string format_reply(const Reply& reply);

/// What came is no reply: no three digits, or beyond all bounds. The connection is of no use any more.
class MalformedReply : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Makes replies out of a stream of bytes. Pure: touches no socket. A reply of several lines begins with `nnn-` and
/// ends only at the same code with a space behind it (RFC 959 4.2); lines in between are text, whatever they begin
/// with. Takes bare LF for a line end too. Telnet commands are taken out and never answered (RFC 1123 4.1.2.12).
class ReplyParser {
 public:
  /// A reply is refused past these: an evil server must not fill the client's memory.
  static constexpr std::size_t line_limit = 65536;
  static constexpr std::size_t reply_limit = std::size_t{4} << 20U;

  /// Adds bytes as they came from the network.
  void feed(std::string_view bytes);

  /// Takes the next complete reply, or nothing if there is none yet. Throws MalformedReply.
  std::optional<Reply> next();

 private:
  LineReader lines_{line_limit};
  // Keep here the lines of a reply whose last line has not come yet.
};

}  // namespace kit
