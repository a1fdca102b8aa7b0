#include "command.h"

#include <algorithm>

#include "ascii.h"
#include "todo.h"

namespace kit {

std::optional<Command> parse_command(std::string_view line) {
  KIT_TODO("lab 3, parse_command");
}

}  // namespace kit
