#include <gtest/gtest.h>

#include "../lab06_client/transfer_test.h"
#include "active_method.h"
#include "extended_passive_method.h"
#include "host_port.h"

namespace kit::test {
namespace {

// The client's data connections, with a script for the server.
class Active : public TransferTest {
 protected:
  Active() { client.use_data_method(std::make_unique<ActiveMethod>()); }

  // For scripts: up to the transfer command; where the client listens.
  Address told(std::string_view command) {
    server.answer("TYPE I", "200 Binary");
    const std::string line = server.hear();
    EXPECT_TRUE(line.starts_with("PORT 127,0,0,1,")) << line;
    server.say("200 Fine\r\n");
    EXPECT_EQ(server.hear(), command);
    const HostPort at = parse_host_port(line.substr(5)).value();
    return Address::resolve(at.host_text(), at.port).front();
  }

  TcpStream call(const Address& there, const std::string& from = "127.0.0.1") {
    FileDescriptor socket(::socket(AF_INET, SOCK_STREAM, 0));
    const Address own = Address::resolve(from, 0).front();
    EXPECT_EQ(::bind(socket.get(), own.raw(), own.length()), 0);
    EXPECT_EQ(::connect(socket.get(), there.raw(), there.length()), 0);
    return {std::move(socket), waiter};
  }
};

TEST_F(Active, ListensAndLetsTheServerConnect) {
  connect([&] {
    const Address there = told("RETR a");
    server.say("150 Here\r\n");
    std::optional data = call(there);
    send(data, "content");
    server.say("226 Done\r\n");
  });
  get();
  EXPECT_EQ(received, "content");
}

TEST_F(Active, SendsToTheServerThatConnects) {
  std::string stored;
  connect([&] {
    const Address there = told("STOR a");
    TcpStream data = call(there);  // some servers connect before they say so
    server.say("125 Already open\r\n");
    stored = read_to_end(data);
    server.say("226 Done\r\n");
  });
  put("content");
  EXPECT_EQ(stored, "content");
}

TEST_F(Active, TakesNoConnectionOfAStranger) {
  connect([&] {
    const Address there = told("RETR a");
    server.say("150 Here\r\n");
    TcpStream stranger = call(there, "127.0.0.2");
    std::array<char, 1> byte{};
    EXPECT_EQ(stranger.read_some(byte, soon()), 0U) << "it is hung up on";
    std::optional data = call(there);
    send(data, "of the server");
    server.say("226 Done\r\n");
  });
  get();
  EXPECT_EQ(received, "of the server");
}

TEST_F(Active, DoesNotWaitForAConnectionThatTheServerHasGivenUp) {
  connect([&] {
    told("RETR a");
    server.say("150 Here\r\n425 Cannot connect\r\n");
    answer_in_step();
  });
  EXPECT_EQ(refusal([&] { get(); }), 425);
  expect_in_step();
}

TEST_F(Active, SendsNoTransferCommandWhenPortIsRefused) {
  connect([&] {
    server.answer("TYPE I", "200 Binary");
    server.hear();
    server.say("500 No such command\r\n");
    answer_in_step();
  });
  EXPECT_EQ(refusal([&] { get(); }), 500);
  expect_in_step();
}

class ExtendedPassive : public TransferTest {
 protected:
  ExtendedPassive() { client.use_data_method(std::make_unique<ExtendedPassiveMethod>()); }

  // For scripts: EPSV answered with the port of a listener, with `before` and `after` around it.
  TcpStream extended(const std::string& before, const std::string& after) {
    TcpListener listener(loopback(), waiter);
    server.answer("EPSV", "229 " + before + std::to_string(listener.local().port()) + after);
    return listener.accept(soon());
  }

  void serve(std::optional<TcpStream> data) {
    EXPECT_EQ(server.hear(), "RETR a");
    server.say("150 Here\r\n");
    send(data, "content");
    server.say("226 Done\r\n");
  }
};

TEST_F(ExtendedPassive, AsksForItFirstEachTime) {
  connect([&] {
    server.answer("TYPE I", "200 Binary");
    serve(extended("Entering Extended Passive Mode (|||", "|)"));
    serve(extended("Whatever (!!!", "!)."));
  });
  get();
  get();
  EXPECT_EQ(received, "content");
}

TEST_F(ExtendedPassive, FallsBackToPasvAndRemembers) {
  connect([&] {
    server.answer("TYPE I", "200 Binary");
    server.answer("EPSV", "500 What?");
    serve(server.passive());
    serve(server.passive());
  });
  get();
  get();
  EXPECT_EQ(received, "content");
}

TEST_F(ExtendedPassive, AsksAnotherServerAnew) {
  connect([&] {
    server.answer("TYPE I", "200 Binary");
    server.answer("EPSV", "502 Not here");
    serve(server.passive());
  });
  get();
  server.finish();
  connect([&] {
    server.answer("TYPE I", "200 Binary");
    serve(extended("(|||", "|)"));
  });
  get();
}

TEST_F(ExtendedPassive, SaysWhenTheAnswerHoldsNoPort) {
  connect([&] {
    server.answer("TYPE I", "200 Binary");
    server.answer("EPSV", "229 somewhere");
    server.answer("EPSV", "425 Not now");
    answer_in_step();
  });
  EXPECT_EQ(refusal([&] { get(); }), 229);
  EXPECT_EQ(refusal([&] { get(); }), 425) << "not now is not never";
  expect_in_step();
}

}  // namespace
}  // namespace kit::test
