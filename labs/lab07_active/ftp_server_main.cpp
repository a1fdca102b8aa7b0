// ftp_server PORT [options]: data connections both ways, text converted, records and blocks. This file is given.

#include "active_commands.h"
#include "login_commands.h"
#include "parameter_commands.h"
#include "passive_commands.h"
#include "path_commands.h"
#include "representation.h"
#include "representation_commands.h"
#include "root.h"
#include "serial_server.h"
#include "server_program.h"
#include "transfer.h"

int main(int argc, char** argv) {
  const auto prepare = [](kit::ServerContext& context) {
    context.services.emplace<kit::Root>(context.options.root);
    kit::offer_transfers(context);
    kit::offer_representations(context);
    context.commands = kit::login_commands() + kit::parameter_commands() + kit::path_commands() +
                       kit::passive_commands() + kit::active_commands() + kit::representation_commands();
  };
  return kit::run_ftp_server(argc, argv, {prepare, kit::serve_one_at_a_time});
}
