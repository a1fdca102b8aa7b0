#include "data_method.h"

#include <gtest/gtest.h>

#include "transfer_test.h"

namespace kit {
namespace {

using namespace test;

using DataConnection = TransferTest;

TEST_F(DataConnection, ArrangesANewDataConnectionForEachAndTheTypeOnce) {
  connect([&] {
    for (const bool first : {true, false}) {
      std::optional data = begin("RETR a", first);
      server.say("125 Any 1yz\r\n");
      send(data, "x");
      server.say("250 Any 2yz\r\n");
    }
  });
  get();
  get();
}

TEST_F(DataConnection, SendsTheTypeAgainOnceItMayHaveChanged) {
  connect([&] {
    for (int i = 0; i < 2; ++i) {
      std::optional data = begin("RETR a");
      server.say("150 Here\r\n");
      data.reset();
      server.say("226 Done\r\n");
    }
  });
  get();
  client.forget_type();
  get();
}

TEST_F(DataConnection, SendsNoTransferCommandWithoutADataConnection) {
  connect([&] {
    server.answer("TYPE I", "200 Binary");
    server.answer("PASV", "425 No port left");
    server.answer("PASV", "227 somewhere else");
    const std::uint16_t closed = [] {
      Waiter other;
      return TcpListener(loopback(), other).local().port();
    }();
    server.answer("PASV", "227 (127,0,0,1," + std::to_string(closed / 256) + "," + std::to_string(closed % 256) + ")");
    answer_in_step();
  });
  EXPECT_EQ(refusal([&] { get(); }), 425);
  EXPECT_EQ(refusal([&] { get(); }), 227);
  EXPECT_THROW(get(), std::system_error);
  expect_in_step();
}

TEST_F(DataConnection, FindsThePortWhateverStandsAroundIt) {
  connect([&] {
    server.answer("TYPE I", "200 Binary");
    for (const std::string before : {"OK (", "Passive mode =", "", "Mode 2 passive: "}) {
      Waiter own;
      TcpListener listener(loopback(), own);
      const std::uint16_t port = listener.local().port();
      server.answer("PASV", "227 " + before + "127,0,0,1," + std::to_string(port / 256) + "," +
                                std::to_string(port % 256) + " .");
      std::optional data = listener.accept(soon());
      server.answer("RETR a", "150 Here");
      send(data, "x");
      server.say("226 Done\r\n");
    }
  });
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(get().bytes, 1U);
  }
}

TEST_F(DataConnection, ConnectsToTheServersOwnAddressWhateverThe227Says) {
  connect([&] {
    server.answer("TYPE I", "200 Binary");
    server.announce("192,0,2,1");
    std::optional data = server.data();
    server.answer("RETR a", "150 Here");
    send(data, "x");
    server.say("226 Done\r\n");
  });
  EXPECT_EQ(get().bytes, 1U);
}

TEST_F(DataConnection, ConnectsToTheAddressInThe227WhenItIsTrusted) {
  client.use_data_method(std::make_unique<PassiveMethod>(PassiveMethod::Host::as_announced));
  connect([&] {
    server.answer("TYPE I", "200 Binary");
    Waiter own;
    TcpListener listener(Address::resolve("127.0.0.2", 0).front(), own);
    const std::uint16_t port = listener.local().port();
    server.answer("PASV", "227 (127,0,0,2," + std::to_string(port / 256) + "," + std::to_string(port % 256) + ")");
    std::optional data = listener.accept(soon());
    server.answer("RETR a", "150 Here");
    send(data, "x");
    server.say("226 Done\r\n");
  });
  EXPECT_EQ(get().bytes, 1U);
}

TEST_F(DataConnection, SendsWhatHasToGoBeforeTheCommandLast) {
  connect([&] {
    std::optional data = server.passive();
    server.answer("REST 100", "350 From there");
    server.answer("RETR a", "150 Here");
    send(data, "x");
    server.say("226 Done\r\n");
  });
  EXPECT_EQ(download(client, {"RETR a", "REST 100"}, [](auto) {}).bytes, 1U);
}

}  // namespace
}  // namespace kit
