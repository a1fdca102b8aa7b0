#include "transfer_slots.h"

#include <stdexcept>

#include "todo.h"
#include "transfer_seams.h"

namespace kit {

std::shared_ptr<void> TransferSlots::take() {
  // BEGIN SOLUTION TransferSlots::take
  if (++taken_ > transfers_) {
    --taken_;
    throw ReplyError(450, "Too many transfers at once: try again later");
  }
  return {this, [](void* slots) { --static_cast<TransferSlots*>(slots)->taken_; }};
  // END SOLUTION
}

void offer_transfer_slots(ServerContext& context) {
  auto* seams = context.services.find<TransferSeams>();
  if (seams == nullptr) {
    throw std::logic_error("offer_transfers() comes first");
  }
  context.services.emplace<TransferSlots>(context.options);
  seams->slot = [](Session& session) { return session.service<TransferSlots>().take(); };
}

}  // namespace kit
