#include "interrupt_waiter.h"

#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <string_view>
#include <vector>

#include "check.h"
#include "todo.h"

namespace kit {
namespace {

constexpr std::chrono::seconds patience{5};

int signals_to_descriptor(int descriptor, int signal) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, signal);
  return check(::signalfd(descriptor, &signals, SFD_CLOEXEC | SFD_NONBLOCK), "signalfd");
}

}  // namespace

InterruptWaiter::InterruptWaiter(int stop_descriptor) : Waiter(stop_descriptor) {
  signals_to_descriptor(stop_descriptor, SIGTERM);  // no longer SIGINT
  interrupts_.reset(signals_to_descriptor(-1, SIGINT));
}

void InterruptWaiter::wait_any(std::span<pollfd> descriptors, const Deadline& deadline, std::string_view what) {
  // BEGIN SOLUTION InterruptWaiter::wait_any
  const bool waits_for_reply = is_control(descriptors);
  if (client_ != nullptr && (impatient_ || (aborting_ && !waits_for_reply))) {
    throw Interrupted();
  }
  const auto ready = [](const pollfd& entry) { return entry.revents != 0; };
  std::vector<pollfd> watched;
  do {
    watched.assign(descriptors.begin(), descriptors.end());
    watched.push_back({interrupts_.get(), POLLIN, 0});
    Waiter::wait_any(watched, deadline, what);
    if (ready(watched.back()) && take_interrupt()) {
      act(waits_for_reply);
    }
    watched.pop_back();
  } while (std::none_of(watched.begin(), watched.end(), ready));
  std::copy(watched.begin(), watched.end(), descriptors.begin());
  // END SOLUTION
}

void InterruptWaiter::check() {
  // BEGIN SOLUTION InterruptWaiter::check
  if (take_interrupt()) {
    act(false);
  }
  // END SOLUTION
}
// BEGIN PRIVATE

// Whether there was a Ctrl-C; several are one.
bool InterruptWaiter::take_interrupt() {
  signalfd_siginfo info{};
  bool taken = false;
  while (retry_eintr([&] { return ::read(interrupts_.get(), &info, sizeof info); }) == sizeof info) {
    taken = true;
  }
  return taken;
}

void InterruptWaiter::act(bool waits_for_reply) {
  impatient_ = aborting_;
  if (client_ == nullptr || aborting_ || !client_->connected()) {
    throw Interrupted();
  }
  aborting_ = true;
  send_abort(client_->control());
  if (!waits_for_reply) {
    throw Interrupted();
  }
}

bool InterruptWaiter::is_control(std::span<const pollfd> descriptors) const {
  return client_ != nullptr && client_->connected() && descriptors.size() == 1 &&
         descriptors[0].fd == client_->control().descriptor();
}
// END PRIVATE

void send_abort(TcpStream& control) {
  // BEGIN SOLUTION send_abort
  constexpr std::string_view interrupt_process = "\xFF\xF4";
  constexpr std::string_view synch = "\xFF\xF2";
  control.write_all(interrupt_process, Deadline::after(patience));
  // The urgent byte is the last one of the call. Where there is no room for it, it goes the ordinary way.
  if (retry_eintr([&] { return ::send(control.descriptor(), synch.data(), synch.size(), MSG_OOB | MSG_NOSIGNAL); }) <
      static_cast<ssize_t>(synch.size())) {
    control.write_all(synch, Deadline::after(patience));
  }
  control.write_all("ABOR\r\n", Deadline::after(patience));
  // END SOLUTION
}

}  // namespace kit
