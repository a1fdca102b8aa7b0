#include "console.h"

#include <termios.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "check.h"
#include "command_line.h"
#include "escape.h"

namespace kit {
namespace {

constexpr std::size_t gather_limit = 65536;

void write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = retry_eintr([&] { return ::write(descriptor, bytes.data(), bytes.size()); });
    bytes.remove_prefix(static_cast<std::size_t>(check(written, "write")));
  }
}

// Switches the echo of a terminal off, and on again whatever happens.
class EchoOff {
 public:
  explicit EchoOff(int terminal) : terminal_(::tcgetattr(terminal, &before_) == 0 ? terminal : -1) {
    if (terminal_ >= 0) {
      termios silent = before_;
      silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
      ::tcsetattr(terminal_, TCSAFLUSH, &silent);
    }
  }
  ~EchoOff() {
    if (terminal_ >= 0) {
      ::tcsetattr(terminal_, TCSANOW, &before_);
    }
  }
  EchoOff(const EchoOff&) = delete;
  EchoOff& operator=(const EchoOff&) = delete;
  EchoOff(EchoOff&&) = delete;
  EchoOff& operator=(EchoOff&&) = delete;

  [[nodiscard]] bool active() const { return terminal_ >= 0; }

 private:
  termios before_{};
  int terminal_;
};

}  // namespace

Console::Console(Waiter& waiter, int input, int output, int error)
    : waiter_(waiter), input_(input), output_(output), error_(error), output_is_terminal_(::isatty(output) == 1) {}

std::optional<std::string> Console::read_line() {
  flush();
  bool too_long = false;
  bool ended = false;
  std::size_t end = std::string::npos;
  while ((end = typed_.find('\n')) == std::string::npos && !ended) {
    if (typed_.size() > line_limit) {
      typed_.clear();
      too_long = true;
    }
    ended = !fill();
  }
  if (ended && typed_.empty() && !too_long) {
    return std::nullopt;
  }
  std::string line = typed_.substr(0, end);
  typed_.erase(0, ended ? std::string::npos : end + 1);
  if (too_long || line.size() > line_limit) {
    throw CommandLineError("the line is too long");
  }
  if (line.ends_with('\r')) {
    line.pop_back();  // a script that was written on another system
  }
  return line;
}

std::optional<std::string> Console::ask(std::string_view prompt) {
  if (prompter_ && typed_.empty()) {
    flush();
    return prompter_(prompt);
  }
  print(prompt);
  return read_line();
}

std::optional<std::string> Console::ask_secret(std::string_view prompt) {
  const EchoOff echo_off(input_);  // before the prompt: who sees it may type at once
  print(prompt);
  auto line = read_line();
  if (echo_off.active()) {
    print("\n");  // the person's own was not shown either
  }
  return line;
}

void Console::print(std::string_view text) {
  gathered_ += text;
  if (gathered_.size() >= gather_limit) {
    flush();
  }
}

void Console::print_foreign(std::string_view line) {
  print(output_is_terminal_ ? escape_controls(line) : std::string(line));
  print("\n");
}

void Console::error(std::string_view line) {
  flush();
  write_all(error_, std::string(line) + "\n");
}

void Console::flush() { write_all(output_, std::exchange(gathered_, {})); }

bool Console::shows_progress() const { return ::isatty(error_) == 1; }

bool Console::input_is_terminal() const { return ::isatty(input_) == 1; }

// Waits for input and adds it to what was typed; false at its end.
bool Console::fill() {
  std::array<char, 4096> buffer;
  waiter_.wait(input_, POLLIN, Deadline::never(), "waiting for a command");
  const ssize_t got = retry_eintr([&] { return ::read(input_, buffer.data(), buffer.size()); });
  typed_.append(buffer.data(), static_cast<std::size_t>(check(got, "read from standard input")));
  return got > 0;
}

}  // namespace kit
