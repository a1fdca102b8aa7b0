#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "part_bag.h"
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

  PartBag more;  ///< what the options of later labs leave here
};

/// One option of the command line: the list of them makes both the parser and --help.
struct ClientOptionRow {
  const char* name;
  const char* value;  ///< nullptr: takes none
  const char* help;
  void (*apply)(ClientOptions& options, const std::string& value);
  char letter = 0;  ///< its short form, -e; 0 for none
};
using ClientOptionRows = std::vector<ClientOptionRow>;

/// Reads `ftp_client [options] [HOST [PORT]]` or `ftp_client [options] ftp://USER@HOST:PORT/DIRECTORY`. Throws
/// UsageError with one clear line. `more` are options that a later lab adds to those of this one.
ClientOptions parse_client_options(int argc, char** argv, const ClientOptionRows& more = {});

/// The text of `--help`.
std::string client_help(const ClientOptionRows& more = {});

}  // namespace kit
