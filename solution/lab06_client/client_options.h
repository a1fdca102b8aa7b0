#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "session_shell_commands.h"

namespace kit {

/// Everything `ftp_client` can be told on its command line.
struct ClientOptions {
  std::optional<Destination> destination;  ///< none: localhost, and the port is asked for
  Destination asked;                       ///< what holds for a destination that is asked for: user, login
  std::optional<std::string> execute;      ///< the commands of -e, instead of those of standard input
  bool verbose = false;
  bool trust_passive_address = false;
  std::chrono::seconds patience{60};

  enum class Action { run, help, version };
  Action action = Action::run;
};

/// Reads `ftp_client [options] [HOST [PORT]]` or `ftp_client [options] ftp://USER@HOST:PORT/DIRECTORY`. Throws
/// UsageError with one clear line.
ClientOptions parse_client_options(int argc, char** argv);

/// The text of `--help`.
std::string client_help();

}  // namespace kit
