#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "telnet.h"

namespace kit {

/// The longest line taken, without its end: a verb and a path of PATH_MAX bytes.
constexpr std::size_t default_line_limit = 4608;

/// One line that a client sent, without its end.
struct Line {
  enum class Defect {
    none,
    too_long,  ///< longer than the limit: `text` holds only its beginning. Answer 500.
    nul,       ///< `text` holds a NUL that does not stand behind a CR: no name can mean that. Answer 501.
  };
  std::string text;
  Defect defect = Defect::none;
};

/// Makes lines out of a stream of bytes that has no borders: a line may come in many pieces, and one piece may hold
/// many lines. Pure: touches no socket. Memory is bounded by the limit and the bytes fed since the last line was taken.
///
/// A line ends at CR LF; a bare LF ends it too (people type into `nc`). A CR with anything but LF or NUL behind it is
/// data; CR NUL is a CR of data (RFC 2640 3.1). Telnet commands are taken out (see TelnetDecoder).
class LineReader {
 public:
  explicit LineReader(std::size_t limit = default_line_limit) : limit_(limit) {}

  /// Adds bytes as they came from the network.
  void feed(std::string_view bytes);

  /// Takes the next complete line, or nothing if there is none yet. Of a line over the limit the rest is discarded up
  /// to its end, and the whole gives one Line with the defect: its tail is never taken for a line of its own.
  std::optional<Line> next();

  /// Telnet refusals to be sent to the peer (see TelnetDecoder::take_answers).
  std::string take_answers() { return telnet_.take_answers(); }

 private:
  std::size_t limit_;
  TelnetDecoder telnet_;
  // Keep here what next() has to remember from call to call.
};

}  // namespace kit
