#pragma once

#include "../lab08_concurrency/whole_server.h"
#include "parked_server.h"
#include "transfer_slots.h"
#include "zero_copy.h"

namespace kit::test {

/// As WholeServer of lab 8, but parked.
class ParkedServerTest : public testing::Test {
 protected:
  explicit ParkedServerTest(ServerOptions options = two_accounts(), ParkedSettings settings = {})
      : options_(std::move(options)) {
    tree_.make_directory("root");
    offer_all(context_, tree_.string("root"), {options_.login_timeout, 0ms});
    offer_transfer_slots(context_);
    offer_zero_copy(context_);
    settings.after_wrong_password = 300ms;
    settings.workers = context_.services.find<TransferSlots>()->workers();
    running_ = std::async(std::launch::async, [this, settings] { ParkedServer(listener_, context_, settings).run(); });
  }
  void SetUp() override {
    if (running_.wait_for(50ms) == std::future_status::ready) {
      running_.get();  // it has ended at once: says why
    }
  }
  void TearDown() override {
    if (running_.valid()) {
      ask_to_stop();
      expect_end();
    }
  }
  void ask_to_stop() const { stop_.ring(); }
  void expect_end() {
    ASSERT_EQ(running_.wait_for(5s), std::future_status::ready) << "the server did not stop";
    running_.get();
  }
  TestClient connect() { return {listener_.local(), waiter_}; }

  ServerOptions options_;
  TemporaryDirectory tree_;
  Accounts accounts_{options_};
  Log quiet_{LogLevel::error};
  ServerContext context_{options_, accounts_, all_server_commands(), quiet_, {}};
  WakeUp stop_;
  Waiter stoppable_{stop_.descriptor()};
  Waiter waiter_;
  TcpListener listener_{loopback(), stoppable_};
  std::future<void> running_;
};

inline ServerOptions narrow() {
  ServerOptions options = two_accounts();
  options.max_sessions = 20;
  options.max_transfers = 2;
  return options;
}

inline ServerOptions hasty() {
  ServerOptions options = two_accounts();
  options.idle_timeout = 1s;
  options.login_timeout = 1s;
  return options;
}

class NarrowParkedServer : public ParkedServerTest {
 protected:
  NarrowParkedServer() : ParkedServerTest(narrow()) {}
};

class HastyParkedServer : public ParkedServerTest {
 protected:
  HastyParkedServer() : ParkedServerTest(hasty()) {}
};

}  // namespace kit::test
