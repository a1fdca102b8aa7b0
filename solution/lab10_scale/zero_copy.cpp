#include "zero_copy.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/sendfile.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <typeinfo>

#include "check.h"
#include "splice_pipe.h"
#include "todo.h"
#include "transfer.h"
#include "transfer_seams.h"

namespace kit {
namespace {

// How much one call may move before the door is asked again: whether the client has said ABOR, or the server stops.
constexpr std::size_t piece = std::size_t{2} << 20U;

// Whether a converter leaves the bytes as they are: whatever TYPE, STRU and MODE say, it is none but the plain one.
bool changes_nothing(const Converter& converter) { return typeid(converter) == typeid(Converter); }

bool cannot(int error) { return error == EINVAL || error == ENOSYS || error == EOPNOTSUPP; }

// An error of the file; the reply is that of lab 5's pumps.
[[noreturn]] void refuse_file(const std::error_code& error) {
  const Reply reply = reply_for(error);
  throw ReplyError(reply.kind() == 4 || reply.code == 552 ? reply.code : 451, reply.lines.front());
}

}  // namespace
// BEGIN PRIVATE
namespace {

constexpr std::size_t small = std::size_t{64} << 10U;          // what the sockets hold while nobody reads yet
constexpr int unsent = 256 << 10;                              // bytes; see prepare()
constexpr std::uint64_t soon_over = std::uint64_t{32} << 20U;  // likewise

// What the socket holds unsent beyond what keeps the connection busy costs memory and the processor's cache, and brings
// nothing; how much may be under way is not touched by that (tcp(7), TCP_NOTSENT_LOWAT). In a file that is soon over
// only whole segments go (TCP_CORK); long ones were slower by it. Measured: docs/performance.md.
void prepare(int socket, std::uint64_t size) {
  ::setsockopt(socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof unsent);
  const int on = size <= soon_over ? 1 : 0;
  ::setsockopt(socket, IPPROTO_TCP, TCP_CORK, &on, sizeof on);
}

// Empties the pipe; an error of writing is the file's.
bool store(SplicePipe& pipe, int file) {
  try {
    return pipe.empty_into(file);
  } catch (const std::system_error& error) {
    refuse_file(error.code());
  }
}

// What the socket has; nothing if there was nothing after all.
std::optional<std::size_t> take(SplicePipe& pipe, const TcpStream& data) {
  try {
    return pipe.fill_from(data.descriptor());
  } catch (const std::system_error& error) {
    if (error.code() == std::errc::resource_unavailable_try_again) {
      return std::nullopt;
    }
    throw;
  }
}

// Returns whether the client has ended; else the rest has to be received in another way.
bool splice_all(Session& session, TcpStream& data, int file, SplicePipe& pipe) {
  std::size_t unasked = piece;
  while (true) {
    if (unasked >= piece) {
      data.waiter().wait(data.descriptor(), POLLIN, Deadline::never(), "the client sends nothing");
      unasked = 0;
    }
    const std::optional<std::size_t> got = take(pipe, data);
    if (got == 0U) {  // if the control connection has ended too, that was no end of the file: the door knows
      data.waiter().wait(data.descriptor(), POLLIN, Deadline::never(), "the client's end");
      return true;
    }
    const bool spliced = store(pipe, file);
    session.count_bytes(got.value_or(0));
    if (!spliced) {
      return false;
    }
    unasked = got ? unasked + *got : piece;  // nothing there: wait
  }
}

}  // namespace
// END PRIVATE

void send_without_copy(Session& session, int file, TcpStream& data) {
  // BEGIN SOLUTION send_without_copy
  const bool as_it_is = changes_nothing(*session.service<TransferSeams>().encoder(session, Content::file));
  std::uint64_t left = as_it_is ? skip_to(file, 0) : 0;
  if (left > small) {
    prepare(data.descriptor(), left);
  }
  for (bool fresh = true; left > 0; fresh = false) {
    if (!fresh) {  // a connection that was just made takes a piece: most files are no longer
      data.waiter().wait(data.descriptor(), POLLOUT, Deadline::never(), "the client does not read");
    }
    const std::size_t wanted = std::min<std::uint64_t>(left, piece);
    const ssize_t sent = retry_eintr([&] { return ::sendfile(data.descriptor(), file, nullptr, wanted); });
    if (sent < 0 && cannot(errno)) {
      break;
    }
    if (sent < 0 && errno != EAGAIN) {
      throw std::system_error(errno, std::generic_category(), "sendfile");
    }
    if (sent == 0) {
      return;  // the file has become shorter
    }
    session.count_bytes(static_cast<std::uint64_t>(std::max<ssize_t>(sent, 0)));
    left -= static_cast<std::uint64_t>(std::max<ssize_t>(sent, 0));
    if (left == 0) {
      return;
    }
  }
  send_file(session, file, data);
  // END SOLUTION
}

void receive_without_copy(Session& session, TcpStream& data, int file) {
  // BEGIN SOLUTION receive_without_copy
  if (changes_nothing(*session.service<TransferSeams>().decoder(session))) {
    SplicePipe pipe;
    try {
      if (splice_all(session, data, file, pipe)) {
        return;
      }
    } catch (const std::system_error& error) {
      if (!cannot(error.code().value())) {
        throw;
      }
    }
  }
  receive_file(session, data, file);
  // END SOLUTION
}

void offer_zero_copy(ServerContext& context) {
  auto* seams = context.services.find<TransferSeams>();
  if (seams == nullptr) {
    throw std::logic_error("offer_transfers() comes first");
  }
  seams->send = send_without_copy;
  seams->receive = receive_without_copy;
  std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace kit
