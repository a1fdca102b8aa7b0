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

// BEGIN PRIVATE
/// A local file as it travels in TYPE A. A buffer takes what fits; the rest waits for the next.
class ConvertedSource {
 public:
  explicit ConvertedSource(LocalSource& file) : file_(file) {}

  std::size_t read(std::span<char> buffer) {
    while (pending_.empty() && !ended_) {
      const std::size_t got = file_.read(raw_);
      ended_ = got == 0;
      pending_ = ended_ ? encoder_.finish() : encoder_.convert({raw_.data(), got});
    }
    const std::size_t size = pending_.copy(buffer.data(), buffer.size());
    pending_.remove_prefix(size);
    return size;
  }

 private:
  LocalSource& file_;
  AsciiEncoder encoder_;
  std::vector<char> raw_ = std::vector<char>(65536);
  std::string_view pending_;  // converted and not given out yet
  bool ended_ = false;
};

// What put and append have in common; `send` is the one of the client's functions that makes the difference.
void send_text(Shell& shell, const Words& words, TransferResult (Client::*send)(const Source&, const std::string&)) {
  const std::string& local = words[0];
  LocalSource file(local);
  ConvertedSource text(file);
  const std::string remote = words.size() > 1 ? words[1] : std::string(last_part(local));
  const TransferResult result = [&] {
    const ShownProgress progress(shell, local, file.size());
    return (shell.client().*send)([&](std::span<char> buffer) { return text.read(buffer); }, remote);
  }();
  shell.console().print(transfer_summary(local, result, "sent") + "\n");
}

// END PRIVATE
/// In TYPE A each CR LF that comes becomes a LF of the local file; in TYPE I the get of lab 6. The number of bytes
/// shown is that of those that travelled.
void get(Shell& shell, const Words& words) {
  // BEGIN SOLUTION get
  if (!shell.part<TransferChoices>().ascii) {
    return binary_row("get").run(shell, words);
  }
  const std::string& remote = words[0];
  LocalTarget target(words.size() > 1 ? words[1] : local_name_for(remote));
  AsciiDecoder decoder;
  const TransferResult result = [&] {
    const ShownProgress progress(shell, remote);
    return shell.client().get(remote, [&](std::span<const char> bytes) {
      target.write(decoder.convert({bytes.data(), bytes.size()}));
    });
  }();
  target.write(decoder.finish());
  target.commit();
  shell.console().print(transfer_summary(remote, result, "received") + "\n");
  // END SOLUTION
}

/// In TYPE A each LF of the local file travels as CR LF; in TYPE I the put of lab 6.
void put(Shell& shell, const Words& words) {
  // BEGIN SOLUTION put
  shell.part<TransferChoices>().ascii ? send_text(shell, words, &Client::put) : binary_row("put").run(shell, words);
  // END SOLUTION
}

/// The same for append.
void append(Shell& shell, const Words& words) {
  // BEGIN SOLUTION append
  shell.part<TransferChoices>().ascii ? send_text(shell, words, &Client::append)
                                      : binary_row("append").run(shell, words);
  // END SOLUTION
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
