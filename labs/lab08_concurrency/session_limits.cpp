#include "session_limits.h"

#include <stdexcept>

#include "todo.h"
#include "transfer_seams.h"

namespace kit {

std::shared_ptr<void> SessionLimits::admit(const Address& peer) {
  KIT_TODO("lab 8, SessionLimits::admit");
}

std::shared_ptr<void> SessionLimits::begin_transfer() {
  KIT_TODO("lab 8, SessionLimits::begin_transfer");
}

void offer_limits(ServerContext& context) {
  auto* seams = context.services.find<TransferSeams>();
  if (seams == nullptr) {
    throw std::logic_error("offer_transfers() comes first");
  }
  context.services.emplace<SessionLimits>(context.options);
  seams->slot = [](Session& session) { return session.service<SessionLimits>().begin_transfer(); };
}

}  // namespace kit
