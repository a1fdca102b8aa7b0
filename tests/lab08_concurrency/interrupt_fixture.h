#pragma once

#include <unistd.h>

#include <csignal>
#include <memory>

#include "../lab06_client/paper.h"
#include "../lab06_client/scripted_server.h"
#include "abortable_commands.h"
#include "active_shell_commands.h"
#include "client.h"
#include "interrupt_waiter.h"
#include "stop_signals.h"

namespace kit::test {

/// What Ctrl-C on a terminal does to a program.
inline void press_ctrl_c() { EXPECT_EQ(::kill(::getpid(), SIGINT), 0); }

/// A client that Ctrl-C interrupts, and the server that a test plays for it.
class InterruptTest : public testing::Test {
 protected:
  /// Connects the client while the server greets it and then plays `script`.
  void connect(std::function<void()> script = [] {}) {
    server.play([this, script = std::move(script)] {
      server.say("220 Hello\r\n");
      script();
    });
    client.connect("127.0.0.1", server.port());
  }

  void TearDown() override {
    client.close();
    if (HasFailure()) {
      server.stop();
    } else {
      server.finish();
    }
  }

  /// For scripts: the lines of ABOR, whatever of Telnet is in front of it.
  void hear_abort() {
    const std::string line = server.hear();
    EXPECT_TRUE(line.starts_with("\xFF\xF4\xFF")) << "IAC IP, and IAC of the Synch";
    EXPECT_TRUE(line.ends_with("ABOR")) << line;
  }

  StopSignals stop;  // blocks the signals before any thread is made
  InterruptWaiter waiter{stop.descriptor()};
  ScriptedServer server;
  Client client{waiter, {.connecting = 5s, .standing = 5s}};
};

}  // namespace kit::test
