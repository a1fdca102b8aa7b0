#pragma once

#include <functional>

#include "session.h"
#include "tcp_listener.h"

namespace kit {

/// What makes the ftp_server of one lab different from that of another.
struct ServerProgram {
  std::function<void(ServerContext&)> prepare;              ///< puts in the commands and the services
  std::function<void(TcpListener&, ServerContext&)> serve;  ///< accepts clients until the program is asked to stop
};

/// The main() of every ftp_server: reads the command line, answers --help and --version, checks --root, loads the
/// accounts, listens, announces the port, and serves. Returns the exit status; everything that goes wrong is one line
/// on stderr. Given.
int run_ftp_server(int argc, char** argv, const ServerProgram& program);

}  // namespace kit
