#pragma once

#include <string>

#include "../lab05_passive/passive_fixture.h"
#include "active_commands.h"
#include "extension_commands.h"
#include "representation.h"
#include "representation_commands.h"
#include "restart.h"

namespace kit::test {

/// A logged-in session with all commands but those of lab 8. The test is the client.
class ExtensionsFixture : public PassiveFixture {
 protected:
  ExtensionsFixture() {
    offer_representations(context_);
    offer_restart(context_);
    context_.commands =
        with_restart(context_.commands + active_commands() + representation_commands() + extension_commands());
  }

  void expect_codes(int expected, std::initializer_list<const char*> lines) {
    for (const char* line : lines) {
      EXPECT_EQ(code(line), expected) << '"' << line << '"';
    }
  }

  /// The text of a reply of one line.
  std::string text(const std::string& line) {
    const Reply reply = ask(line);
    EXPECT_EQ(reply.lines.size(), 1U);
    return reply.lines.front();
  }

  /// The middle line of a reply of three.
  std::string inner(const std::string& line) {
    const Reply reply = ask(line);
    EXPECT_EQ(reply.lines.size(), 3U) << reply.summary();
    return reply.lines.size() == 3 ? reply.lines[1] : "";
  }

  void may_only_read() { log_in("eve", "looks"); }
};

}  // namespace kit::test
