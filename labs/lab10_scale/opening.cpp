#include "opening.h"

#include <sys/socket.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "check.h"
#include "transfer_seams.h"

namespace kit {

void hold_opening(Session& session, const Reply& opening) {
  const std::string text = format_reply(opening);
  TcpStream& control = session.control().stream();
  const ssize_t taken = retry_eintr(
      [&] { return ::send(control.descriptor(), text.data(), text.size(), MSG_MORE | MSG_NOSIGNAL | MSG_DONTWAIT); });
  const auto sent = static_cast<std::size_t>(std::max<ssize_t>(taken, 0));
  session.part<HeldOpening>().held = sent == text.size();
  if (sent < text.size()) {  // there is no room, or nobody: the ordinary way knows what to do
    control.write_all(std::string_view(text).substr(sent), Deadline::after(session.options().stall_timeout));
  }
}

void push_opening(Session& session) {
  if (std::exchange(session.part<HeldOpening>().held, false)) {
    session.control().stream().set_no_delay();  // to say so again pushes out what the kernel holds back (tcp(7))
  }
}

void OpeningWaiter::wait_any(std::span<pollfd> descriptors, const Deadline& deadline, std::string_view what) {
  push_opening(session_);
  UrgentWaiter::wait_any(descriptors, deadline, what);
}

void offer_held_openings(ServerContext& context) {
  auto* seams = context.services.find<TransferSeams>();
  if (seams == nullptr) {
    throw std::logic_error("offer_transfers() comes first");
  }
  seams->begin = hold_opening;
  seams->waiter = [](Session& session) -> std::unique_ptr<Waiter> { return std::make_unique<OpeningWaiter>(session); };
}

}  // namespace kit
