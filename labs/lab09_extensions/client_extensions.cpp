#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "arguments.h"
#include "completion.h"
#include "extended_shell_commands.h"
#include "line_editor.h"
#include "netrc.h"
#include "retry.h"
#include "session_shell_commands.h"

namespace kit {
namespace {

// What the options of this lab leave.
struct ExtendedWanted {
  int retries = 0;
  bool netrc = true;
  std::string netrc_path;  // empty: that of the home directory, if there is one
};

ExtendedWanted& wanted(ClientOptions& options) { return options.more.get<ExtendedWanted>(); }

std::string home_netrc() {
  const char* home = std::getenv("HOME");
  return home == nullptr ? "" : std::string(home) + "/.netrc";
}

// Fills in what the file knows and nobody has said.
void complete_from_netrc(const ExtendedWanted& wanted, Destination& destination) {
  const std::string path = wanted.netrc_path.empty() ? home_netrc() : wanted.netrc_path;
  if (!wanted.netrc || !destination.login || destination.password || path.empty()) {
    return;
  }
  const auto entries = read_netrc(path);
  if (!entries && !wanted.netrc_path.empty()) {
    throw NetrcError(path + ": no such file");
  }
  const NetrcEntry* entry = entries ? find_entry(*entries, destination.host, destination.user) : nullptr;
  if (entry != nullptr && !entry->login.empty()) {
    destination.user = entry->login;
    destination.password = entry->password;
    destination.account = entry->account;
  }
}

void edit_lines(Shell& shell) {
  if (!LineEditor::works_on(STDIN_FILENO, STDOUT_FILENO)) {
    return;
  }
  const auto editor =
      std::make_shared<LineEditor>(shell.client().waiter(), STDIN_FILENO, STDOUT_FILENO,
                                   [&shell](std::string_view before_cursor) { return complete(shell, before_cursor); });
  shell.console().ask_through(
      [editor](std::string_view prompt) { return editor->read(prompt, prompt == Shell::prompt); });
}

}  // namespace

ClientOptionRows extended_options() {
  return {
      {"retries", "N", "try a broken transfer again, at most N times (default: 0)",
       [](ClientOptions& options, const std::string& value) { wanted(options).retries = retries_argument(value); }},
      {"netrc", "FILE", "take user and password from FILE (default: ~/.netrc)",
       [](ClientOptions& options, const std::string& value) { wanted(options).netrc_path = value; }},
      {"no-netrc", nullptr, "do not look into ~/.netrc",
       [](ClientOptions& options, const std::string&) { wanted(options).netrc = false; }, 'n'},
  };
}

void prepare_extensions(Shell& shell, const ClientOptions& options) {
  const ExtendedWanted* given = options.more.find<ExtendedWanted>();
  const ExtendedWanted wanted = given == nullptr ? ExtendedWanted{} : *given;
  shell.part<RetrySettings>().most = wanted.retries;
  shell.part<PromptSettings>().asks = !options.execute;
  shell.part<LastSession>().complete = [wanted](Destination& destination) { complete_from_netrc(wanted, destination); };
  edit_lines(shell);
}

}  // namespace kit
