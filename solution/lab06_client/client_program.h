#pragma once

#include "client_options.h"
#include "shell_table.h"

namespace kit {

/// All of `ftp_client` but its table of commands: connects as `options` say, carries out the commands of -e or of
/// standard input, and says QUIT. Returns the exit status: 0 if every command succeeded, 128 + N after signal N (Ctrl-C
/// is SIGINT: the transfer under way ends, no half a file stays, and so does the program).
int run_client(const ClientOptions& options, const ShellTable& commands);

}  // namespace kit
