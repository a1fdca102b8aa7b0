#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "file_descriptor.h"
#include "session.h"
#include "tcp_stream.h"
#include "wait.h"

namespace kit {

/// Turns the bytes of a file into those that travel, or back: TYPE, STRU and MODE (RFC 959 3) as a program sees them.
/// This class leaves them as they are.
class Converter {
 public:
  Converter() = default;
  virtual ~Converter() = default;
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  /// The next bytes, converted; valid until the next call and as long as `bytes` is.
  virtual std::string_view convert(std::string_view bytes) { return bytes; }

  /// What is still owed when all bytes have been given. Throws ReplyError if they cannot end here.
  virtual std::string_view finish() { return {}; }

  /// Receiving: whether the bytes have told that the file has ended (RFC 959 3.4.2). In stream mode they never do.
  [[nodiscard]] virtual bool ended() const { return false; }
};

/// What is sent, before it is converted.
enum class Content {
  file,  ///< the bytes of a file
  text,  ///< lines that end in CRLF already, whatever TYPE says (RFC 1123 4.1.2.7): listings
};

/// A listing's line about the thing with that number, without CRLF; nothing if it has gone meanwhile. May be called by
/// several threads at once, for different numbers.
using LineMaker = std::function<std::optional<std::string>(std::size_t number)>;

/// Takes the next lines of a listing, each with its CRLF.
using LinesVisitor = std::function<void(std::string_view lines)>;

/// The places where later labs refine every transfer without editing it. Each is a function, and its default is the
/// plain case; main() of a later lab puts in its own. One object for all sessions: a service, put in by
/// offer_transfers().
struct TransferSeams {
  /// The door through which one transfer waits (see TransferWaiter).
  std::unique_ptr<Waiter> (*waiter)(Session& session);

  /// Held as long as the transfer lasts. Throws ReplyError 450 where there may be no further one.
  std::shared_ptr<void> (*slot)(Session& session);

  /// Sends the preliminary reply, 150; at the latest when the transfer waits for the first time.
  void (*begin)(Session& session, const Reply& opening);

  /// At which byte of the file a RETR or STOR begins; asked once for each, and used up by it.
  std::uint64_t (*restart_offset)(Session& session);

  std::unique_ptr<Converter> (*encoder)(Session& session, Content content);
  std::unique_ptr<Converter> (*decoder)(Session& session);

  /// Has the lines with the numbers below `count` made, and visits them in their order, some at a time. Throws what the
  /// two functions throw. The default, make_lines(), makes one after the other.
  void (*lines)(std::size_t count, const LineMaker& line_of, const LinesVisitor& visit);

  /// The pumps: see send_file() and receive_file(), which are the defaults.
  void (*send)(Session& session, int file, TcpStream& data);
  void (*receive)(Session& session, TcpStream& data, int file);

  /// Closes what holds the file that an upload has replaced (Upload::commit()), or nothing. The default does it at
  /// once.
  void (*let_go)(Session& session, FileDescriptor replaced);
};

}  // namespace kit
