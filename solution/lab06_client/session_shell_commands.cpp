#include "session_shell_commands.h"

#include <strings.h>

#include <algorithm>

#include "arguments.h"
#include "escape.h"
#include "ftp_error.h"

namespace kit {
namespace {

constexpr std::size_t help_column = 30;

std::string masked(std::string_view line) {
  const bool secret =
      line.size() > 5 && (::strncasecmp(line.data(), "PASS ", 5) == 0 || ::strncasecmp(line.data(), "ACCT ", 5) == 0);
  return secret ? std::string(line.substr(0, 5)) + "****" : escape_controls(line);
}

constexpr int need_account = 332;

// Logs in with a password from wherever, and the account if the server asks for it.
void log_in_as(Shell& shell, const std::string& user, const Client::PasswordSource& password) {
  Destination& last = shell.part<LastSession>().destination;
  last.user = user;
  last.password = std::nullopt;
  try {
    shell.client().login(user, [&] { return *(last.password = password()); });
  } catch (const FtpError& error) {
    if (error.reply().code != need_account || !last.account) {
      throw;
    }
    shell.client().require("ACCT " + *last.account);
  }
}

void log_in(Shell& shell, std::string user, const std::optional<std::string>& password) {
  if (user.empty()) {
    try {
      log_in_as(shell, "anonymous", [] { return "anonymous@"; });
      return;
    } catch (const FtpError&) {
      user = shell.console().ask("Name: ").value_or("");
      if (user.empty()) {
        throw;
      }
    }
  }
  log_in_as(shell, user, [&] {
    const auto secret = password ? password : shell.console().ask_secret("Password: ");
    return secret ? *secret : throw std::runtime_error("no password was given");
  });
}

void open(Shell& shell, const Words& words) {
  const std::uint16_t port = words.size() > 1 ? port_argument(words[1]) : std::uint16_t{21};
  open_session(shell, {words[0], port, {}, {}, {}});
}

void user(Shell& shell, const Words& words) {
  log_in(shell, words[0], words.size() > 1 ? std::optional(words[1]) : std::nullopt);
}

void quit(Shell& shell, const Words& /*none*/) {
  if (shell.client().connected()) {
    shell.client().quit();
  }
  shell.end();
}

void quote(Shell& shell, const Words& words) {
  shell.client().forget_type();
  const Reply reply = shell.client().quote(words[0]);
  for (const std::string& line : reply.numbered_lines()) {
    shell.console().print_foreign(line);
  }
  if (reply.failed()) {
    shell.mark_failed();
  }
}

std::string on_or_off(bool on) { return on ? "on" : "off"; }

void status(Shell& shell, const Words& /*none*/) {
  const auto& settings = shell.part<ShellSettings>();
  Client& client = shell.client();
  shell.console().print(client.connected() ? "connected to " + client.control().peer().to_string() + "\n"
                                           : "not connected\n");
  shell.console().print("type: binary; data connections: passive\nverbose: " + on_or_off(settings.verbose) +
                        "; progress: " + on_or_off(settings.progress) + "\n");
}

void verbose(Shell& shell, const Words& /*none*/) {
  set_verbose(shell, !shell.part<ShellSettings>().verbose);
  shell.console().print("verbose: " + on_or_off(shell.part<ShellSettings>().verbose) + "\n");
}

void progress(Shell& shell, const Words& /*none*/) {
  bool& shown = shell.part<ShellSettings>().progress;
  shown = !shown;
  shell.console().print("progress: " + on_or_off(shown) + "\n");
}

void help(Shell& shell, const Words& words) {
  Console& console = shell.console();
  if (!words.empty()) {
    const ShellRow* row = shell.commands().find(words[0]);
    if (row == nullptr) {
      throw UsageError("there is no command '" + escape_controls(words[0]) + "'");
    }
    console.print(row->usage() + ": " + std::string(row->help) + "\n");
    return;
  }
  for (const ShellRow& row : shell.commands().rows()) {
    std::string usage = row.usage();
    usage.resize(std::max(usage.size() + 2, help_column), ' ');
    console.print("  " + usage + std::string(row.help) + "\n");
  }
}

}  // namespace

void open_session(Shell& shell, const Destination& wanted) {
  Client& client = shell.client();
  Destination destination = wanted;
  LastSession& last = shell.part<LastSession>();
  if (last.complete) {
    last.complete(destination);
  }
  last.destination = destination;
  if (client.connected()) {
    client.quit();
  }
  client.connect(destination.host, destination.port);
  if (!destination.login) {
    return;
  }
  log_in(shell, destination.user, destination.password);
  if (!destination.path.empty()) {
    client.change_directory(destination.path);
  }
}

void set_verbose(Shell& shell, bool verbose) {
  shell.part<ShellSettings>().verbose = verbose;
  if (!verbose) {
    shell.client().observe(nullptr);
    return;
  }
  shell.client().observe([&console = shell.console()](std::string_view line_sent, const Reply* received) {
    if (received == nullptr) {
      console.error("---> " + masked(line_sent));
      return;
    }
    for (const std::string& line : received->numbered_lines()) {
      console.error(escape_controls(line));
    }
  });
}

ShellTable session_shell_commands() {
  return {
      {"open", "<host> [<port>]", Needs::nothing, 1, 2, open, "connect to a server and log in"},
      {"close disconnect", "", Needs::connection, 0, 0, [](Shell& shell, const Words&) { shell.client().quit(); },
       "end the session, not the program"},
      {"user", "<name> [<password>]", Needs::connection, 1, 2, user, "log in as somebody else"},
      {"quit bye exit", "", Needs::nothing, 0, 0, quit, "end the session and the program"},
      {"quote", "<line>", Needs::connection, 1, 1, quote, "send a line as it is and show the whole reply", Takes::rest},
      {"status", "", Needs::nothing, 0, 0, status, "show how things stand"},
      {"verbose", "", Needs::nothing, 0, 0, verbose, "show what is sent and answered, or not"},
      {"progress", "", Needs::nothing, 0, 0, progress, "show a progress bar on a terminal, or not"},
      {"help ?", "[<command>]", Needs::nothing, 0, 1, help, "list all commands, or explain one"},
  };
}

}  // namespace kit
