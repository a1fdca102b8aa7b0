#include "local_command.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <system_error>

#include "check.h"

namespace kit {
namespace {

void check_spawn(int error, const std::string& what) {
  if (error != 0) {
    throw std::system_error(error, std::generic_category(), what);
  }
}

// Nothing blocked, nothing ignored: this program waits for SIGINT and SIGTERM through a descriptor, and a child would
// inherit that they are blocked.
class UsualSignals {
 public:
  UsualSignals() {
    check_spawn(::posix_spawnattr_init(&attributes_), "posix_spawnattr_init");
    sigset_t signals;
    ::sigemptyset(&signals);
    ::posix_spawnattr_setsigmask(&attributes_, &signals);
    ::sigaddset(&signals, SIGPIPE);
    ::posix_spawnattr_setsigdefault(&attributes_, &signals);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~UsualSignals() { ::posix_spawnattr_destroy(&attributes_); }
  UsualSignals(const UsualSignals&) = delete;
  UsualSignals& operator=(const UsualSignals&) = delete;
  UsualSignals(UsualSignals&&) = delete;
  UsualSignals& operator=(UsualSignals&&) = delete;

  [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

// A terminal sends Ctrl-C to both of us. Setting a signal to "ignore" also throws away one that is pending.
void forget_interrupt() {
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  struct sigaction before {};
  ::sigaction(SIGINT, &ignore, &before);
  ::sigaction(SIGINT, &before, nullptr);
}

}  // namespace

int run_local_command(const std::string& command) {
  const char* chosen = std::getenv("SHELL");
  const bool interactive = command.empty();
  const std::string shell = interactive && chosen != nullptr && *chosen != '\0' ? chosen : "/bin/sh";
  std::array<std::string, 3> words{shell, "-c", command};
  std::array<char*, 4> arguments{words[0].data(), interactive ? nullptr : words[1].data(), words[2].data(), nullptr};
  pid_t child = -1;
  const UsualSignals signals;
  check_spawn(::posix_spawn(&child, shell.c_str(), nullptr, signals.get(), arguments.data(), environ), shell);
  int status = 0;
  check(retry_eintr([&] { return ::waitpid(child, &status, 0); }), "waitpid");
  forget_interrupt();
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace kit
