// ftp_server PORT [options]: logged in, a client can walk through the directories and change them, though it can move
// no file yet. This file is given.

#include "login_commands.h"
#include "parameter_commands.h"
#include "path_commands.h"
#include "root.h"
#include "serial_server.h"
#include "server_program.h"

int main(int argc, char** argv) {
  const auto prepare = [](kit::ServerContext& context) {
    context.services.emplace<kit::Root>(context.options.root);
    context.commands = kit::login_commands() + kit::parameter_commands() + kit::path_commands();
  };
  return kit::run_ftp_server(argc, argv, {prepare, kit::serve_one_at_a_time});
}
