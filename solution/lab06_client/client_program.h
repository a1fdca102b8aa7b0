#pragma once

#include <functional>
#include <memory>

#include "client_options.h"
#include "shell_table.h"
#include "wait.h"

namespace kit {

/// Makes a waiter that ends its waits when `stop_descriptor` becomes readable: a signalfd for SIGTERM and SIGINT.
using WaiterMaker = std::function<std::unique_ptr<Waiter>(const ClientOptions& options, int stop_descriptor)>;
std::unique_ptr<Waiter> plain_waiter(const ClientOptions& options, int stop_descriptor);

/// All of `ftp_client` but its table of commands: connects as `options` say, carries out the commands of -e or of
/// standard input, and says QUIT. Returns the exit status: 0 if every command succeeded, 128 + N after signal N (Ctrl-C
/// is SIGINT: the transfer under way ends, no half a file stays, and so does the program). `prepare` is for later labs:
/// it is called once, before anything is connected, to set up what their commands need. So is `make_waiter`: it makes
/// the door through which the program waits.
int run_client(
    const ClientOptions& options, const ShellTable& commands,
    const std::function<void(Shell&)>& prepare = [](Shell&) {}, const WaiterMaker& make_waiter = plain_waiter);

}  // namespace kit
