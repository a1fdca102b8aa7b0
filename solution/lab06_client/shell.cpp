#include "shell.h"

#include <utility>

#include "command_line.h"
#include "escape.h"
#include "ftp_error.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

constexpr std::string_view blanks = " \t";

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// How long the name at the front of a line is. "!ls" is the command "!" with "ls" behind it.
std::size_t name_length(std::string_view line) { return line.starts_with('!') ? 1 : line.find_first_of(blanks); }

}  // namespace
// END PRIVATE

Shell::Shell(Client& client, Console& console, ShellTable commands)
    : client_(client), console_(console), commands_(std::move(commands)) {}

void Shell::run() {
  // BEGIN SOLUTION Shell::run
  while (!ended_) {
    try {
      const std::optional<std::string> line = console_.ask(prompt);
      if (!line) {
        console_.print("\n");
        return;
      }
      run_line(*line);
    } catch (const CommandLineError& error) {
      fail(error.what());
    }
  }
  // END SOLUTION
}

void Shell::run_line(std::string_view line) {
  // BEGIN SOLUTION Shell::run_line
  line = without_blanks(line);
  if (line.empty()) {
    return;
  }
  const std::string_view name = line.substr(0, name_length(line));
  try {
    carry_out(name, without_blanks(line.substr(name.size())));
  } catch (const Stopped&) {
    throw;
  } catch (const Todo&) {
    throw;
  } catch (const std::exception& error) {
    fail(escape_controls(name) + ": " + error.what());
  }
  console_.flush();
  // END SOLUTION
}

// BEGIN PRIVATE
void Shell::carry_out(std::string_view name, std::string_view rest) {
  const ShellRow* row = commands_.find(name);
  if (row == nullptr) {
    throw CommandLineError("unknown command; help lists them all");
  }
  const Words words = row->takes == Takes::words ? split_words(rest)
                      : rest.empty()             ? Words{}
                                                 : Words{std::string(rest)};
  if (words.size() < row->least || words.size() > row->most) {
    throw CommandLineError("usage: " + row->usage());
  }
  if (row->needs == Needs::connection && !client_.connected()) {
    throw NotConnected();
  }
  row->run(*this, words);
}

// END PRIVATE
void Shell::fail(std::string_view message) {
  failed_ = true;
  console_.error(message);
}

}  // namespace kit
