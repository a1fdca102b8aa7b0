#pragma once

#include <cstdint>
#include <utility>

#include "command_table.h"
#include "session.h"

namespace kit {

/// Where the next transfer begins (RFC 3659 5). A part of the session. REST says it; the very next command that is not
/// about how to transfer takes it, and uses it or not: so it can never begin a transfer that it was not meant for.
class RestartPoint {
 public:
  /// REST has come.
  void set(std::uint64_t offset) { said_ = offset; }

  /// A command begins that REST may have been meant for.
  void begin_command() { valid_now_ = std::exchange(said_, 0); }

  /// For the command that has begun: where to start, 0 unless REST was right before it. Asked for once.
  std::uint64_t take() { return std::exchange(valid_now_, 0); }

  /// The same, to be looked at only.
  [[nodiscard]] std::uint64_t offset() const { return valid_now_; }

 private:
  std::uint64_t said_ = 0;
  std::uint64_t valid_now_ = 0;
};

/// `commands` with REST, and with an APPE that behind REST does what STOR does (RFC 3659 5.3). Between REST and the
/// transfer there may be those commands that agree on how to transfer, in any number and order: PASV EPSV PORT EPRT
/// TYPE MODE STRU ALLO. Any other row begins a command for RestartPoint before its argument is read. To be called with
/// the whole table: a row that is added later would know nothing of it. RETR, STOR and APPE must be in it.
CommandTable with_restart(CommandTable commands);

/// Puts restart_offset into the seams, to be called behind offer_transfers(): the offset of REST. Where a byte of the
/// file is not a byte on the wire (TYPE A, STRU R) an offset other than 0 is refused, by ReplyError 554: resuming at
/// the wrong place would destroy the file in silence.
void offer_restart(ServerContext& context);

}  // namespace kit
