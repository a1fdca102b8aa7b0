#pragma once

#include <optional>
#include <string>
#include <string_view>

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

 private:
  Waiter& waiter_;
  int input_;
  int output_;
  int error_;
  bool output_is_terminal_;
  std::string typed_;     // read, but not yet taken as a line
  std::string gathered_;  // printed, but not yet written

  bool fill();
};

}  // namespace kit
