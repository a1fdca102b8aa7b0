#pragma once

#include <cstdint>
#include <deque>
#include <memory>

#include "line_reader.h"

namespace kit {

/// Lines that the client sent in the middle of a transfer, to be carried out behind it.
using LineQueue = std::deque<Line>;

/// What is going on in this session while a transfer runs: a part of it. The waiter of the transfer keeps it, STAT
/// shows it, and the session's loop takes the lines.
struct TransferWatch {
  bool running = false;
  bool stopping = false;    ///< the program was asked to stop meanwhile: this transfer is the session's last
  std::uint64_t bytes = 0;  ///< moved so far, when a command in the middle of the transfer is carried out
  std::shared_ptr<LineQueue> waiting = std::make_shared<LineQueue>();  ///< shared, for REIN drops the parts
};

}  // namespace kit
