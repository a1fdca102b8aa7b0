// ftp_client [HOST [PORT]]: all of it. This file is given.

#include <cstdio>

#include "abortable_commands.h"
#include "active_shell_commands.h"
#include "client_options.h"
#include "client_program.h"
#include "extended_shell_commands.h"
#include "program.h"

namespace {

kit::ClientOptionRows all_options() {
  kit::ClientOptionRows rows = kit::active_options();
  for (const kit::ClientOptionRow& row : kit::extended_options()) {
    rows.push_back(row);
  }
  return rows;
}

kit::ShellTable all_commands() {
  return kit::session_shell_commands() + kit::transfer_shell_commands() + kit::remote_shell_commands() +
         kit::local_shell_commands() + kit::text_shell_commands() + kit::data_shell_commands() +
         kit::abortable_shell_commands() + kit::resume_shell_commands() + kit::multiple_shell_commands() +
         kit::facts_shell_commands();
}

}  // namespace

int main(int argc, char** argv) {
  return kit::run_program("ftp_client", [&]() -> int {
    const kit::ClientOptionRows more = all_options();
    const kit::ClientOptions options = kit::parse_client_options(argc, argv, more);
    if (options.action == kit::ClientOptions::Action::help) {
      std::fputs(kit::client_help(more).c_str(), stdout);
      return kit::exit_ok;
    }
    if (options.action == kit::ClientOptions::Action::version) {
      std::puts(kit::version_line("ftp_client").c_str());
      return kit::exit_ok;
    }
    const auto prepare = [&](kit::Shell& shell) {
      kit::prepare_choices(shell, options);
      kit::prepare_extensions(shell, options);
    };
    return kit::run_client(options, all_commands(), prepare, kit::interruptible_waiter);
  });
}
