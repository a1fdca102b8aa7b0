#include "command.h"

#include <algorithm>

#include "ascii.h"
#include "todo.h"

namespace kit {

std::optional<Command> parse_command(std::string_view line) {
  // BEGIN SOLUTION parse_command
  const std::string_view verb = line.substr(0, line.find(' '));
  if (verb.empty() || !std::all_of(verb.begin(), verb.end(), is_letter)) {
    return std::nullopt;
  }
  Command command{to_upper(verb), std::nullopt};
  if (verb.size() < line.size()) {
    command.argument = line.substr(verb.size() + 1);
  }
  return command;
  // END SOLUTION
}

}  // namespace kit
