#pragma once

#include <unistd.h>

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "client.h"
#include "ftp_error.h"
#include "loopback.h"

namespace kit::test {

/// Two ends of a pipe.
struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    read_end.reset(ends[0]);
    write_end.reset(ends[1]);
  }
  FileDescriptor read_end;
  FileDescriptor write_end;
};

/// A server that a test plays line by line, in a thread of its own. What it hears and did not expect fails the test.
class ScriptedServer {
 public:
  ScriptedServer() = default;
  ~ScriptedServer() { stop(); }
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return listener_.local().port(); }

  /// Waits for the client and then does what `script` says.
  void play(std::function<void()> script) {
    thread_ = std::thread([this, script = std::move(script)] {
      try {
        control_.emplace(listener_.accept(soon()));
        control_->set_no_delay();
        script();
      } catch (const Stopped&) {  // the test has failed already
      } catch (const std::exception& error) {
        ADD_FAILURE() << "the server: " << error.what();
      }
    });
  }

  /// Waits for the end of the script.
  void finish() {
    if (thread_.joinable()) {
      thread_.join();
    }
  }

  /// Ends the script wherever it is.
  void stop() {
    EXPECT_EQ(::write(stop_.write_end.get(), "x", 1), 1);
    finish();
  }

  // For scripts.

  /// Sends bytes as they are.
  void say(std::string_view bytes) { control_->write_all(bytes, soon()); }

  /// The next line, without its CRLF. Throws std::runtime_error if the client has gone.
  std::string hear() {
    std::string line;
    std::array<char, 1> byte{};
    while (!line.ends_with("\r\n")) {
      if (control_->read_some(byte, soon()) == 0) {
        throw std::runtime_error("the client has gone, after '" + line + "'");
      }
      line += byte[0];
    }
    return line.substr(0, line.size() - 2);
  }

  /// Hears exactly `line`, and says `answer` to it (with CRLF).
  void answer(std::string_view line, std::string_view answer) {
    EXPECT_EQ(hear(), line);
    say(std::string(answer) + "\r\n");
  }

  /// Hears PASV and tells where it listens: at its own port, but `host` as the address.
  void announce(const std::string& host = "127,0,0,1") {
    passive_.emplace(loopback(), waiter_);
    const std::uint16_t own = passive_->local().port();
    answer("PASV", "227 Entering Passive Mode (" + host + "," + std::to_string(own / 256) + "," +
                       std::to_string(own % 256) + ").");
  }

  /// The client's data connection.
  TcpStream data() { return passive_->accept(soon()); }

  /// PASV and its connection in one.
  TcpStream passive() {
    announce();
    return data();
  }

  /// The client has ended the control connection.
  void hear_nothing_more() {
    std::array<char, 1> byte{};
    EXPECT_EQ(control_->read_some(byte, soon()), 0U);
  }

  /// Closes the control connection.
  void hang_up() { control_.reset(); }

 private:
  Pipe stop_;
  Waiter waiter_{stop_.read_end.get()};
  TcpListener listener_{loopback(), waiter_};
  std::optional<TcpStream> control_;
  std::optional<TcpListener> passive_;
  std::thread thread_;
};

/// A client and the server that a test plays for it.
class ClientTest : public testing::Test {
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

  /// The code of the reply with which the server refused `action`; 0 if it did not.
  template <typename Action>
  static int refusal(Action action) {
    try {
      action();
    } catch (const FtpError& error) {
      return error.reply().code;
    }
    return 0;
  }

  Waiter waiter;
  ScriptedServer server;
  Client client{waiter, {.connecting = 5s, .standing = 5s}};
};

}  // namespace kit::test
