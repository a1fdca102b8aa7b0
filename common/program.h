#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace kit {

/// Exit statuses of every program of the kit.
enum ExitStatus { exit_ok = 0, exit_failed = 1, exit_usage = 2, exit_todo = 70 };

/// Runs `body` and turns what it throws into one line on stderr and an exit status: UsageError 2, Todo 70, any other
/// exception 1. Call it from main(): `return kit::run_program("echo_server", [&] { ...; return 0; });`
int run_program(std::string_view name, const std::function<int()>& body);

/// Prints `listening on ADDRESS` to stdout and flushes: whoever started the server may connect from now on.
void announce_listening(std::string_view address);

/// What `--version` prints: the program and the version of the kit.
std::string version_line(std::string_view name);

}  // namespace kit
