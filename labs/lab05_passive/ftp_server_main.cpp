// ftp_server PORT [options]: files travel over data connections that the client opens. This file is given.

#include "login_commands.h"
#include "parameter_commands.h"
#include "passive_commands.h"
#include "path_commands.h"
#include "root.h"
#include "serial_server.h"
#include "server_program.h"
#include "transfer.h"

int main(int argc, char** argv) {
  const auto prepare = [](kit::ServerContext& context) {
    context.services.emplace<kit::Root>(context.options.root);
    kit::offer_transfers(context);
    context.commands =
        kit::login_commands() + kit::parameter_commands() + kit::path_commands() + kit::passive_commands();
  };
  return kit::run_ftp_server(argc, argv, {prepare, kit::serve_one_at_a_time});
}
