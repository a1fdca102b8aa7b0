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
  KIT_TODO("lab 8, get_in_step");
}

void run_abortably(Shell& shell, const std::function<void()>& transfer) {
  KIT_TODO("lab 8, run_abortably");
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
