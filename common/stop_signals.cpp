#include "stop_signals.h"

#include <pthread.h>
#include <sys/signalfd.h>

#include <csignal>

#include "check.h"

namespace kit {

StopSignals::StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  check(-::pthread_sigmask(SIG_BLOCK, &signals, nullptr), "pthread_sigmask");
  descriptor_.reset(check(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK), "signalfd"));
}

}  // namespace kit
