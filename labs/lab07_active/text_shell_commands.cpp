#include <algorithm>
#include <string>
#include <utility>

#include "active_shell_commands.h"
#include "arguments.h"
#include "ascii.h"
#include "ascii_converter.h"
#include "escape.h"
#include "local_files.h"
#include "progress.h"
#include "shown_progress.h"
#include "todo.h"

namespace kit {
namespace {

// The row of lab 6 with this name: it transfers byte for byte.
const ShellRow& binary_row(std::string_view name) {
  static const ShellTable rows = transfer_shell_commands();
  return *rows.find(name);
}

void set_type(Shell& shell, bool ascii) {
  shell.part<TransferChoices>().ascii = ascii;
  shell.client().use_type(ascii ? "A" : "I");
}

/// In TYPE A each CR LF that comes becomes a LF of the local file; in TYPE I the get of lab 6. The number of bytes
/// shown is that of those that travelled.
void get(Shell& shell, const Words& words) {
  KIT_TODO("lab 7, get");
}

/// In TYPE A each LF of the local file travels as CR LF; in TYPE I the put of lab 6.
void put(Shell& shell, const Words& words) {
  KIT_TODO("lab 7, put");
}

/// The same for append.
void append(Shell& shell, const Words& words) {
  KIT_TODO("lab 7, append");
}

// `type`, `type ascii`, `type binary`, and the letters that FTP has for them.
void type(Shell& shell, const Words& words) {
  if (!words.empty()) {
    const std::string name = to_upper(words[0]);
    const bool ascii = name == "ASCII" || name == "A";
    if (!ascii && name != "BINARY" && name != "IMAGE" && name != "I") {
      throw UsageError("there is no type '" + escape_controls(words[0]) + "': ascii or binary");
    }
    set_type(shell, ascii);
  }
  shell.console().print(std::string("type: ") + (shell.part<TransferChoices>().ascii ? "ascii" : "binary") + "\n");
}

}  // namespace

ShellTable text_shell_commands() {
  ShellRow get_row = binary_row("get");
  ShellRow put_row = binary_row("put");
  ShellRow append_row = binary_row("append");
  get_row.run = get;
  put_row.run = put;
  append_row.run = append;
  return {
      get_row,
      put_row,
      append_row,
      {"ascii", "", Needs::nothing, 0, 0, [](Shell& shell, const Words&) { set_type(shell, true); },
       "transfer text: line ends become those of the other side"},
      {"binary image", "", Needs::nothing, 0, 0, [](Shell& shell, const Words&) { set_type(shell, false); },
       "transfer files byte for byte"},
      {"type", "[ascii | binary]", Needs::nothing, 0, 1, type, "show the type of transfers, or choose it"},
  };
}

}  // namespace kit
