#pragma once

#include <functional>

#include "client_options.h"
#include "shell_table.h"

namespace kit {

/// All of `ftp_client` but its table of commands: connects as `options` say, carries out the commands of -e or of
/// standard input, and says QUIT. Returns the exit status: 0 if every command succeeded, 128 + N after signal N (Ctrl-C
/// is SIGINT: the transfer under way ends, no half a file stays, and so does the program). `prepare` is for later labs:
/// it is called once, before anything is connected, to set up what their commands need.
int run_client(
    const ClientOptions& options, const ShellTable& commands,
    const std::function<void(Shell&)>& prepare = [](Shell&) {});

}  // namespace kit
