#include "thread_server.h"

#include <sys/resource.h>

#include <optional>
#include <vector>

#include "whole_server.h"

namespace kit {
namespace {

using namespace test;

ServerOptions at_most(std::size_t sessions, std::size_t transfers = 0) {
  ServerOptions options = two_accounts();
  options.max_sessions = sessions;
  options.max_transfers = transfers;
  return options;
}

class ThreadServer : public WholeServer {};

class SmallThreadServer : public WholeServer {
 protected:
  SmallThreadServer() : WholeServer(at_most(2, 1)) {}
};

TEST_F(ThreadServer, GreetsOneClientWhileAnotherIsIdle) {
  TestClient idle = connect();
  EXPECT_EQ(idle.read(), 220);
  TestClient busy = connect();
  EXPECT_EQ(busy.read(), 220);
  EXPECT_EQ(busy.ask("NOOP"), 200);
  EXPECT_EQ(idle.ask("NOOP"), 200);
}

TEST_F(ThreadServer, AClientThatResetsHurtsNobodyElse) {
  TestClient other = connect();
  other.log_in();
  for (int i = 0; i < 5; ++i) {
    TestClient rude = connect();
    rude.send("USER bob");
    reset_on_close(rude.stream());
  }
  EXPECT_EQ(other.ask("NOOP"), 200);
}

TEST_F(ThreadServer, TellsEveryClientWhenItStops) {
  std::vector<TestClient> clients;
  for (int i = 0; i < 5; ++i) {
    clients.push_back(connect());
    EXPECT_EQ(clients.back().read(), 220);
  }
  ask_to_stop();
  for (TestClient& client : clients) {
    EXPECT_EQ(client.read(), 421);
    EXPECT_THROW(client.read(), ConnectionClosed);
  }
  stop();
}

TEST_F(ThreadServer, StopsInTheMiddleOfTransfers) {
  tree_.write("root/big", std::string(std::size_t{16} << 20U, 'x'));
  TestClient reading = connect();
  reading.log_in();
  TcpStream unread = reading.open_data();
  EXPECT_EQ(reading.ask("RETR big"), 150);
  TestClient waiting = connect();
  waiting.log_in();
  waiting.dialogue().ask("PASV");
  EXPECT_EQ(waiting.ask("STOR new"), 150);
  TestClient sending = connect();
  sending.log_in();
  TcpStream silent = sending.open_data();
  EXPECT_EQ(sending.ask("STOR other"), 150);
  stop();
  EXPECT_FALSE(tree_.has("root/new"));
  EXPECT_FALSE(tree_.has("root/other")) << "half an upload is no file";
}

TEST_F(ThreadServer, LetsATransferEndWhenItStopsAndStartsNothingMore) {
  const std::string content = pattern(std::size_t{16} << 20U);
  tree_.write("root/big", content);
  TestClient reading = connect();
  reading.log_in();
  TcpStream data = reading.open_data();
  EXPECT_EQ(reading.ask("RETR big"), 150);
  reading.send("PWD");
  TestClient idle = connect();
  EXPECT_EQ(idle.read(), 220);
  ask_to_stop();
  EXPECT_EQ(idle.read(), 421);
  const std::string received = read_to_end(data);
  EXPECT_TRUE(received == content) << received.size() << " bytes";
  EXPECT_EQ(reading.read(), 226);
  EXPECT_EQ(reading.read(), 421) << "not 257";
  ASSERT_EQ(server_.wait_for(5s), std::future_status::ready);
  server_.get();
}

TEST_F(SmallThreadServer, TurnsAwayWhoIsOverTheLimit) {
  TestClient first = connect();
  EXPECT_EQ(first.read(), 220);
  TestClient second = connect();
  EXPECT_EQ(second.read(), 220);
  for (int i = 0; i < 3; ++i) {
    TestClient third = connect();
    EXPECT_EQ(third.read(), 421);
    EXPECT_THROW(third.read(), ConnectionClosed);
  }
  EXPECT_EQ(first.ask("NOOP"), 200);
  EXPECT_EQ(second.ask("QUIT"), 221);
  second.stream().shutdown_write();
  int code = 0;
  const auto end = std::chrono::steady_clock::now() + 5s;
  while (code != 220 && std::chrono::steady_clock::now() < end) {
    code = connect().read();
  }
  EXPECT_EQ(code, 220) << "the place is free again";
}

TEST_F(SmallThreadServer, ATransferOverTheLimitGets450AndCanBeTriedAgain) {
  tree_.write("root/a", "abc");
  TestClient first = connect();
  first.log_in();
  TestClient second = connect();
  second.log_in();
  std::optional<TcpStream> held = first.open_data();
  EXPECT_EQ(first.ask("STOR b"), 150);
  TcpStream refused = second.open_data();
  EXPECT_EQ(second.ask("RETR a"), 450);
  held.reset();
  EXPECT_EQ(first.read(), 226);
  TcpStream data = second.open_data();
  EXPECT_EQ(second.ask("RETR a"), 150);
  EXPECT_EQ(read_to_end(data), "abc");
  EXPECT_EQ(second.read(), 226);
}

// What a process without descriptors looks like: the limit is put to what is open, and back again.
class NoDescriptors {
 public:
  NoDescriptors() {
    EXPECT_EQ(::getrlimit(RLIMIT_NOFILE, &before_), 0);
    FileDescriptor next(::eventfd(0, EFD_CLOEXEC));
    rlimit none = before_;
    none.rlim_cur = static_cast<rlim_t>(next.get());  // the lowest free number may not be used
    EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
  }
  ~NoDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  NoDescriptors(const NoDescriptors&) = delete;
  NoDescriptors& operator=(const NoDescriptors&) = delete;

 private:
  rlimit before_{};
};

TEST(Acceptor, TellsAClientForWhomNoDescriptorIsLeft) {
  Waiter waiter;
  TcpListener listener(loopback(), waiter);
  Log quiet(LogLevel::error);
  Acceptor acceptor(listener, quiet);
  TestClient first(listener.local(), waiter);
  TestClient second(listener.local(), waiter);
  {
    const NoDescriptors none;
    EXPECT_FALSE(acceptor.next());
    EXPECT_FALSE(acceptor.next()) << "the reserve was taken again";
  }
  EXPECT_EQ(first.read(), 421);
  EXPECT_THROW(first.read(), ConnectionClosed);
  EXPECT_EQ(second.read(), 421);
  TestClient third(listener.local(), waiter);
  EXPECT_TRUE(acceptor.next());
}

TEST(TurnAway, TheReplyArrivesThoughTheClientHasSpokenAlready) {
  ConnectedPair pair;
  pair.near.write_all("USER bob\r\n", soon());
  pollfd spoken{pair.far.descriptor(), POLLIN, 0};
  ASSERT_EQ(::poll(&spoken, 1, 5000), 1);
  turn_away(std::move(pair.far), {421, "No"});
  EXPECT_EQ(read_to_end(pair.near), "421 No\r\n");
}

TEST(TurnAway, AClientThatHasGoneIsNoError) {
  ConnectedPair pair;
  {
    TcpStream gone = std::move(pair.near);
    reset_on_close(gone);
  }
  EXPECT_NO_THROW(turn_away(std::move(pair.far), {421, "No"}));
}

}  // namespace
}  // namespace kit
