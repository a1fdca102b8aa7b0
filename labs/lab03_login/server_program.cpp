#include "server_program.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "arguments.h"
#include "program.h"
#include "stop_signals.h"

namespace kit {
namespace {

// A server that is up but has nothing to serve would refuse every client with a riddle: better not to start.
void check_root(const std::string& directory) {
  struct stat status {};
  if (::stat(directory.c_str(), &status) < 0) {
    throw UsageError("--root: " + directory + ": " + std::generic_category().message(errno));
  }
  if (!S_ISDIR(status.st_mode)) {
    throw UsageError("--root: " + directory + " is not a directory");
  }
}

void serve(const ServerOptions& options, const ServerProgram& program) {
  check_root(options.root);
  const Accounts accounts(options);
  Log log(options.log_level, options.log_format);
  ServerContext context{options, accounts, {}, log, {}};
  program.prepare(context);
  const StopSignals stop;
  Waiter waiter(stop.descriptor());
  TcpListener listener(Address::resolve(options.bind_address, options.port).front(), waiter);
  announce_listening(listener.local().to_string());
  program.serve(listener, context);
}

}  // namespace

int run_ftp_server(int argc, char** argv, const ServerProgram& program) {
  return run_program("ftp_server", [&] {
    const ServerOptions options = parse_server_options(argc, argv);
    switch (options.action) {
      case ServerOptions::Action::help: std::fputs(server_help().c_str(), stdout); break;
      case ServerOptions::Action::version: std::puts(version_line("ftp_server").c_str()); break;
      case ServerOptions::Action::serve: serve(options, program); break;
    }
    return exit_ok;
  });
}

}  // namespace kit
