#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "address.h"
#include "session.h"

namespace kit {

/// How many there may be at once: sessions in all, sessions of one address, transfers. 0 means any number. A service;
/// all threads may ask at once.
class SessionLimits {
 public:
  explicit SessionLimits(const ServerOptions& options)
      : sessions_(options.max_sessions),
        per_address_(options.max_sessions_per_address),
        transfers_(options.max_transfers) {}
  SessionLimits(const SessionLimits&) = delete;
  SessionLimits& operator=(const SessionLimits&) = delete;
  ~SessionLimits() = default;

  /// A session of the host of `peer`; it counts until the last copy of what is returned has gone. This object has to
  /// outlive that. Throws ReplyError 421 (RFC 959 5.4) where there may be no further one, and then nothing counts.
  std::shared_ptr<void> admit(const Address& peer);

  /// A transfer, in the same way. Throws ReplyError 450: it may succeed later.
  std::shared_ptr<void> begin_transfer();

 private:
  const std::size_t sessions_;
  const std::size_t per_address_;
  const std::size_t transfers_;
  // How many there are now goes here, and what keeps two threads from counting at once.
};

/// Puts the limits in, and has every transfer count (TransferSeams::slot). To be called in main() behind
/// offer_transfers(). Given.
void offer_limits(ServerContext& context);

}  // namespace kit
