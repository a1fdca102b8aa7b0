#include "serial_server.h"

#include <sys/eventfd.h>

#include <array>
#include <future>
#include <optional>

#include "login_commands.h"
#include "session_fixture.h"

namespace kit {
namespace {

using namespace test;

// A whole server, but for main(), in a thread of its own.
class SerialServer : public testing::Test {
 protected:
  ~SerialServer() override {
    if (server_.valid()) {
      stop();
    }
  }

  void stop() {
    const std::uint64_t one = 1;
    EXPECT_EQ(::write(stop_.get(), &one, sizeof one), static_cast<ssize_t>(sizeof one));
    EXPECT_EQ(server_.wait_for(5s), std::future_status::ready) << "the server did not stop";
  }

  TcpStream connect() { return TcpStream::connect(std::array{address_}, waiter_, soon()); }

  // Sends `bytes` on a new connection and reads to the end of what the server answers. Should the server have ended,
  // what it threw is the reason and is thrown here.
  std::string converse(const std::string& bytes) {
    try {
      TcpStream client = connect();
      client.write_all(bytes, soon());
      return read_to_end(client);
    } catch (const std::system_error&) {
      if (server_.wait_for(0s) == std::future_status::ready) {
        server_.get();
      }
      throw;
    }
  }

  void serve() {
    TcpListener listener = std::move(*listener_);  // closed when the server ends: nobody waits in vain for an answer
    serve_one_at_a_time(listener, context_);
  }

  ServerOptions options_ = two_accounts();
  Accounts accounts_{options_};
  Log quiet_{LogLevel::error};
  ServerContext context_{options_, accounts_, login_commands(), quiet_, {}};
  FileDescriptor stop_{::eventfd(0, EFD_CLOEXEC)};
  Waiter stoppable_{stop_.get()};
  Waiter waiter_;
  std::optional<TcpListener> listener_{std::in_place, loopback(), stoppable_};
  Address address_ = listener_->local();
  std::future<void> server_ = std::async(std::launch::async, [this] { serve(); });
};

TEST_F(SerialServer, ServesOneClientAfterAnother) {
  EXPECT_NE(converse("USER bob\r\nPASS secret\r\nQUIT\r\n").find("230 "), std::string::npos);
  const std::string second = converse("STAT\r\nQUIT\r\n");
  EXPECT_NE(second.find("530 "), std::string::npos) << "a login belongs to its session: " << second;
}

TEST_F(SerialServer, GoesOnAfterClientsThatVanish) {
  for (int i = 0; i < 3; ++i) {
    TcpStream rude = connect();
    rude.write_all("USER bob\r\n", soon());
    reset_on_close(rude);
  }
  EXPECT_NE(converse("QUIT\r\n").find("221 "), std::string::npos);
}

TEST_F(SerialServer, GoesOnAfterTooManyWrongPasswords) {
  std::string guesses;
  for (unsigned i = 0; i < options_.login_attempts; ++i) {
    guesses += "USER bob\r\nPASS wrong\r\n";
  }
  const std::string guessed = converse(guesses + "NOOP\r\n");
  EXPECT_NE(guessed.find("421 "), std::string::npos) << guessed;
  EXPECT_EQ(guessed.find("200 "), std::string::npos) << guessed;
  EXPECT_NE(converse("QUIT\r\n").find("221 "), std::string::npos);
}

TEST_F(SerialServer, TellsItsClientWhenItIsStopped) {
  TcpStream client = connect();
  std::array<char, 4> greeting{};
  ASSERT_GT(client.read_some(greeting, soon()), 0U);
  stop();
  const std::string rest = read_to_end(client);
  EXPECT_NE(rest.find("\r\n421 "), std::string::npos) << rest;
}

}  // namespace
}  // namespace kit
