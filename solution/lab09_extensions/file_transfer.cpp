#include "file_transfer.h"

#include <exception>

#include "abortable_commands.h"
#include "active_shell_commands.h"
#include "command_line.h"
#include "escape.h"
#include "ftp_error.h"
#include "progress.h"
#include "resume.h"
#include "todo.h"

namespace kit {
namespace {

// The row of lab 8 that transfers text, and lets Ctrl-C abort it.
const ShellRow& text_row(std::string_view name) {
  static const ShellTable rows = abortable_shell_commands();
  return *rows.find(name);
}

}  // namespace

void fetch_file(Shell& shell, const std::string& remote, const std::string& local) {
  if (shell.part<TransferChoices>().ascii) {
    return text_row("get").run(shell, {remote, local});
  }
  shell.console().print(transfer_summary(remote, fetch_whole(shell, remote, local), "received") + "\n");
}

void send_file(Shell& shell, const std::string& local, const std::string& remote) {
  if (shell.part<TransferChoices>().ascii) {
    return text_row("put").run(shell, {local, remote});
  }
  shell.console().print(transfer_summary(local, send_whole(shell, local, remote), "sent") + "\n");
}

void try_one(Shell& shell, std::string_view name, const std::function<void()>& action) {
  try {
    action();
  } catch (const Stopped&) {
    throw;
  } catch (const Todo&) {
    throw;
  } catch (const CommandLineError&) {  // Ctrl-C
    throw;
  } catch (const std::exception& error) {
    if (!shell.client().connected()) {
      throw;
    }
    shell.fail(escape_controls(name) + ": " + error.what());
  }
}

}  // namespace kit
