#pragma once

#include <sys/eventfd.h>

#include <array>
#include <future>
#include <string>
#include <utility>

#include "active_commands.h"
#include "concurrent_session.h"
#include "dialogue.h"
#include "host_port.h"
#include "login_commands.h"
#include "parameter_commands.h"
#include "passive_commands.h"
#include "path_commands.h"
#include "representation.h"
#include "representation_commands.h"
#include "root.h"
#include "session_fixture.h"
#include "session_limits.h"
#include "temporary_directory.h"
#include "thread_server.h"
#include "transfer.h"
#include "urgent_commands.h"
#include "urgent_waiter.h"

namespace kit::test {

/// Everything that ftp_server of lab 8 puts in, but for the root.
inline CommandTable all_server_commands() {
  return login_commands() + parameter_commands() + path_commands() + passive_commands() + active_commands() +
         representation_commands() + urgent_commands();
}

inline void offer_all(ServerContext& context, const std::string& root, LoginTimes times) {
  context.services.emplace<Root>(root);
  offer_transfers(context);
  offer_representations(context);
  offer_limits(context);
  offer_urgent_waiting(context);
  context.services.emplace<LoginTimes>(times);
}

/// A client whose replies the test reads one by one.
class TestClient {
 public:
  TestClient(const Address& server, Waiter& waiter)
      : waiter_(waiter), dialogue_(TcpStream::connect(std::array{server}, waiter, soon()), 5s) {}

  int read() { return dialogue_.read().code; }
  int ask(const std::string& line) { return dialogue_.ask(line).code; }
  void send(const std::string& line) { dialogue_.send(line); }

  void log_in() {
    EXPECT_EQ(read(), 220);
    EXPECT_EQ(ask("USER bob"), 331);
    EXPECT_EQ(ask("PASS secret"), 230);
    EXPECT_EQ(ask("TYPE I"), 200);
  }

  /// PASV and its data connection.
  TcpStream open_data() {
    const HostPort to = find_host_port(dialogue_.ask("PASV").lines.front()).value();
    return TcpStream::connect(Address::resolve(to.host_text(), to.port), waiter_, soon());
  }

  Dialogue& dialogue() { return dialogue_; }
  TcpStream& stream() { return dialogue_.stream(); }

 private:
  Waiter& waiter_;
  Dialogue dialogue_;
};

/// A whole server, but for main(), in a thread of its own, over a tree of its own: `root/` below `tree_`.
class WholeServer : public testing::Test {
 protected:
  explicit WholeServer(ServerOptions options = two_accounts(), LoginTimes times = {60s, 10ms})
      : options_(std::move(options)) {
    tree_.make_directory("root");
    offer_all(context_, tree_.string("root"), times);
    server_ = std::async(std::launch::async, [this] { serve_with_threads(listener_, context_); });
  }
  ~WholeServer() override {
    if (server_.valid()) {
      stop();
    }
  }

  void ask_to_stop() const {
    const std::uint64_t one = 1;
    EXPECT_EQ(::write(stop_.get(), &one, sizeof one), static_cast<ssize_t>(sizeof one));
  }
  void stop() {
    ask_to_stop();
    ASSERT_EQ(server_.wait_for(5s), std::future_status::ready) << "the server did not stop";
    server_.get();
  }

  TestClient connect() { return {listener_.local(), waiter_}; }

  ServerOptions options_;
  TemporaryDirectory tree_;
  Accounts accounts_{options_};
  Log quiet_{LogLevel::error};
  ServerContext context_{options_, accounts_, all_server_commands(), quiet_, {}};
  FileDescriptor stop_{::eventfd(0, EFD_CLOEXEC)};
  Waiter stoppable_{stop_.get()};
  Waiter waiter_;
  TcpListener listener_{loopback(), stoppable_};
  std::future<void> server_;
};

}  // namespace kit::test
