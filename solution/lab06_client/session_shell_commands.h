#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "shell.h"

namespace kit {

/// Where a session leads and as whom.
struct Destination {
  std::string host;
  std::uint16_t port = 21;
  std::string user;  ///< empty: anonymous, and whoever is asked for if that is refused
  std::optional<std::string> password;
  std::string path;  ///< the directory to begin in; empty: where the login leads
  bool login = true;
  std::optional<std::string> account = {};  ///< for servers that ask for one (332)
};

/// The session that was opened last: a part of the shell.
struct LastSession {
  Destination destination;                     ///< with the user and the password that were taken
  std::function<void(Destination&)> complete;  ///< called before a session is opened: fills in what was not given
};

/// What `verbose` and `progress` switch.
struct ShellSettings {
  bool verbose = false;
  bool progress = true;
};

/// Connects and logs in; an earlier session is ended. Without a user name anonymous is tried in silence, and where the
/// server refuses that, `Name: ` and `Password: ` are asked for. Throws FtpError and the rest of what Client::connect()
/// throws.
void open_session(Shell& shell, const Destination& wanted);

/// Whether every line sent and every reply is shown on the error output. A password is shown as ****.
void set_verbose(Shell& shell, bool verbose);

}  // namespace kit
