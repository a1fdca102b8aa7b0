#include "line_editor.h"

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>

#include "check.h"

namespace kit {
namespace {

constexpr std::size_t line_limit = 65536;
constexpr std::string_view bell = "\a";

// A terminal that neither echoes nor gathers lines, for as long as it lives.
class RawMode {
 public:
  explicit RawMode(int terminal) : terminal_(terminal) { enter(); }
  ~RawMode() { leave(); }
  RawMode(const RawMode&) = delete;
  RawMode& operator=(const RawMode&) = delete;
  RawMode(RawMode&&) = delete;
  RawMode& operator=(RawMode&&) = delete;

 private:
  void enter() {
    check(::tcgetattr(terminal_, &before_), "tcgetattr");
    termios raw = before_;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | IEXTEN);
    // Ctrl-C stays a signal. The other two come as bytes, for the terminal has to be as it was when they take effect.
    raw.c_cc[VSUSP] = _POSIX_VDISABLE;
    raw.c_cc[VQUIT] = _POSIX_VDISABLE;
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    ::tcsetattr(terminal_, TCSADRAIN, &raw);  // what was typed ahead stays
  }
  void leave() const { ::tcsetattr(terminal_, TCSADRAIN, &before_); }

  int terminal_;
  termios before_{};
};

std::size_t width_of(int terminal) {
  constexpr std::size_t usual = 80;
  winsize size{};
  return ::ioctl(terminal, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usual;
}

// "\r", and that many columns to the right.
std::string go_to_column(std::size_t column) {
  return "\r" + (column == 0 ? "" : "\x1b[" + std::to_string(column) + "C");
}

}  // namespace

bool LineEditor::works_on(int input, int output) {
  const char* name = std::getenv("TERM");
  const std::string_view terminal = name == nullptr ? "" : name;
  return !terminal.empty() && terminal != "dumb" && ::isatty(input) == 1 && ::isatty(output) == 1;
}

std::optional<std::string> LineEditor::read(std::string_view prompt, bool remembers) {
  prompt_ = prompt;
  line_.set("");
  decoder_ = {};
  Progress progress = Progress::goes_on;
  try {
    while ((progress = type(remembers)) == Progress::suspended || progress == Progress::quit) {
      stop_by(progress == Progress::quit ? SIGQUIT : SIGTSTP);
    }
  } catch (...) {
    write("\n");
    throw;
  }
  write("\n");
  if (progress == Progress::ended) {
    return std::nullopt;
  }
  if (remembers) {
    history_.add(line_.text());
  }
  return line_.text();
}

// Shows the prompt and takes keys until one of them is not for the line.
LineEditor::Progress LineEditor::type(bool remembers) {
  const RawMode raw(input_);  // before the prompt: who sees it may type at once
  show_prompt();
  Progress progress = Progress::goes_on;
  while (progress == Progress::goes_on) {
    progress = act(next_key(), remembers);
  }
  return progress;
}

// Byte by byte: what follows the line is for whoever reads next.
KeyPress LineEditor::next_key() {
  while (true) {
    char byte = 0;
    waiter_.wait(input_, POLLIN, Deadline::never(), "waiting for a key");
    const ssize_t got = check(retry_eintr([&] { return ::read(input_, &byte, 1); }), "read from the terminal");
    if (got == 0) {
      line_.set("");
      return {Key::end_of_input};
    }
    if (const auto press = decoder_.feed(byte)) {
      return *press;
    }
  }
}

LineEditor::Progress LineEditor::act(const KeyPress& press, bool remembers) {
  switch (press.key) {
    case Key::enter: return Progress::done;
    case Key::suspend: return Progress::suspended;
    case Key::quit: return Progress::quit;
    case Key::end_of_input:
      if (line_.text().empty()) {
        return Progress::ended;
      }
      line_.erase_here();
      break;
    case Key::character: insert(press.text); return Progress::goes_on;
    case Key::redraw:
      write("\x1b[H\x1b[2J");
      show_prompt();
      return Progress::goes_on;
    case Key::tab:
      if (remembers) {
        complete();
      }
      return Progress::goes_on;
    case Key::up:
    case Key::down:
      if (remembers) {
        line_.set(press.key == Key::up ? history_.earlier(line_.text()) : history_.later(line_.text()));
      }
      break;
    default: edit(press.key);
  }
  draw();
  return Progress::goes_on;
}

void LineEditor::edit(Key key) {
  switch (key) {
    case Key::left: return line_.left();
    case Key::right: return line_.right();
    case Key::home: return line_.home();
    case Key::end: return line_.end();
    case Key::backspace: return line_.erase_before();
    case Key::erase: return line_.erase_here();
    case Key::erase_to_start: return line_.erase_to_start();
    case Key::erase_to_end: return line_.erase_to_end();
    case Key::erase_word: return line_.erase_word_before();
    default: return;
  }
}

// At the end of a line with room behind it the character alone is enough.
void LineEditor::insert(const std::string& character) {
  if (line_.text().size() >= line_limit) {
    return write(bell);
  }
  line_.insert(character);
  if (line_.behind().empty() && prompt_.size() + columns(line_.text()) < width_of(output_)) {
    return write(drawable(character));
  }
  draw();
}

void LineEditor::complete() {
  const std::string before(line_.before());
  const Completion completion = completer_(before);
  if (completion.choices.empty()) {
    return write(bell);
  }
  line_.replace(completion.begin, completion.replacement);
  if (line_.before() != before || completion.choices.size() == 1) {
    return draw();
  }
  std::string shown = "\n";
  for (const std::string& choice : completion.choices) {
    shown += drawable(choice) + "\n";
  }
  write(shown);
  show_prompt();
}

// The terminal is no longer in raw mode. Ctrl-Z: the program goes on from here when it is continued.
void LineEditor::stop_by(int signal) const {
  write("\n");
  std::raise(signal);
}

void LineEditor::show_prompt() {
  write(prompt_);
  if (!line_.text().empty()) {
    draw();
  }
}

// Draws the line behind the prompt, which stays as it is; of a line that is too long, the part up to the cursor and
// what has room behind it.
void LineEditor::draw() {
  const std::size_t width = std::max(width_of(output_), prompt_.size() + 2);
  const std::size_t room = width - prompt_.size() - 1;
  std::string_view before = line_.before();
  std::size_t cursor = columns(before);
  while (cursor > room) {
    const std::size_t size = character_size(before);
    cursor -= columns(before.substr(0, size));
    before.remove_prefix(size);
  }
  const std::string_view behind = first_columns(line_.behind(), room - cursor);
  write(go_to_column(prompt_.size()) + drawable(before) + drawable(behind) + "\x1b[K" +
        go_to_column(prompt_.size() + cursor));
}

void LineEditor::write(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t written = retry_eintr([&] { return ::write(output_, bytes.data(), bytes.size()); });
    bytes.remove_prefix(static_cast<std::size_t>(check(written, "write")));
  }
}

}  // namespace kit
