#include "shell.h"

#include <utility>

#include "command_line.h"
#include "escape.h"
#include "ftp_error.h"
#include "todo.h"

namespace kit {

Shell::Shell(Client& client, Console& console, ShellTable commands)
    : client_(client), console_(console), commands_(std::move(commands)) {}

void Shell::run() {
  KIT_TODO("lab 6, Shell::run");
}

void Shell::run_line(std::string_view line) {
  KIT_TODO("lab 6, Shell::run_line");
}

void Shell::fail(std::string_view message) {
  failed_ = true;
  console_.error(message);
}

}  // namespace kit
