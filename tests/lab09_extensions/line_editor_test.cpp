#include "line_editor.h"

#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <thread>

#include <gtest/gtest.h>

#include "file_descriptor.h"

namespace kit {
namespace {

// A terminal, its keyboard, and an editor on it.
class LineEditorTest : public testing::Test {
 protected:
  LineEditorTest() {
    winsize size{24, 40, 0, 0};
    int keyboard = -1;
    int terminal = -1;
    EXPECT_EQ(::openpty(&keyboard, &terminal, nullptr, nullptr, &size), 0);
    keyboard_.reset(keyboard);
    terminal_.reset(terminal);
    EXPECT_EQ(::tcgetattr(terminal, &before_), 0);
    editor_.emplace(waiter_, terminal, terminal, [this](std::string_view before) { return completer_(before); });
  }

  // A line of the editor. The keys are pressed when the prompt is there: before, some of them would mean something to
  // the terminal itself.
  std::optional<std::string> read(const std::string& keys, bool remembers = true) {
    std::thread person([&] {
      if (!keys.empty()) {
        expect_shown("ftp> ");
        EXPECT_EQ(::write(keyboard_.get(), keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
      }
    });
    auto line = editor_->read("ftp> ", remembers);
    person.join();
    return line;
  }

  void expect_terminal_as_before() const {
    termios now{};
    EXPECT_EQ(::tcgetattr(terminal_.get(), &now), 0);
    EXPECT_EQ(now.c_lflag, before_.c_lflag);
    EXPECT_EQ(now.c_cc[VSUSP], before_.c_cc[VSUSP]);
  }

  // Reads what the terminal shows up to `text`, and leaves the rest.
  void expect_shown(std::string_view text) {
    const std::size_t begin = shown_.size();
    for (char byte = 0; !std::string_view(shown_).substr(begin).ends_with(text);) {
      ASSERT_EQ(::read(keyboard_.get(), &byte, 1), 1) << shown_;
      shown_ += byte;
    }
  }

  // All that the terminal has shown.
  std::string screen() {
    constexpr std::string_view mark = "(end)";
    EXPECT_EQ(::write(terminal_.get(), mark.data(), mark.size()), static_cast<ssize_t>(mark.size()));
    expect_shown(mark);
    return shown_.substr(0, shown_.size() - mark.size());
  }

  Waiter waiter_;
  FileDescriptor keyboard_;
  FileDescriptor terminal_;
  termios before_{};
  Completer completer_ = [](std::string_view) { return Completion{}; };
  std::optional<LineEditor> editor_;
  std::string shown_;
};

constexpr char left[] = "\x1b[D";
constexpr char up[] = "\x1b[A";
constexpr char down[] = "\x1b[B";

TEST_F(LineEditorTest, ReadsLinesAndLeavesTheTerminalAsItWas) {
  EXPECT_EQ(read("one\ntwo\n"), "one");
  expect_terminal_as_before();
  EXPECT_EQ(read(""), "two") << "typed ahead";
  EXPECT_EQ(read("\xC3\xBC\xFF\n"), "\xC3\xBC\xFF");
}

TEST_F(LineEditorTest, EditsInTheMiddle) {
  EXPECT_EQ(read(std::string("gt x") + left + left + left + "e\n"), "get x");
  EXPECT_EQ(read("b\x01"
                 "a\x05"
                 "c\n"),
            "abc");
  EXPECT_EQ(read("one two\x17three\n"), "one three");
  EXPECT_EQ(read("gone\x15here\n"), "here");
  EXPECT_EQ(read("abc\x02\x02\x0B\n"), "a");
  EXPECT_EQ(read("ab\x7f\x7f\x7f"
                 "c\n"),
            "c");
  EXPECT_EQ(read("xab\x01\x04\n"), "ab") << "Ctrl-D deletes where there is something";
}

TEST_F(LineEditorTest, CtrlDInAnEmptyLineIsTheEnd) {
  EXPECT_EQ(read("\x04"), std::nullopt);
  expect_terminal_as_before();
}

TEST_F(LineEditorTest, HasTheLinesBefore) {
  read("one\n");
  read("two\n");
  EXPECT_EQ(read(std::string(up) + up + "\n"), "one");
  EXPECT_EQ(read(std::string("new") + up + down + "\n"), "new");
  EXPECT_EQ(read(std::string(up) + "\n", false), "") << "a question has none";
}

TEST_F(LineEditorTest, Completes) {
  completer_ = [](std::string_view before) {
    EXPECT_EQ(before, "get fi");
    return Completion{4, "file ", {"file"}};
  };
  EXPECT_EQ(read("get fi\tx\n"), "get file x");
}

TEST_F(LineEditorTest, ShowsTheChoicesWhereThereIsNothingToAdd) {
  completer_ = [](std::string_view) { return Completion{4, "fi", {"file", "fi\x1bx"}}; };
  EXPECT_EQ(read("get fi\t\n"), "get fi");
  const std::string shown = screen();
  EXPECT_NE(shown.find("\r\nfile\r\n"), std::string::npos);
  EXPECT_EQ(shown.find("fi\x1bx"), std::string::npos) << "a name that is no harm to the terminal";
}

TEST_F(LineEditorTest, ThePromptIsShownOnce) {
  read("abc\x7f\x01z\n");
  const std::string shown = screen();
  EXPECT_EQ(shown.find("ftp> "), 0U);
  EXPECT_EQ(shown.find("ftp> ", 1), std::string::npos) << shown;
}

TEST_F(LineEditorTest, ALongLineStaysOnOneLineOfTheTerminal) {
  const std::string line(200, 'x');
  EXPECT_EQ(read(line + "\n"), line);
  std::string shown = screen();
  EXPECT_EQ(shown.find('\n'), shown.size() - 1);
}

TEST_F(LineEditorTest, AStopLeavesTheTerminalAsItWas) {
  std::array<int, 2> stop{};
  ASSERT_EQ(::pipe(stop.data()), 0);
  const FileDescriptor read_end(stop[0]);
  FileDescriptor write_end(stop[1]);
  Waiter stoppable(read_end.get());
  LineEditor editor(stoppable, terminal_.get(), terminal_.get(), completer_);
  write_end.reset();
  EXPECT_THROW(editor.read("ftp> ", true), Stopped);
  expect_terminal_as_before();
}

TEST_F(LineEditorTest, AHangUpIsTheEnd) {
  std::thread hang_up([this] { keyboard_.reset(); });
  try {
    EXPECT_EQ(editor_->read("ftp> ", true), std::nullopt);
  } catch (const std::system_error&) {  // EIO, as the terminal likes
  }
  hang_up.join();
}

TEST_F(LineEditorTest, CtrlZStopsTheProgramWithTheTerminalAsItWas) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(20);      // whatever goes wrong, it ends
    ::setpgid(0, 0);  // a group whose parent is elsewhere: the system stops no other
    std::optional<std::string> line;
    try {
      line = editor_->read("ftp> ", true);
    } catch (...) {
    }
    ::_exit(line == "before and after" ? 0 : 1);
  }
  expect_shown("ftp> ");  // from here on Ctrl-Z is a key
  const std::string keys = "before\x1a";
  ASSERT_EQ(::write(keyboard_.get(), keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, WUNTRACED), child);
  ASSERT_TRUE(WIFSTOPPED(status));
  expect_terminal_as_before();
  const std::string rest = " and after\n";
  ASSERT_EQ(::write(keyboard_.get(), rest.data(), rest.size()), static_cast<ssize_t>(rest.size()));
  ASSERT_EQ(::kill(child, SIGCONT), 0);
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(LineEditorTest, WorksOnTerminalsThatKnowHow) {
  ::setenv("TERM", "xterm", 1);
  EXPECT_TRUE(LineEditor::works_on(terminal_.get(), terminal_.get()));
  EXPECT_FALSE(LineEditor::works_on(terminal_.get(), -1));
  ::setenv("TERM", "dumb", 1);
  EXPECT_FALSE(LineEditor::works_on(terminal_.get(), terminal_.get()));
  ::unsetenv("TERM");
  EXPECT_FALSE(LineEditor::works_on(terminal_.get(), terminal_.get()));
}

}  // namespace
}  // namespace kit
