// ftp_client [HOST [PORT]]: Ctrl-C ends a transfer and not the session. This file is given.

#include <cstdio>

#include "abortable_commands.h"
#include "active_shell_commands.h"
#include "client_options.h"
#include "client_program.h"
#include "program.h"

int main(int argc, char** argv) {
  return kit::run_program("ftp_client", [&]() -> int {
    const kit::ClientOptionRows more = kit::active_options();
    const kit::ClientOptions options = kit::parse_client_options(argc, argv, more);
    if (options.action == kit::ClientOptions::Action::help) {
      std::fputs(kit::client_help(more).c_str(), stdout);
      return kit::exit_ok;
    }
    if (options.action == kit::ClientOptions::Action::version) {
      std::puts(kit::version_line("ftp_client").c_str());
      return kit::exit_ok;
    }
    const kit::ShellTable commands = kit::session_shell_commands() + kit::transfer_shell_commands() +
                                     kit::remote_shell_commands() + kit::local_shell_commands() +
                                     kit::text_shell_commands() + kit::data_shell_commands() +
                                     kit::abortable_shell_commands();
    return kit::run_client(
        options, commands, [&](kit::Shell& shell) { kit::prepare_choices(shell, options); }, kit::interruptible_waiter);
  });
}
