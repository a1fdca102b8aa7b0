#include "abortable_commands.h"

#include <unistd.h>

#include <exception>

#include "active_shell_commands.h"
#include "ftp_error.h"
#include "interrupt_waiter.h"
#include "todo.h"

namespace kit {
namespace {

const ShellRow& row_before(std::string_view name) {
  static const ShellTable before = transfer_shell_commands() + text_shell_commands();
  return *before.find(name);
}

// A row of before, with run_abortably() around its handler. The name is a template's argument, for a handler is a plain
// function and cannot remember one.
template <const char* name>
ShellRow abortable() {
  ShellRow row = row_before(name);
  row.run = [](Shell& shell, const Words& words) { run_abortably(shell, [&] { row_before(name).run(shell, words); }); };
  return row;
}

constexpr char get_name[] = "get";
constexpr char put_name[] = "put";
constexpr char append_name[] = "append";
constexpr char ls_name[] = "ls";
constexpr char nlist_name[] = "nlist";

}  // namespace

void get_in_step(Client& client) {
  // BEGIN SOLUTION get_in_step
  constexpr int most_replies = 4;  // 150, 426, 226, and the NOOP's own
  try {
    client.send("NOOP");
    for (int i = 0; i < most_replies; ++i) {
      if (client.read().code == 200) {
        return;
      }
    }
    client.close();
  } catch (const Stopped&) {
    throw;
  } catch (const CommandLineError&) {
    throw;  // Ctrl-C again
  } catch (const std::exception&) {
    client.close();
  }
  // END SOLUTION
}

void run_abortably(Shell& shell, const std::function<void()>& transfer) {
  // BEGIN SOLUTION run_abortably
  Client& client = shell.client();
  auto* waiter = dynamic_cast<InterruptWaiter*>(&client.waiter());
  if (waiter == nullptr) {
    transfer();
    return;
  }
  InterruptWaiter::Transferring transferring(*waiter, client);
  client.observe_transfers([waiter](const TransferStatus&) { waiter->check(); });
  std::exception_ptr failure;
  try {
    transfer();
  } catch (const Stopped&) {
    throw;
  } catch (...) {
    failure = std::current_exception();
  }
  client.observe_transfers(nullptr);
  if (transferring.end()) {
    if (client.connected()) {
      get_in_step(client);
    }
    if (failure) {  // else the transfer was faster
      throw Interrupted();
    }
  }
  if (failure) {
    std::rethrow_exception(failure);
  }
  // END SOLUTION
}

ShellTable abortable_shell_commands() {
  return {abortable<get_name>(), abortable<put_name>(), abortable<append_name>(), abortable<ls_name>(),
          abortable<nlist_name>()};
}

std::unique_ptr<Waiter> interruptible_waiter(const ClientOptions& options, int stop_descriptor) {
  if (options.execute || ::isatty(STDIN_FILENO) != 1) {
    return std::make_unique<Waiter>(stop_descriptor);
  }
  return std::make_unique<InterruptWaiter>(stop_descriptor);
}

}  // namespace kit
