#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "progress.h"
#include "session_shell_commands.h"
#include "shell.h"

namespace kit {

/// Shows the progress of the client's transfers for as long as it lives. `total` is what is known better than the
/// server could announce it: the size of a file to be sent.
class ShownProgress {
 public:
  ShownProgress(Shell& shell, const std::string& name, std::optional<std::uint64_t> total = std::nullopt)
      : client_(shell.client()),
        before_(client_.transfer_observer()),
        bar_(wanted(shell) ? shell.console().error_descriptor() : -1, name) {
    client_.observe_transfers([this, total](TransferStatus status) {
      if (before_) {
        before_(status);
      }
      status.total = total ? total : status.total;
      bar_.update(status);
    });
  }
  ~ShownProgress() { client_.observe_transfers(before_); }
  ShownProgress(const ShownProgress&) = delete;
  ShownProgress& operator=(const ShownProgress&) = delete;
  ShownProgress(ShownProgress&&) = delete;
  ShownProgress& operator=(ShownProgress&&) = delete;

 private:
  static bool wanted(Shell& shell) { return shell.part<ShellSettings>().progress && shell.console().shows_progress(); }

  Client& client_;
  Client::TransferObserver before_;  // who watched already goes on to do so
  ProgressBar bar_;
};

}  // namespace kit
