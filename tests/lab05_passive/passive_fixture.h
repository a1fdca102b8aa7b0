#pragma once

#include <array>
#include <exception>
#include <future>
#include <optional>
#include <string>
#include <utility>

#include "data_channel.h"
#include "dialogue.h"
#include "host_port.h"
#include "login_commands.h"
#include "parameter_commands.h"
#include "passive_commands.h"
#include "path_commands.h"
#include "root.h"
#include "session_fixture.h"
#include "temporary_directory.h"
#include "todo.h"
#include "transfer.h"

namespace kit::test {

/// Whoever waits in vain in these tests has not long to wait.
inline ServerOptions impatient() {
  ServerOptions options = two_accounts();
  options.stall_timeout = std::chrono::seconds(1);
  return options;
}

/// A session of somebody who is logged in, over a tree of its own: `root/` below `tree_`. The test is the client:
/// begin() is a transfer command that runs beside the test, final() its last reply.
class PassiveFixture : public SessionFixture {
 protected:
  explicit PassiveFixture(ServerOptions options = impatient())
      : SessionFixture(login_commands() + parameter_commands() + path_commands() + passive_commands(),
                       std::move(options)) {
    tree_.make_directory("root");
    context_.services.emplace<Root>(tree_.string("root"));
    offer_transfers(context_);
    log_in("bob");
  }

  int code(const std::string& line) { return ask(line).code; }

  /// PASV, and what 227 says.
  HostPort passive() { return find_host_port(ask("PASV").lines.front()).value(); }

  /// A data connection to there.
  TcpStream connect(const HostPort& to) {
    return TcpStream::connect(Address::resolve(to.host_text(), to.port), waiter_, soon());
  }
  TcpStream open_data() { return connect(passive()); }

  void begin(const std::string& line) {
    running_ = std::async(std::launch::async, [this, line] {
      try {
        return ask(line);
      } catch (const Todo&) {
        session_.part<DataChannel>().connector.reset();  // or the test would wait for data that nobody sends
        throw;
      }
    });
  }
  Reply final() { return running_.get(); }

  /// The next preliminary reply that the client has been sent.
  Reply preliminary() { return replies_.read(); }

  /// A whole download or listing.
  std::string fetch(const std::string& line) {
    TcpStream data = open_data();
    begin(line);
    std::string content;
    try {
      content = read_to_end(data);
      EXPECT_EQ(preliminary().code, 150);
    } catch (const std::exception&) {
      final();  // throws if it was the command that failed
      throw;
    }
    EXPECT_EQ(final().code, 226);
    return content;
  }

  /// A whole upload.
  Reply store(const std::string& line, const std::string& content) {
    std::optional<TcpStream> data = open_data();
    begin(line);
    try {
      data->write_all(content, soon());
      data.reset();
      const Reply opening = preliminary();
      EXPECT_EQ(opening.code, 150);
      EXPECT_EQ(final().code, 226);
      return opening;
    } catch (const std::exception&) {
      if (running_.valid()) {
        final();
      }
      throw;
    }
  }

  TemporaryDirectory tree_;
  Waiter waiter_;
  Dialogue replies_{std::move(pair_.near), 5s};
  std::future<Reply> running_;
};

}  // namespace kit::test
