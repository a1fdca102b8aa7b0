#pragma once

#include <string>

#include "login_commands.h"
#include "path_commands.h"
#include "root.h"
#include "session_fixture.h"
#include "temporary_directory.h"

namespace kit::test {

/// A session of somebody who is logged in and may write, at the root of a tree of its own: `root/` below `tree_`.
class FilesFixture : public SessionFixture {
 protected:
  FilesFixture() : SessionFixture(login_commands() + path_commands()) {
    tree_.make_directory("root");
    context_.services.emplace<Root>(tree_.string("root"));
    log_in("bob");
  }

  int code(const std::string& line) { return ask(line).code; }

  /// From now on the session is that of a user who may only read.
  void may_only_read() { log_in("eve", "looks"); }

  /// The path that PWD shows, still in its quotes.
  std::string where() {
    const std::string text = ask("PWD").lines.front();
    return text.substr(0, text.rfind('"') + 1);
  }

  TemporaryDirectory tree_;
};

}  // namespace kit::test
