#include "server_options.h"

#include <arpa/inet.h>
#include <getopt.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "arguments.h"
#include "escape.h"

namespace kit {
namespace {

struct OptionRow {
  const char* name;
  const char* value;  // nullptr: takes none
  const char* help;
  void (*apply)(ServerOptions&, const std::string& value);
};

[[noreturn]] void refuse(const char* option, const std::string& value, const char* expected) {
  throw UsageError("--" + std::string(option) + ": '" + escape_controls(value) + "' is not " + expected);
}

std::size_t count(const char* option, const std::string& value) {
  const auto number = parse_number<std::size_t>(value, 0, 1'000'000);
  return number ? *number : (refuse(option, value, "a number from 0 to 1000000"), 0);
}

std::chrono::seconds seconds(const char* option, const std::string& value) {
  const auto number = parse_number<int>(value, 1, 86'400);
  return std::chrono::seconds(number ? *number : (refuse(option, value, "a number of seconds from 1 to 86400"), 0));
}

void add_user(ServerOptions& options, const std::string& value) {
  const std::size_t colon = value.find(':');
  if (colon == std::string::npos || colon == 0) {
    throw UsageError("--user: expected NAME:PASSWORD or NAME:PASSWORD:ro");  // the value may hold a password
  }
  AccountOption account{value.substr(0, colon), value.substr(colon + 1), false};
  if (account.password.ends_with(":ro")) {
    account.password.resize(account.password.size() - 3);
    account.read_only = true;
  }
  options.users.push_back(account);
}

void set_anonymous(ServerOptions& options, const std::string& value) {
  if (value == "off") {
    options.anonymous = AnonymousAccess::off;
  } else if (value == "ro") {
    options.anonymous = AnonymousAccess::read_only;
  } else if (value == "rw") {
    options.anonymous = AnonymousAccess::read_write;
  } else {
    refuse("anonymous", value, "off, ro or rw");
  }
}

void set_passive_ports(ServerOptions& options, const std::string& value) {
  const std::size_t dash = value.find('-');
  const std::string_view text = value;
  const auto low = parse_number<std::uint16_t>(text.substr(0, dash), 1, 65535);
  const auto high = dash == std::string::npos ? low : parse_number<std::uint16_t>(text.substr(dash + 1), 1, 65535);
  if (!low || !high || *low > *high) {
    refuse("passive-ports", value, "a range of ports such as 50000-50100");
  }
  options.passive_ports = {*low, *high};
}

void set_passive_address(ServerOptions& options, const std::string& value) {
  in_addr ignored{};
  if (::inet_pton(AF_INET, value.c_str(), &ignored) != 1) {
    refuse("passive-address", value, "an IPv4 address such as 192.0.2.7");
  }
  options.passive_address = value;
}

void set_log_level(ServerOptions& options, const std::string& value) {
  constexpr std::array<std::string_view, 4> names{"error", "warning", "info", "debug"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names.at(i) == value) {
      options.log_level = static_cast<LogLevel>(i);
      return;
    }
  }
  refuse("log-level", value, "error, warning, info or debug");
}

void set_log_format(ServerOptions& options, const std::string& value) {
  if (value != "text" && value != "json") {
    refuse("log-format", value, "text or json");
  }
  options.log_format = value == "json" ? LogFormat::json : LogFormat::text;
}

void set_metrics(ServerOptions& options, const std::string& value) {
  options.metrics_port = value == "off" ? std::nullopt : std::optional(port_argument(value));
}

using Options = ServerOptions;
using Text = const std::string&;

// The one list of options: getopt_long's table and --help are both made from it.
constexpr std::array rows{
    OptionRow{"root", "DIR", "serve DIR (default: the current directory)", [](Options& o, Text v) { o.root = v; }},
    OptionRow{"bind", "ADDR", "listen on ADDR (default: 127.0.0.1)", [](Options& o, Text v) { o.bind_address = v; }},
    OptionRow{"user", "NAME:PASSWORD[:ro]", "add an account; ro: it may only read", add_user},
    OptionRow{"users", "FILE", "accounts from FILE, a line each: NAME:HASH[:ro], HASH as by crypt(3)",
              [](Options& o, Text v) { o.users_file = v; }},
    OptionRow{"anonymous", "off|ro|rw", "what anonymous may do (default: rw; off once accounts are given)",
              set_anonymous},
    OptionRow{"passive-ports", "A-B", "data ports for PASV (default: any)", set_passive_ports},
    OptionRow{"passive-address", "IP", "address told in PASV replies (default: the one the client reached)",
              set_passive_address},
    OptionRow{"max-sessions", "N", "sessions at once (default: 0, no limit)",
              [](Options& o, Text v) { o.max_sessions = count("max-sessions", v); }},
    OptionRow{"max-sessions-per-address", "N", "sessions of one address at once (default: 0)",
              [](Options& o, Text v) { o.max_sessions_per_address = count("max-sessions-per-address", v); }},
    OptionRow{"max-transfers", "N", "transfers at once (default: 0)",
              [](Options& o, Text v) { o.max_transfers = count("max-transfers", v); }},
    OptionRow{"idle-timeout", "S", "seconds without a command until 421 (default: 300)",
              [](Options& o, Text v) { o.idle_timeout = seconds("idle-timeout", v); }},
    OptionRow{"login-timeout", "S", "seconds until somebody has to be logged in (default: 60)",
              [](Options& o, Text v) { o.login_timeout = seconds("login-timeout", v); }},
    OptionRow{"stall-timeout", "S", "seconds a data connection may stand still (default: 60)",
              [](Options& o, Text v) { o.stall_timeout = seconds("stall-timeout", v); }},
    OptionRow{"stop-timeout", "S", "seconds transfers may go on when the server stops (default: 2)",
              [](Options& o, Text v) { o.stop_timeout = seconds("stop-timeout", v); }},
    OptionRow{"login-attempts", "N", "bad passwords until 421 (default: 3)",
              [](Options& o, Text v) { o.login_attempts = static_cast<unsigned>(count("login-attempts", v)); }},
    OptionRow{"allow-foreign-data", nullptr, "data connections to and from other addresses than the client's",
              [](Options& o, Text) { o.allow_foreign_data = true; }},
    OptionRow{"banner", "TEXT", "text of the greeting", [](Options& o, Text v) { o.banner = v; }},
    OptionRow{"log-level", "LEVEL", "error, warning, info or debug (default: info)", set_log_level},
    OptionRow{"log-format", "text|json", "form of the log on stderr (default: text)", set_log_format},
    OptionRow{"metrics", "PORT|off", "serve metrics on loopback (default: off)", set_metrics},
    OptionRow{"version", nullptr, "print the version", [](Options& o, Text) { o.action = Options::Action::version; }},
    OptionRow{"help", nullptr, "print this", [](Options& o, Text) { o.action = Options::Action::help; }},
};

std::array<option, rows.size() + 1> getopt_table() {
  std::array<option, rows.size() + 1> table{};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    table.at(i) = {rows.at(i).name, rows.at(i).value == nullptr ? no_argument : required_argument, nullptr, 0};
  }
  return table;
}

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1" || address == "localhost";
}

void check_exposure(const ServerOptions& options, bool anonymous_asked) {
  const bool has_accounts = !options.users.empty() || !options.users_file.empty();
  if (!is_loopback(options.bind_address) && !has_accounts && !anonymous_asked) {
    throw UsageError("refusing to serve the network without a password: give --user or --users, or ask for it with "
                     "--anonymous ro");
  }
}

}  // namespace

ServerOptions parse_server_options(int argc, char** argv) {
  ServerOptions options;
  bool anonymous_asked = false;
  const auto table = getopt_table();
  ::opterr = 0;  // the one line on stderr is ours
  ::optind = 1;
  int row = 0;
  for (int found = 0; (found = ::getopt_long(argc, argv, ":", table.data(), &row)) != -1;) {
    if (found == ':') {
      throw UsageError(std::string(argv[::optind - 1]) + " needs a value");
    }
    if (found != 0) {
      throw UsageError("unknown option '" + escape_controls(argv[::optind - 1]) + "'; --help lists them");
    }
    const OptionRow& option = rows.at(static_cast<std::size_t>(row));
    anonymous_asked = anonymous_asked || std::string_view(option.name) == "anonymous";
    option.apply(options, option.value == nullptr ? "" : ::optarg);
  }
  if (options.action != ServerOptions::Action::serve) {
    return options;
  }
  if (argc - ::optind != 1) {
    throw UsageError(argc == ::optind ? "which port? usage: ftp_server PORT [options]"
                                      : "more than one port given; usage: ftp_server PORT [options]");
  }
  options.port = port_argument(argv[::optind]);
  const bool has_accounts = !options.users.empty() || !options.users_file.empty();
  if (has_accounts && !anonymous_asked) {
    options.anonymous = AnonymousAccess::off;
  }
  check_exposure(options, anonymous_asked);
  return options;
}

std::string server_help() {
  std::string text = "usage: ftp_server PORT [options]\nServes FTP on PORT (0: a free one).\n\n";
  for (const OptionRow& row : rows) {
    std::string left = "  --" + std::string(row.name) + (row.value == nullptr ? "" : " " + std::string(row.value));
    left.resize(std::max<std::size_t>(left.size() + 2, 34), ' ');
    text += left + row.help + "\n";
  }
  return text;
}

}  // namespace kit
