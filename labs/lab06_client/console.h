#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "wait.h"

namespace kit {

/// Where the person is, or the script: lines in, text and errors out. Refers to three descriptors and to a Waiter; owns
/// none. Output is gathered and written before the next input is waited for, before an error, and by flush().
class Console {
 public:
  /// Longer lines of input are refused.
  static constexpr std::size_t line_limit = 65536;

  explicit Console(Waiter& waiter, int input = 0, int output = 1, int error = 2);

  /// The next line of input without its end; nothing at the end of the input. Throws CommandLineError for a line over
  /// the limit (it is passed over), Stopped, std::system_error.
  std::optional<std::string> read_line();

  /// Prints `prompt` and reads a line.
  std::optional<std::string> ask(std::string_view prompt);

  /// Another way to do that, for a person at a terminal: shows the prompt itself, and returns or throws as ask() does.
  using Prompter = std::function<std::optional<std::string>(std::string_view prompt)>;
  void ask_through(Prompter prompter) { prompter_ = std::move(prompter); }

  /// The same for a password: on a terminal it is not shown as it is typed.
  std::optional<std::string> ask_secret(std::string_view prompt);

  /// Prints text of the program's own, as it is.
  void print(std::string_view text);

  /// Prints one line that came from a server: on a terminal its control bytes are escaped; a file or a pipe gets it as
  /// it came.
  void print_foreign(std::string_view line);

  /// Prints one line on the error output, at once. The text is the program's own or harmless already.
  void error(std::string_view line);

  /// Writes what print() has gathered. Throws std::system_error.
  void flush();

  /// The descriptor on which errors and a progress bar appear, and whether a person sees it.
  [[nodiscard]] int error_descriptor() const { return error_; }
  [[nodiscard]] bool shows_progress() const;

  /// Whether a person types here, and not a script.
  [[nodiscard]] bool input_is_terminal() const;

 private:
  Waiter& waiter_;
  int input_;
  int output_;
  int error_;
  bool output_is_terminal_;
  Prompter prompter_;
  std::string typed_;     // read, but not yet taken as a line
  std::string gathered_;  // printed, but not yet written

  bool fill();
};

}  // namespace kit
