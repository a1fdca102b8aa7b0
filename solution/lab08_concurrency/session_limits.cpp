#include "session_limits.h"

#include <stdexcept>

#include "todo.h"
#include "transfer_seams.h"

namespace kit {

std::shared_ptr<void> SessionLimits::admit(const Address& peer) {
  // BEGIN SOLUTION SessionLimits::admit
  const std::string host = peer.host();
  const std::lock_guard lock(mutex_);
  if (sessions_ > 0 && sessions_now_ >= sessions_) {
    throw ReplyError(421, "Too many sessions: try again later");
  }
  const auto found = now_of_.find(host);
  if (per_address_ > 0 && found != now_of_.end() && found->second >= per_address_) {
    throw ReplyError(421, "Too many sessions from your address");
  }
  std::shared_ptr<void> admitted(this, [host](void* limits) { static_cast<SessionLimits*>(limits)->leave(host); });
  ++sessions_now_;
  ++now_of_[host];
  return admitted;
  // END SOLUTION
}

std::shared_ptr<void> SessionLimits::begin_transfer() {
  // BEGIN SOLUTION SessionLimits::begin_transfer
  const std::lock_guard lock(mutex_);
  if (transfers_ > 0 && transfers_now_ >= transfers_) {
    throw ReplyError(450, "Too many transfers: try again later");
  }
  std::shared_ptr<void> begun(this, [](void* limits) { static_cast<SessionLimits*>(limits)->end_transfer(); });
  ++transfers_now_;
  return begun;
  // END SOLUTION
}
// BEGIN PRIVATE

void SessionLimits::leave(const std::string& host) {
  const std::lock_guard lock(mutex_);
  --sessions_now_;
  const auto found = now_of_.find(host);
  if (--found->second == 0) {
    now_of_.erase(found);  // or the map would grow with every address that ever called
  }
}

void SessionLimits::end_transfer() {
  const std::lock_guard lock(mutex_);
  --transfers_now_;
}
// END PRIVATE

void offer_limits(ServerContext& context) {
  auto* seams = context.services.find<TransferSeams>();
  if (seams == nullptr) {
    throw std::logic_error("offer_transfers() comes first");
  }
  context.services.emplace<SessionLimits>(context.options);
  seams->slot = [](Session& session) { return session.service<SessionLimits>().begin_transfer(); };
}

}  // namespace kit
