#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "edited_line.h"
#include "keys.h"
#include "wait.h"

namespace kit {

/// What can stand in the place of what stands between `begin` and the cursor of a line.
struct Completion {
  std::size_t begin = 0;
  std::string replacement = {};           ///< what all choices begin with; with a blank behind it if it is the only one
  std::vector<std::string> choices = {};  ///< as they are shown to a person
};
using Completer = std::function<Completion(std::string_view before_cursor)>;

/// Lines that a person types at a terminal and can change before Enter: arrows, Home and End, Ctrl-A E B F, Backspace,
/// Delete, Ctrl-U K W; the lines before with the up and down arrows; and completion with Tab. Refers to a waiter and to
/// the terminal's descriptors.
///
/// While a line is read the terminal is in raw mode: it neither echoes nor gathers lines. However read() ends, by a
/// line, an exception, Ctrl-C, Ctrl-Z or a signal that the waiter sees, the terminal is as it was.
class LineEditor {
 public:
  /// Whether a line can be edited there: both are terminals, and TERM names one that knows how to move a cursor.
  static bool works_on(int input, int output);

  LineEditor(Waiter& waiter, int input, int output, Completer completer)
      : waiter_(waiter), input_(input), output_(output), completer_(std::move(completer)) {}

  /// Shows `prompt`, which has one column for each byte, and reads a line; nothing at the end of the input (Ctrl-D in
  /// an empty line). With `remembers` there are the lines before, completion, and the line is kept for later. Throws
  /// what the waiter throws, std::system_error.
  std::optional<std::string> read(std::string_view prompt, bool remembers);

 private:
  enum class Progress { goes_on, done, ended, suspended, quit };

  Progress type(bool remembers);
  KeyPress next_key();
  Progress act(const KeyPress& press, bool remembers);
  void edit(Key key);
  void insert(const std::string& character);
  void complete();
  void stop_by(int signal) const;
  void show_prompt();
  void draw();
  void write(std::string_view bytes) const;

  Waiter& waiter_;
  int input_;
  int output_;
  Completer completer_;
  LineHistory history_;
  EditedLine line_;
  KeyDecoder decoder_;
  std::string prompt_;
};

}  // namespace kit
