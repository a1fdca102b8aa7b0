#pragma once

#include <memory>
#include <string>

#include "../lab08_concurrency/whole_server.h"
#include "visit.h"

namespace kit::test {

/// A table of a command that may block beside those that may not, and one that ends in an accident.
inline CommandTable some_commands() {
  const auto wait = [](Session&, const Argument&) { return Reply(250, "Waited"); };
  const auto fail = [](Session&, const Argument&) -> Reply { throw std::runtime_error("an accident"); };
  return login_commands() + parameter_commands() +
         CommandTable{{"WAIT", {}, takes::anything, wait, ""}, {"FAIL", {}, takes::anything, fail, ""}};
}

/// Has a socket take few bytes at once, so that a test need not send megabytes to see one that is full.
inline void hold_little(int socket) {
  const int size = 4096;
  ASSERT_EQ(::setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &size, sizeof size), 0);
}

/// A visit whose client is the test: near() is its end of the connection.
class VisitFixture : public testing::Test {
 protected:
  explicit VisitFixture(VisitTimes times = {60s, 60s, 60s, 1s}) : times_(times) {}

  std::unique_ptr<Visit> make_visit() {
    return std::make_unique<Visit>(std::move(pair_.far), context_, nullptr, times_);
  }
  static Line line(const std::string& text) { return {text, Line::Defect::none}; }

  void send(std::string_view bytes) { pair_.near.write_all(bytes, soon()); }

  /// What has come from the server, once `size` bytes are there.
  std::string received(std::size_t size) {
    std::string all(size, '\0');
    std::size_t got = 0;
    while (got < size) {
      const std::size_t more = pair_.near.read_some({all.data() + got, size - got}, soon());
      if (more == 0) {
        break;
      }
      got += more;
    }
    return all.substr(0, got);
  }

  VisitTimes times_;
  ServerOptions options_ = two_accounts();
  Accounts accounts_{options_};
  Log quiet_{LogLevel::error};
  ServerContext context_{options_, accounts_, some_commands(), quiet_, {}};
  ConnectedPair pair_;
};

}  // namespace kit::test
