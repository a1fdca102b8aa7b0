#pragma once

#include <functional>
#include <memory>

#include "client_options.h"
#include "shell.h"
#include "shell_table.h"
#include "wait.h"

namespace kit {

/// Runs `transfer`, which carries out transfers of the shell's client and throws what goes wrong. Ctrl-C in the middle
/// of it ends the transfer, and not the session: the server has been told ABOR, its replies are read until the session
/// is in step again, and Interrupted is thrown. Where that fails the control connection is closed. Does nothing but
/// call `transfer` if Ctrl-C ends the program (see interruptible_waiter).
void run_abortably(Shell& shell, const std::function<void()>& transfer);

/// Brings the client in step behind an ABOR, however many replies it brought: that of the transfer, that of ABOR, both
/// in one. NOOP is sent, and whatever comes before its 200 belongs to what was before. Closes the connection if there
/// is no 200 among the next few replies. Throws nothing but Stopped and Interrupted.
void get_in_step(Client& client);

/// get, put, append, ls and nlist, which Ctrl-C aborts. To be added behind transfer_shell_commands() and
/// text_shell_commands(), which still do the work.
ShellTable abortable_shell_commands();

/// The waiter of the program (see run_client): an InterruptWaiter if a person types the commands. Where a script does,
/// Ctrl-C ends the program, as before.
std::unique_ptr<Waiter> interruptible_waiter(const ClientOptions& options, int stop_descriptor);

}  // namespace kit
