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
// BEGIN PRIVATE
namespace {

bool ready(const pollfd& entry) { return entry.revents != 0; }

Deadline sooner(const Deadline& one, const Deadline& other) {
  const int left = one.poll_timeout();
  return left >= 0 && left < other.poll_timeout() ? one : other;
}

bool asks_to_quit(const Line& line) {
  const std::optional<Command> command = parse_command(line.text);
  return command && command->verb == "QUIT";
}

}  // namespace

// What to watch of the control connection.
pollfd UrgentWaiter::control_entry() const {
  if (ended_) {
    return {-1, 0, 0};  // a connection that has ended is always ready: this would be a busy loop
  }
  const bool full = watch_.waiting->size() >= most_waiting;
  return {session_.control().stream().descriptor(), static_cast<short>(full || grace_ ? POLLRDHUP : POLLIN), 0};
}

// A wait that the program's stop does not end as long as there is grace.
void UrgentWaiter::wait_below(std::span<pollfd> watched, const Deadline& deadline, std::string_view what) {
  if (!grace_) {
    try {
      session_.control().stream().waiter().wait_any(watched, deadline, what);
      return;
    } catch (const Stopped&) {
      grace_ = Deadline::after(session_.options().stop_timeout);
      watch_.stopping = true;
      watched.back() = control_entry();  // what comes from now on is not read: to wait for it would be to stop
    }
  }
  try {
    Waiter().wait_any(watched, sooner(deadline, *grace_), what);
  } catch (const TimedOut&) {
    if (grace_->poll_timeout() == 0) {
      throw Stopped();
    }
    throw;
  }
}

void UrgentWaiter::read_control(short events, const Deadline& deadline) {
  const bool may_read = (events & POLLIN) != 0;
  if (may_read && session_.control().fill(deadline)) {
    return;
  }
  if (std::none_of(watch_.waiting->begin(), watch_.waiting->end(), asks_to_quit)) {
    throw ControlClosed();
  }
  ended_ = true;
}

void UrgentWaiter::act_on_lines() {
  while (watch_.waiting->size() < most_waiting) {
    const std::optional<Line> line = session_.control().buffered_line();
    if (!line) {
      return;
    }
    act_on(*line);
  }
}

void UrgentWaiter::act_on(const Line& line) {
  const std::optional<Command> command = parse_command(line.text);
  const CommandRow* row = command ? session_.context().commands.find(command->verb) : nullptr;
  if (row == nullptr || !row->policy.urgent || line.defect != Line::Defect::none) {
    watch_.waiting->push_back(line);
    return;
  }
  if (row->verb == "ABOR") {
    watch_.waiting->push_back(line);
    if (command->argument.value_or("").empty()) {
      throw ReplyError(426, "The transfer was aborted");
    }
    return;
  }
  watch_.bytes = session_.take_bytes();
  handle_line(session_, line);
  session_.count_bytes(watch_.bytes);  // they belong to the transfer's line in the log
}
// END PRIVATE

UrgentWaiter::UrgentWaiter(Session& session) : session_(session), watch_(session.part<TransferWatch>()) {
  watch_.running = true;
}

UrgentWaiter::~UrgentWaiter() { watch_.running = false; }

void UrgentWaiter::wait_any(std::span<pollfd> descriptors, const Deadline& deadline, std::string_view what) {
  // BEGIN SOLUTION UrgentWaiter::wait_any
  const Deadline until = sooner(deadline, Deadline::after(session_.options().stall_timeout));
  std::vector<pollfd> watched;
  do {
    act_on_lines();
    watched.assign(descriptors.begin(), descriptors.end());
    watched.push_back(control_entry());
    wait_below(watched, until, what);
    if (ready(watched.back())) {
      read_control(watched.back().revents, until);
      act_on_lines();
    }
    watched.pop_back();
  } while (std::none_of(watched.begin(), watched.end(), ready));
  std::copy(watched.begin(), watched.end(), descriptors.begin());
  // END SOLUTION
}

void offer_urgent_waiting(ServerContext& context) {
  auto* seams = context.services.find<TransferSeams>();
  if (seams == nullptr) {
    throw std::logic_error("offer_transfers() comes first");
  }
  seams->waiter = [](Session& session) -> std::unique_ptr<Waiter> { return std::make_unique<UrgentWaiter>(session); };
}

}  // namespace kit
