#pragma once

#include <string>

namespace kit {

/// Runs `command` with /bin/sh and waits for its end; an empty one is an interactive shell of the user's choice. It
/// starts with the signals as a program usually finds them, whatever this one blocks or ignores, and a Ctrl-C meanwhile
/// is for it alone. Returns its exit status, 128 + N if signal N ended it. Throws std::system_error if it cannot be
/// started.
int run_local_command(const std::string& command);

}  // namespace kit
