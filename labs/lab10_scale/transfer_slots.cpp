#include "transfer_slots.h"

#include <stdexcept>

#include "todo.h"
#include "transfer_seams.h"

namespace kit {

std::shared_ptr<void> TransferSlots::take() {
  KIT_TODO("lab 10, TransferSlots::take");
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
