#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace kit {

class Shell;

using Words = std::vector<std::string>;

/// What must hold before a command of the shell is carried out.
enum class Needs { nothing, connection };

/// What a command gets: the words behind its name, or all the rest of the line as one word, quotes and all.
enum class Takes { words, rest };

/// Carries out one command. Throws whatever goes wrong: the shell makes one line of it.
using ShellHandler = void (*)(Shell& shell, const Words& arguments);

/// One command of the shell: all that dispatch and `help` need to know of it.
struct ShellRow {
  std::string_view names;   ///< "quit bye exit": all of its names, the one that `help` lists first
  std::string_view syntax;  ///< what stands behind the name: "<remote> [<local>]"; "" for nothing
  Needs needs;
  std::size_t least;  ///< how many words it takes
  std::size_t most;
  ShellHandler run;
  std::string_view help;
  Takes takes = Takes::words;

  /// "get <remote> [<local>]".
  [[nodiscard]] std::string usage() const;
};

/// The commands of a shell. Tables are added up; a later row replaces an earlier one with the same first name.
class ShellTable {
 public:
  ShellTable() = default;
  ShellTable(std::initializer_list<ShellRow> rows);

  ShellTable& operator+=(const ShellTable& later);
  friend ShellTable operator+(ShellTable earlier, const ShellTable& later) { return earlier += later; }

  /// The row that has `name` among its names, in upper or lower case, or nullptr.
  [[nodiscard]] const ShellRow* find(std::string_view name) const;

  [[nodiscard]] const std::vector<ShellRow>& rows() const { return rows_; }

 private:
  std::vector<ShellRow> rows_;
};

/// The commands of `ftp_client`, family by family.
ShellTable session_shell_commands();   ///< open close user quit status verbose progress help quote
ShellTable remote_shell_commands();    ///< cd cdup pwd mkdir rmdir delete rename
ShellTable transfer_shell_commands();  ///< get put append ls nlist binary passive
ShellTable local_shell_commands();     ///< lcd lpwd !

}  // namespace kit
