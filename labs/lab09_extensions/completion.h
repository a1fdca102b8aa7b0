#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "line_editor.h"
#include "shell.h"
#include "shell_table.h"

namespace kit {

/// Where in a line that is being typed the cursor stands.
struct CompletionPoint {
  std::size_t begin = 0;     ///< where the word before the cursor begins: the cursor itself behind a blank
  std::string word = {};     ///< that word, without its quotes and backslashes
  std::size_t index = 0;     ///< 0: it is the command's name; 1: its first argument; options ("-r") do not count
  std::string command = {};  ///< the command's name, unless the cursor stands in it

  bool operator==(const CompletionPoint&) const = default;
};

/// Takes apart what stands before the cursor, as split_words() would; a quote that is not closed yet is fine. Pure.
CompletionPoint completion_point(std::string_view before_cursor);

/// What stands at a place of a command's syntax: see ShellRow::syntax, of which this is read.
enum class Completes { nothing, command, local, remote };
Completes what_completes(const ShellTable& commands, const CompletionPoint& point);

/// A word as it has to be typed for split_words() to make `text` of it. Pure.
std::string typed_word(std::string_view text);

/// What all of `names` begin with, by whole characters. Pure.
std::string common_beginning(const std::vector<std::string>& names);

/// Completes names of commands, local and remote files by where the cursor stands. The server is asked for remote ones;
/// what it refuses completes nothing. Ctrl-C ends that. Throws what ends a session.
Completion complete(Shell& shell, std::string_view before_cursor);

}  // namespace kit
