#include "data_channel.h"

#include <unistd.h>

#include <array>
#include <set>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "check.h"
#include "command_table.h"
#include "loopback.h"

namespace kit {
namespace {

using namespace test;

Address address_of(const char* host) { return Address::resolve(host, 0).front(); }

// A loopback address that no other process uses: tests that are run at the same time shall not take each other's ports.
Address own_host() {
  const auto process = static_cast<unsigned>(::getpid());
  const std::string host = std::to_string(process / 250 % 250 + 1) + "." + std::to_string(process % 250 + 1);
  return address_of(("127.1." + host).c_str());
}

// A connection to `to` whose own end is on `host`.
TcpStream connect_from(const char* host, const Address& to, Waiter& waiter) {
  FileDescriptor socket(check(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  const Address own = address_of(host);
  check(::bind(socket.get(), own.raw(), own.length()), "bind");
  check(::connect(socket.get(), to.raw(), to.length()), "connect");
  return {std::move(socket), waiter};
}

TEST(ListenForData, ListensOnTheHostGivenWhateverItsPort) {
  Waiter waiter;
  const TcpListener listener = listen_for_data(Address::resolve("127.0.0.2", 21).front(), {}, waiter);
  EXPECT_EQ(listener.local().host(), "127.0.0.2");
  EXPECT_GE(listener.local().port(), dynamic_ports.low);
}

TEST(ListenForData, KeepsToTheRange) {
  Waiter waiter;
  std::vector<TcpListener> listeners;
  for (int i = 0; i < 8; ++i) {
    listeners.push_back(listen_for_data(own_host(), {50000, 50020}, waiter));
    EXPECT_GE(listeners.back().local().port(), 50000);
    EXPECT_LE(listeners.back().local().port(), 50020);
  }
}

TEST(ListenForData, FindsTheLastFreePortOfTheRangeAndSaysWhenThereIsNone) {
  Waiter waiter;
  std::vector<TcpListener> listeners;
  std::set<std::uint16_t> ports;
  for (int i = 0; i < 5; ++i) {  // wherever the search begins, it has to go round the end of the range
    listeners.push_back(listen_for_data(own_host(), {50000, 50004}, waiter));
    ports.insert(listeners.back().local().port());
  }
  EXPECT_EQ(ports, (std::set<std::uint16_t>{50000, 50001, 50002, 50003, 50004}));
  try {
    listen_for_data(own_host(), {50000, 50004}, waiter);
    FAIL() << "a sixth port of five";
  } catch (const ReplyError& refusal) {
    EXPECT_EQ(refusal.reply().code, 425);
  }
}

TEST(ListenForData, UsesAPortAgainThatHasJustServed) {
  Waiter waiter;
  for (int i = 0; i < 3; ++i) {
    TcpListener listener = listen_for_data(own_host(), {50000, 50000}, waiter);
    TcpStream client = TcpStream::connect(std::array{listener.local()}, waiter, soon());
    TcpStream served = listener.accept(soon());
    served.shutdown_write();  // this side ends first: its port goes to TIME_WAIT
    EXPECT_EQ(read_to_end(client), "");
  }
}

TEST(ListenForData, CannotBeForeseen) {
  Waiter waiter;
  int small_steps = 0;
  int last = 0;
  for (int i = 0; i < 32; ++i) {
    const int port = listen_for_data(own_host(), {}, waiter).local().port();
    small_steps += std::abs(port - last) <= 64 ? 1 : 0;
    last = port;
  }
  EXPECT_LE(small_steps, 8);  // by chance one in 128 is small
}

TEST(ListenForData, ReportsWhatIsNoMatterOfPorts) {
  Waiter waiter;
  EXPECT_THROW(listen_for_data(address_of("192.0.2.1"), {50000, 50001}, waiter), std::system_error);
}

class PassiveConnectorTest : public testing::Test {
 protected:
  PassiveConnector connector(std::optional<Address> client) {
    return {listen_for_data(address_of("127.0.0.1"), {}, waiter_), std::move(client), log_};
  }
  // What the next data connection brings.
  std::string first_bytes(DataConnector& from) {
    TcpStream data = from.open(waiter_, soon());
    std::array<char, 64> buffer{};
    return {buffer.data(), data.read_some(buffer, soon())};
  }
  TcpStream say(const char* host, const PassiveConnector& to, std::string_view what) {
    TcpStream stream = connect_from(host, to.local(), waiter_);
    stream.write_all(what, soon());
    return stream;
  }

  Waiter waiter_;
  Log log_{LogLevel::error};
};

TEST_F(PassiveConnectorTest, TakesAConnectionThatWasThereBefore) {
  PassiveConnector passive = connector(address_of("127.0.0.1"));
  const TcpStream client = say("127.0.0.1", passive, "early");
  EXPECT_EQ(first_bytes(passive), "early");
}

TEST_F(PassiveConnectorTest, WaitsForOneThatComesLater) {
  PassiveConnector passive = connector(address_of("127.0.0.1"));
  std::string came;
  std::thread server([&] { came = first_bytes(passive); });
  const TcpStream client = say("127.0.0.1", passive, "late");
  server.join();
  EXPECT_EQ(came, "late");
}

TEST_F(PassiveConnectorTest, TimesOutWhenNobodyComes) {
  PassiveConnector passive = connector(address_of("127.0.0.1"));
  EXPECT_THROW(passive.open(waiter_, at_once()), TimedOut);
}

TEST_F(PassiveConnectorTest, ClosesAStrangersConnectionAndWaitsForTheClients) {
  PassiveConnector passive = connector(address_of("127.0.0.1"));
  TcpStream stranger = say("127.0.0.9", passive, "");
  const TcpStream client = say("127.0.0.1", passive, "mine");
  EXPECT_EQ(first_bytes(passive), "mine");
  EXPECT_EQ(read_to_end(stranger), "");
}

TEST_F(PassiveConnectorTest, TimesOutWhenOnlyStrangersCome) {
  PassiveConnector passive = connector(address_of("127.0.0.1"));
  const TcpStream stranger = say("127.0.0.9", passive, "");
  EXPECT_THROW(passive.open(waiter_, at_once()), TimedOut);
}

TEST_F(PassiveConnectorTest, TakesAnybodyWhenToldTo) {
  PassiveConnector passive = connector(std::nullopt);
  const TcpStream stranger = say("127.0.0.9", passive, "hello");
  EXPECT_EQ(first_bytes(passive), "hello");
}

TEST_F(PassiveConnectorTest, WaitsThroughTheWaiterOfTheTransfer) {
  struct Counter : Waiter {
    int waits = 0;
    void wait_any(std::span<pollfd> descriptors, const Deadline& deadline, std::string_view what) override {
      ++waits;
      Waiter::wait_any(descriptors, deadline, what);
    }
  } counter;
  PassiveConnector passive = connector(address_of("127.0.0.1"));
  EXPECT_THROW(passive.open(counter, at_once()), TimedOut);
  EXPECT_GE(counter.waits, 1);
  const TcpStream client = say("127.0.0.1", passive, "");
  TcpStream data = passive.open(counter, soon());
  std::array<char, 1> buffer{};
  const int before = counter.waits;
  EXPECT_THROW(data.read_some(buffer, at_once()), TimedOut);
  EXPECT_GT(counter.waits, before);
}

TEST_F(PassiveConnectorTest, ClosesWhatWaitsWhenRefusedAndStaysGood) {
  PassiveConnector passive = connector(address_of("127.0.0.1"));
  TcpStream early = say("127.0.0.1", passive, "");
  passive.refuse();
  EXPECT_EQ(read_to_end(early), "");
  const TcpStream second = say("127.0.0.1", passive, "again");
  EXPECT_EQ(first_bytes(passive), "again");
}

TEST_F(PassiveConnectorTest, RefusesNobodyInNoTime) {
  PassiveConnector passive = connector(address_of("127.0.0.1"));
  passive.refuse();
  const TcpStream client = say("127.0.0.1", passive, "first");
  EXPECT_EQ(first_bytes(passive), "first");
}

}  // namespace
}  // namespace kit
