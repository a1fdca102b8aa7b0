#include "urgent_waiter.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>
#include <vector>

#include "command.h"
#include "command_table.h"
#include "todo.h"
#include "transfer_seams.h"
#include "transfer_waiter.h"

namespace kit {

UrgentWaiter::UrgentWaiter(Session& session) : session_(session), watch_(session.part<TransferWatch>()) {
  watch_.running = true;
}

UrgentWaiter::~UrgentWaiter() { watch_.running = false; }

void UrgentWaiter::wait_any(std::span<pollfd> descriptors, const Deadline& deadline, std::string_view what) {
  KIT_TODO("lab 8, UrgentWaiter::wait_any");
}

void offer_urgent_waiting(ServerContext& context) {
  auto* seams = context.services.find<TransferSeams>();
  if (seams == nullptr) {
    throw std::logic_error("offer_transfers() comes first");
  }
  seams->waiter = [](Session& session) -> std::unique_ptr<Waiter> { return std::make_unique<UrgentWaiter>(session); };
}

}  // namespace kit
