#pragma once

#include <unistd.h>

#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "file_descriptor.h"
#include "shell_table.h"

namespace kit::test {

/// A file without a name, in place of what a person types or sees.
class Paper {
 public:
  explicit Paper(const std::string& content = "") {
    std::string name = testing::TempDir() + "paper-XXXXXX";
    file_.reset(::mkstemp(name.data()));
    EXPECT_EQ(::unlink(name.c_str()), 0);
    EXPECT_EQ(::write(file_.get(), content.data(), content.size()), static_cast<ssize_t>(content.size()));
    EXPECT_EQ(::lseek(file_.get(), 0, SEEK_SET), 0);
  }
  [[nodiscard]] int descriptor() const { return file_.get(); }
  [[nodiscard]] std::string content() const {
    std::string text(static_cast<std::size_t>(::lseek(file_.get(), 0, SEEK_END)), '\0');
    EXPECT_EQ(::pread(file_.get(), text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
    return text;
  }

 private:
  FileDescriptor file_;
};

/// The shell's commands as `ftp_client` has them.
inline ShellTable all_shell_commands() {
  return session_shell_commands() + transfer_shell_commands() + remote_shell_commands() + local_shell_commands();
}

}  // namespace kit::test
