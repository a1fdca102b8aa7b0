// ftp_server PORT [options]: clients can log in and out, and that is all yet. This file is given.

#include "login_commands.h"
#include "parameter_commands.h"
#include "serial_server.h"
#include "server_program.h"

int main(int argc, char** argv) {
  const auto prepare = [](kit::ServerContext& context) {
    context.commands = kit::login_commands() + kit::parameter_commands();
  };
  return kit::run_ftp_server(argc, argv, {prepare, kit::serve_one_at_a_time});
}
