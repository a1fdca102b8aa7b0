#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "log.h"

namespace kit {

/// What a user without a name of its own may do.
enum class AnonymousAccess { off, read_only, read_write };

/// An account given on the command line as NAME:PASSWORD or NAME:PASSWORD:ro.
struct AccountOption {
  std::string name;
  std::string password;
  bool read_only = false;
};

/// A range of TCP ports, both ends included; 0 to 0 lets the system choose.
struct PortRange {
  std::uint16_t low = 0;
  std::uint16_t high = 0;
};

/// Everything `ftp_server` can be told on its command line; the same in every lab. Zero means "no limit" for counts.
struct ServerOptions {
  std::uint16_t port = 0;
  std::string root = ".";
  std::string bind_address = "127.0.0.1";
  std::vector<AccountOption> users;
  std::string users_file;  ///< empty: none
  AnonymousAccess anonymous = AnonymousAccess::read_write;
  PortRange passive_ports;
  std::string passive_address;  ///< empty: the control connection's own address
  std::size_t max_sessions = 0;
  std::size_t max_sessions_per_address = 0;
  std::size_t max_transfers = 0;
  std::chrono::seconds idle_timeout{300};  ///< RFC 1123 4.1.3.2: at least five minutes by default
  std::chrono::seconds login_timeout{60};
  std::chrono::seconds stall_timeout{60};
  std::chrono::seconds stop_timeout{2};
  unsigned login_attempts = 3;  ///< RFC 2577 5: three to five
  bool allow_foreign_data = false;
  std::string banner = "FTP from an echo socket";
  LogLevel log_level = LogLevel::info;
  LogFormat log_format = LogFormat::text;
  std::optional<std::uint16_t> metrics_port;  ///< none: off

  enum class Action { serve, help, version };
  Action action = Action::serve;
};

/// Reads the command line of `ftp_server PORT [options]`. Throws UsageError with one clear line for anything that is
/// not understood, and when the server would be open to the network without anybody having asked for it: bound to an
/// address that is not loopback, with no accounts and no `--anonymous`.
ServerOptions parse_server_options(int argc, char** argv);

/// The text of `--help`.
std::string server_help();

}  // namespace kit
