#include "client_options.h"

#include <getopt.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "arguments.h"
#include "escape.h"
#include "ftp_url.h"

namespace kit {
namespace {

using Options = ClientOptions;
using Text = const std::string&;

void add_commands(Options& options, Text value) {
  options.execute = options.execute ? *options.execute + ";" + value : value;
}

void set_patience(Options& options, Text value) {
  const auto seconds = parse_number<int>(value, 1, 86'400);
  if (!seconds) {
    throw UsageError("--timeout: '" + escape_controls(value) + "' is not a number of seconds from 1 to 86400");
  }
  options.patience = std::chrono::seconds(*seconds);
}

// The options that every ftp_client has.
constexpr std::array common_rows{
    ClientOptionRow{"execute", "COMMANDS", "carry out COMMANDS, separated by ';', and end", add_commands, 'e'},
    ClientOptionRow{"user", "NAME", "log in as NAME; the password is asked for",
                    [](Options& o, Text v) { o.asked.user = v; }},
    ClientOptionRow{"no-login", nullptr, "connect only", [](Options& o, Text) { o.asked.login = false; }},
    ClientOptionRow{"verbose", nullptr, "show every line sent and every reply",
                    [](Options& o, Text) { o.verbose = true; }},
    ClientOptionRow{"timeout", "S", "seconds without a reply or a byte until giving up (default: 60)", set_patience},
    ClientOptionRow{"trust-passive-address", nullptr, "connect to the address in a 227, not to the server's own",
                    [](Options& o, Text) { o.trust_passive_address = true; }},
    ClientOptionRow{"version", nullptr, "print the version",
                    [](Options& o, Text) { o.action = Options::Action::version; }},
    ClientOptionRow{"help", nullptr, "print this", [](Options& o, Text) { o.action = Options::Action::help; }},
};

// The one list of options: getopt_long's table and --help are both made from it.
ClientOptionRows all_rows(const ClientOptionRows& more) {
  ClientOptionRows rows(common_rows.begin(), common_rows.end());
  rows.insert(rows.end() - 2, more.begin(), more.end());  // --version and --help stay the last
  return rows;
}

std::vector<option> getopt_table(const ClientOptionRows& rows) {
  std::vector<option> table;
  for (const ClientOptionRow& row : rows) {
    table.push_back({row.name, row.value == nullptr ? no_argument : required_argument, nullptr, row.letter});
  }
  table.push_back({});
  return table;
}

// The short forms as getopt_long(3) wants them: ":e:n".
std::string letters_of(const ClientOptionRows& rows) {
  std::string letters = ":";  // a missing value is ':'
  for (const ClientOptionRow& row : rows) {
    if (row.letter != 0) {
      letters += row.letter;
      letters += row.value == nullptr ? "" : ":";
    }
  }
  return letters;
}

void read_options(int argc, char** argv, const ClientOptionRows& rows, Options& options) {
  const auto table = getopt_table(rows);
  const std::string letters = letters_of(rows);
  ::opterr = 0;  // the one line on stderr is ours
  ::optind = 1;
  int row = 0;
  for (int found = 0; (found = ::getopt_long(argc, argv, letters.c_str(), table.data(), &row)) != -1;) {
    if (found == ':') {
      throw UsageError(std::string(argv[::optind - 1]) + " needs a value");
    }
    const std::string value = ::optarg == nullptr ? "" : ::optarg;
    const auto lettered = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.letter == found; });
    if (found == '?') {
      throw UsageError("unknown option '" + escape_controls(argv[::optind - 1]) + "'; --help lists them");
    }
    (found == 0 ? rows.at(static_cast<std::size_t>(row)) : *lettered).apply(options, value);
  }
}

// What stands behind the options: HOST, HOST PORT or a URL.
Destination read_destination(const std::vector<std::string>& words, Destination destination) {
  if (is_ftp_url(words[0])) {
    if (words.size() > 1) {
      throw UsageError("nothing can follow the URL");
    }
    FtpUrl url = parse_ftp_url(words[0]);
    if (destination.user.empty()) {
      destination.user = url.user;
      destination.password = url.password;
    }
    destination.host = url.host;
    destination.port = url.port;
    destination.path = url.path;
  } else {
    if (words.size() > 2) {
      throw UsageError("usage: ftp_client [options] [HOST [PORT]]");
    }
    destination.host = words[0];
    destination.port = words.size() == 2 ? port_argument(words[1]) : destination.port;
  }
  return destination;
}

}  // namespace

ClientOptions parse_client_options(int argc, char** argv, const ClientOptionRows& more) {
  ClientOptions options;
  read_options(argc, argv, all_rows(more), options);
  options.asked.host = "localhost";
  const std::vector<std::string> words(argv + ::optind, argv + argc);
  if (!words.empty() && options.action == Options::Action::run) {
    options.destination = read_destination(words, options.asked);
  }
  return options;
}

std::string client_help(const ClientOptionRows& more) {
  std::string text = "usage: ftp_client [options] [HOST [PORT]]\n"
                     "       ftp_client [options] ftp://USER@HOST:PORT/DIRECTORY\n"
                     "Fetches and sends files over FTP. Without a host it asks for a port of localhost.\n\n";
  for (const ClientOptionRow& row : all_rows(more)) {
    std::string left = "  --" + std::string(row.name) + (row.value == nullptr ? "" : " " + std::string(row.value));
    left.resize(std::max<std::size_t>(left.size() + 2, 28), ' ');
    text += left + row.help + (row.letter == 0 ? "" : std::string(" (short: -") + row.letter + ")") + "\n";
  }
  return text;
}

}  // namespace kit
