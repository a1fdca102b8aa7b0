#include "concurrent_session.h"

#include <optional>

#include "whole_server.h"

namespace kit {
namespace {

using namespace test;

class ConcurrentSession : public WholeServer {
 protected:
  explicit ConcurrentSession(LoginTimes times = {60s, 10ms}) : WholeServer(two_accounts(), times) {}

  void send_in_one_piece(TestClient& client, std::string_view lines) { client.stream().write_all(lines, soon()); }
};

class HurriedLogin : public ConcurrentSession {
 protected:
  HurriedLogin() : ConcurrentSession({200ms, 10ms}) {}
};

class SlowToRefuse : public ConcurrentSession {
 protected:
  SlowToRefuse() : ConcurrentSession({60s, 60s}) {}
};

TEST_F(ConcurrentSession, CommandsOfTheMiddleOfATransferAreAnsweredBehindItInTheirOrder) {
  TestClient client = connect();
  client.log_in();
  std::optional<TcpStream> data = client.open_data();
  EXPECT_EQ(client.ask("STOR a"), 150);
  send_in_one_piece(client, "NOOP\r\nPWD\r\nSYST\r\nNONSENSE\r\n");
  data->write_all("abc", soon());
  data.reset();
  for (const int code : {226, 200, 257, 215, 500}) {
    EXPECT_EQ(client.read(), code);
  }
  EXPECT_EQ(tree_.read("root/a"), "abc");
}

TEST_F(ConcurrentSession, ReinForgetsTheUserButNotTheLinesBehindIt) {
  TestClient client = connect();
  client.log_in();
  std::optional<TcpStream> data = client.open_data();
  EXPECT_EQ(client.ask("STOR a"), 150);
  send_in_one_piece(client, "REIN\r\nNOOP\r\nPWD\r\n");
  data.reset();
  for (const int code : {226, 220, 200, 530}) {
    EXPECT_EQ(client.read(), code);
  }
}

TEST_F(ConcurrentSession, MoreLinesThanAreKeptLoseNothing) {
  constexpr int lines = 1000;
  TestClient client = connect();
  client.log_in();
  std::optional<TcpStream> data = client.open_data();
  EXPECT_EQ(client.ask("STOR a"), 150);
  std::string many;
  for (int i = 0; i < lines; ++i) {
    many += "NOOP\r\n";
  }
  send_in_one_piece(client, many + "QUIT\r\n");
  data.reset();
  EXPECT_EQ(client.read(), 226);
  for (int i = 0; i < lines; ++i) {
    ASSERT_EQ(client.read(), 200) << i;
  }
  EXPECT_EQ(client.read(), 221);
}

TEST_F(HurriedLogin, TalkingDoesNotReplaceALogin) {
  TestClient client = connect();
  EXPECT_EQ(client.read(), 220);
  const auto end = std::chrono::steady_clock::now() + 5s;
  int code = 200;
  while (code == 200 && std::chrono::steady_clock::now() < end) {
    client.send("NOOP");
    code = client.read();
  }
  EXPECT_EQ(code, 421);
}

TEST_F(HurriedLogin, WhoIsLoggedInHasTime) {
  TestClient client = connect();
  client.log_in();
  EXPECT_THROW(client.stream().waiter().wait(client.stream().descriptor(), POLLIN, Deadline::after(500ms), "421"),
               TimedOut);
  EXPECT_EQ(client.ask("NOOP"), 200);
  EXPECT_EQ(client.ask("REIN"), 220);
  EXPECT_EQ(client.ask("NOOP"), 200) << "the time begins anew";
  EXPECT_EQ(client.read(), 421);
}

TEST_F(SlowToRefuse, AWrongPasswordHoldsUpItsOwnSessionOnly) {
  TestClient guesser = connect();
  EXPECT_EQ(guesser.read(), 220);
  EXPECT_EQ(guesser.ask("USER bob"), 331);
  guesser.send("PASS guess");
  TestClient other = connect();
  other.log_in();
  EXPECT_THROW(guesser.stream().waiter().wait(guesser.stream().descriptor(), POLLIN, at_once(), "530"), TimedOut);
  stop();
  EXPECT_EQ(guesser.read(), 421) << "the wait ends when the server stops";
}

TEST_F(ConcurrentSession, AWrongPasswordIsAnswered530AndTheLastOne421) {
  TestClient client = connect();
  EXPECT_EQ(client.read(), 220);
  for (const int code : {530, 530, 421}) {
    EXPECT_EQ(client.ask("USER bob"), 331);
    EXPECT_EQ(client.ask("PASS wrong"), code);
  }
  EXPECT_THROW(client.read(), ConnectionClosed);
}

}  // namespace
}  // namespace kit
