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
  KIT_TODO("lab 8, InterruptWaiter::wait_any");
}

void InterruptWaiter::check() {
  KIT_TODO("lab 8, InterruptWaiter::check");
}

void send_abort(TcpStream& control) {
  KIT_TODO("lab 8, send_abort");
}

}  // namespace kit
