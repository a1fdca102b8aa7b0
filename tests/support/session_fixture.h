#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "loopback.h"
#include "session.h"

namespace kit::test {

/// Two accounts and anonymous: what most tests of commands need.
inline ServerOptions two_accounts() {
  ServerOptions options;
  options.users = {{"bob", "secret", false}, {"eve", "looks", true}};
  return options;
}

/// A session whose client is the test, without a server around it: ask() is one command, dispatched in this thread.
class SessionFixture : public testing::Test {
 protected:
  explicit SessionFixture(CommandTable commands, ServerOptions options = two_accounts())
      : options_(std::move(options)), context_{options_, accounts_, std::move(commands), log_, {}} {}

  Reply ask(const std::string& line) { return dispatch({line, Line::Defect::none}); }
  Reply dispatch(const Line& line) { return context_.commands.dispatch(session_, line); }

  void log_in(const std::string& name = "bob", const std::string& password = "secret") {
    ASSERT_EQ(ask("USER " + name).code, 331);
    ASSERT_EQ(ask("PASS " + password).code, 230);
  }

  /// Everything logged so far.
  [[nodiscard]] std::string logged() const {
    std::string text(static_cast<std::size_t>(::lseek(log_file_.get(), 0, SEEK_END)), '\0');
    EXPECT_EQ(::pread(log_file_.get(), text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
    return text;
  }

  ServerOptions options_;
  Accounts accounts_{options_};
  FileDescriptor log_file_{::memfd_create("log", MFD_CLOEXEC)};
  Log log_{LogLevel::info, LogFormat::text, log_file_.get()};
  ServerContext context_;
  ConnectedPair pair_;
  Session session_{ControlConnection(std::move(pair_.far), 5s), context_};
};

}  // namespace kit::test
