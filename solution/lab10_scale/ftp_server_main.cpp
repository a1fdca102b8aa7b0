// ftp_server PORT [options]: ten thousand sessions, and files that are not copied. This file is given.

#include "active_commands.h"
#include "concurrent_session.h"
#include "extension_commands.h"
#include "late_closer.h"
#include "login_commands.h"
#include "parameter_commands.h"
#include "passive_commands.h"
#include "path_commands.h"
#include "representation.h"
#include "representation_commands.h"
#include "restart.h"
#include "root.h"
#include "serve_parked.h"
#include "server_program.h"
#include "session_limits.h"
#include "shared_lines.h"
#include "transfer.h"
#include "transfer_slots.h"
#include "urgent_commands.h"
#include "urgent_waiter.h"
#include "zero_copy.h"

int main(int argc, char** argv) {
  const auto prepare = [](kit::ServerContext& context) {
    context.services.emplace<kit::Root>(context.options.root);
    kit::offer_transfers(context);
    kit::offer_representations(context);
    kit::offer_limits(context);
    kit::offer_transfer_slots(context);
    kit::offer_urgent_waiting(context);
    kit::offer_zero_copy(context);
    kit::offer_shared_lines(context);
    kit::offer_late_closing(context);
    kit::offer_restart(context);
    kit::offer_metrics(context);
    // The answer to a wrong password is held back by the loop: no worker waits for it.
    context.services.emplace<kit::LoginTimes>(
        kit::LoginTimes{.to_log_in = context.options.login_timeout, .after_wrong_password = {}});
    context.commands = kit::with_restart(
        kit::login_commands() + kit::parameter_commands() + kit::path_commands() + kit::passive_commands() +
        kit::active_commands() + kit::representation_commands() + kit::urgent_commands() + kit::extension_commands());
  };
  return kit::run_ftp_server(argc, argv, {prepare, kit::serve_parked});
}
