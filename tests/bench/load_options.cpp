#include "load_options.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string_view>

#include "arguments.h"

namespace bench {
namespace {

struct ModeRow {
  const char* name;
  Mode mode;
  const char* help;
};

constexpr std::array modes{
    ModeRow{"retr", Mode::retr, "fetch --path again and again, a data connection for each"},
    ModeRow{"stor", Mode::stor, "store --size bytes as --path/up-N again and again"},
    ModeRow{"list", Mode::list, "LIST --path"},
    ModeRow{"mlsd", Mode::mlsd, "MLSD --path"},
    ModeRow{"login", Mode::login, "connect, USER, PASS, QUIT"},
    ModeRow{"noop", Mode::noop, "NOOP round trips, --depth at once"},
    ModeRow{"idle", Mode::idle, "hold the sessions, and ask one after the other, at random, for a NOOP"},
    ModeRow{"echo", Mode::echo, "lines to an echo server, --depth at once"},
};

std::uint64_t number(const std::string& name, std::string_view value, std::uint64_t low) {
  const auto result = kit::parse_number<std::uint64_t>(value, low, std::numeric_limits<std::uint32_t>::max() * 1000ULL);
  if (!result) {
    throw kit::UsageError(name + ": '" + std::string(value) + "' is not a number of at least " + std::to_string(low));
  }
  return *result;
}

/// Takes the option `name` with its value; false when there is none of that name.
bool set_valued(LoadOptions& options, const std::string& name, const std::string& value) {
  const auto milliseconds = [&] { return std::chrono::milliseconds(number(name, value, 1)); };
  if (name == "--user") {
    options.user = value;
  } else if (name == "--password") {
    options.password = value;
  } else if (name == "--path") {
    options.path = value;
  } else if (name == "--sessions") {
    options.sessions = number(name, value, 1);
  } else if (name == "--count") {
    options.count = number(name, value, 1);
  } else if (name == "--time") {
    options.time = milliseconds();
  } else if (name == "--limit") {
    options.limit = milliseconds();
  } else if (name == "--opening") {
    options.opening = milliseconds();
  } else if (name == "--depth") {
    options.depth = number(name, value, 1);
  } else if (name == "--size") {
    options.size = number(name, value, 0);
  } else {
    return false;
  }
  return true;
}

bool set_flag(LoadOptions& options, const std::string& name) {
  constexpr std::array<std::pair<const char*, bool LoadOptions::*>, 4> flags{{{"--epsv", &LoadOptions::extended},
                                                                              {"--copy", &LoadOptions::copy},
                                                                              {"--steps", &LoadOptions::steps},
                                                                              {"--help", &LoadOptions::help}}};
  const auto* row = std::find_if(flags.begin(), flags.end(), [&](const auto& flag) { return name == flag.first; });
  if (row == flags.end()) {
    return false;
  }
  options.*(row->second) = true;
  return true;
}

}  // namespace

LoadOptions parse_load_options(const std::vector<std::string>& arguments) {
  LoadOptions options;
  std::vector<std::string> plain;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (!arguments[i].starts_with("--")) {
      plain.push_back(arguments[i]);
    } else if (!set_flag(options, arguments[i])) {
      const bool last = i + 1 == arguments.size();
      if (last || !set_valued(options, arguments[i], arguments[i + 1])) {
        throw kit::UsageError(arguments[i] + (last ? ": no such option, or no value" : ": no such option"));
      }
      ++i;
    }
  }
  if (options.help) {
    return options;
  }
  if (plain.size() != 2) {
    throw kit::UsageError("expected MODE PORT; see --help");
  }
  const auto* row =
      std::find_if(modes.begin(), modes.end(), [&](const ModeRow& mode) { return mode.name == plain[0]; });
  if (row == modes.end()) {
    throw kit::UsageError("'" + plain[0] + "' is no mode; see --help");
  }
  options.mode = row->mode;
  options.port = kit::port_argument(plain[1]);
  return options;
}

std::string load_help() {
  std::string text = "usage: ftp_load MODE PORT [options]: loads the FTP server on 127.0.0.1, prints JSON\n\nmodes:\n";
  for (const ModeRow& row : modes) {
    text += "  " + std::string(row.name) + std::string(8 - std::string_view(row.name).size(), ' ') + row.help + "\n";
  }
  return text + "\noptions:\n"
                "  --sessions N                 sessions at once (1)\n"
                "  --user NAME --password TEXT  (anonymous)\n"
                "  --path PATH                  the file or directory on the server\n"
                "  --time MS                    no operation begins later than this (1000)\n"
                "  --count N                    operations of each session, instead of --time\n"
                "  --opening MS                 no session is opened later than this (60000)\n"
                "  --limit MS                   everything ends by then (60000)\n"
                "  --depth N                    NOOPs on their way at once (1)\n"
                "  --size N                     bytes of an upload\n"
                "  --epsv                       EPSV instead of PASV\n"
                "  --copy                       receive into a buffer; otherwise the kernel drops the bytes\n"
                "  --steps                      print when the sessions are open, wait for a line before the run and "
                "after it\n";
}

}  // namespace bench
