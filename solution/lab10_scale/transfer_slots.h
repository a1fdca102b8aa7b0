#pragma once

#include <atomic>
#include <cstddef>
#include <memory>

#include "session.h"

namespace kit {

/// How many transfers may run at once, so that there is always a worker for something else: a transfer takes as long as
/// its client likes, and workers that all wait for slow clients serve nobody. A service; all threads may ask at once.
class TransferSlots {
 public:
  static constexpr std::size_t usual_transfers = 248;  ///< where --max-transfers says nothing
  static constexpr std::size_t other_workers = 8;      ///< for commands that wait for the disk, or hash a password

  explicit TransferSlots(const ServerOptions& options)
      : transfers_(options.max_transfers > 0 ? options.max_transfers : usual_transfers) {}

  /// A transfer; it counts until the last copy of what is returned has gone. Throws ReplyError 450.
  std::shared_ptr<void> take();

  /// How many workers there may be.
  [[nodiscard]] std::size_t workers() const { return transfers_ + other_workers; }

  /// How many transfers there are.
  [[nodiscard]] std::size_t taken() const { return taken_; }

 private:
  const std::size_t transfers_;
  std::atomic<std::size_t> taken_ = 0;
};

/// Puts the slots in, in place of those of lab 8 (offer_limits), which counted by --max-transfers alone; to be called
/// behind it. Given.
void offer_transfer_slots(ServerContext& context);

}  // namespace kit
