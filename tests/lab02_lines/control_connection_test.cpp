#include "control_connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <future>
#include <string>
#include <system_error>

#include <gtest/gtest.h>

#include "loopback.h"

namespace kit {
namespace {

using namespace test;

// The server's end under test, and the client's end, which the test plays byte by byte.
struct ControlFixture : testing::Test {
  std::string read_text() {
    const std::optional<Line> line = control.read_line(soon());
    return line ? line->text : "(end)";
  }
  std::string received(std::size_t count) {
    std::string text(count, '\0');
    std::size_t got = 0;
    while (got < count) {
      got += client.read_some(std::span(text).subspan(got), soon());
    }
    return text;
  }

  ConnectedPair pair;
  TcpStream& client = pair.near;
  ControlConnection control{std::move(pair.far), 5s};
};

TEST_F(ControlFixture, ReadsALineThatComesInPieces) {
  client.set_no_delay();
  client.write_all("NO", soon());
  EXPECT_THROW(control.read_line(at_once()), TimedOut);
  client.write_all("OP\r", soon());
  EXPECT_THROW(control.read_line(at_once()), TimedOut);
  client.write_all("\n", soon());
  EXPECT_EQ(read_text(), "NOOP");
}

TEST_F(ControlFixture, ReadsLinesThatComeTogether) {
  client.write_all("A\r\nB\r\nC", soon());
  EXPECT_EQ(read_text(), "A");
  EXPECT_EQ(read_text(), "B");
  EXPECT_THROW(control.read_line(at_once()), TimedOut);
}

TEST_F(ControlFixture, ReadsLinesThatCameBeforeTheEndAndThenTheEnd) {
  client.write_all("A\r\nunfinished", soon());
  client.shutdown_write();
  EXPECT_EQ(read_text(), "A");
  EXPECT_EQ(read_text(), "(end)");
}

TEST_F(ControlFixture, KnowsWithoutWaitingWhetherALineIsThere) {
  EXPECT_FALSE(control.buffered_line());
  client.write_all("A\r\nB\r\n", soon());
  EXPECT_TRUE(control.fill(soon()));
  EXPECT_EQ(control.buffered_line()->text, "A");
  EXPECT_EQ(control.buffered_line()->text, "B");
  EXPECT_FALSE(control.buffered_line());
  client.shutdown_write();
  EXPECT_FALSE(control.fill(soon()));
}

TEST_F(ControlFixture, RefusesTelnetOptionsWhileItReads) {
  client.write_all("NO\xFF\xFD\x06OP\r\n", soon());
  EXPECT_EQ(read_text(), "NOOP");
  EXPECT_EQ(received(3), "\xFF\xFC\x06");
}

TEST_F(ControlFixture, TakesOutASynchThatCameAsUrgentData) {
  ASSERT_EQ(::send(client.descriptor(), "\xFF\xF4\xFF\xF2", 4, MSG_OOB), 4);
  client.write_all("NOOP\r\n", soon());
  EXPECT_EQ(read_text(), "NOOP");
  ASSERT_EQ(::send(client.descriptor(), "\xFF\xF4\xFF", 3, MSG_OOB), 3);  // the old BSD way: the IAC is urgent
  client.write_all("\xF2NOOP\r\n", soon());
  EXPECT_EQ(read_text(), "NOOP");
}

TEST_F(ControlFixture, ReadsALineLongerThanOneRead) {
  const std::string line(default_line_limit, 'x');
  client.write_all(line + "\r\n", soon());
  EXPECT_EQ(read_text(), line);
}

TEST_F(ControlFixture, SendsRepliesAtOnce) {
  control.send({220, "Hello"});
  EXPECT_EQ(received(11), "220 Hello\r\n");
  int no_delay = 0;
  socklen_t size = sizeof no_delay;
  ASSERT_EQ(::getsockopt(control.stream().descriptor(), IPPROTO_TCP, TCP_NODELAY, &no_delay, &size), 0);
  EXPECT_NE(no_delay, 0);
}

TEST_F(ControlFixture, CloseDoesNotWaitForEver) {
  const auto begin = std::chrono::steady_clock::now();
  control.close();  // the client stays and says nothing
  EXPECT_LT(std::chrono::steady_clock::now() - begin, ControlConnection::linger_time + 3s);
  EXPECT_EQ(read_to_end(client), "");
}

TEST_F(ControlFixture, CloseSurvivesAClientThatHasGone) {
  {
    TcpStream gone = std::move(client);
    reset_on_close(gone);
  }
  EXPECT_NO_THROW(control.close());
}

TEST_F(ControlFixture, ClosesTheDescriptor) {
  client.shutdown_write();
  control.close();
  EXPECT_LT(control.stream().descriptor(), 0);
}

// Where the client acts at the same time, the connection under test is made last: it ends first, whatever is thrown,
// and with it whatever the client waits for.

TEST(ControlConnection, SendsALongReplyWhole) {
  ConnectedPair pair;
  auto received = std::async(std::launch::async, [&] { return read_to_end(pair.near); });
  ControlConnection control(std::move(pair.far), 5s);
  const Reply reply(211, std::vector<std::string>(100'000, "a line of text"));
  control.send(reply);
  control.stream().shutdown_write();
  EXPECT_TRUE(received.get() == format_reply(reply));
}

TEST(ControlConnection, GivesUpOnAClientThatNeverReads) {
  ConnectedPair pair;
  ControlConnection impatient(std::move(pair.far), 50ms);
  const Reply reply(211, std::string(60'000, 'x'));
  EXPECT_THROW(
      {
        for (int i = 0; i < 1000; ++i) {
          impatient.send(reply);
        }
      },
      TimedOut);
}

TEST(ControlConnection, CloseLetsTheLastReplyArriveThoughInputWasNeverRead) {
  ConnectedPair pair;
  pair.near.write_all(std::string(100'000, 'x'), soon());
  auto received = std::async(std::launch::async, [&] {
    std::string all = read_to_end(pair.near);  // a reset would throw ECONNRESET
    pair.near.shutdown_write();
    return all;
  });
  ControlConnection control(std::move(pair.far), 5s);
  control.send({421, "Go away"});
  control.close();
  EXPECT_EQ(received.get(), "421 Go away\r\n");
}

TEST(ControlConnection, CloseDoesNotListenToAnEndlessClient) {
  ConnectedPair pair;
  auto endless = std::async(std::launch::async, [&] {
    const std::string junk(65536, 'x');
    while (true) {
      pair.near.write_all(junk, soon());
    }
  });
  ControlConnection control(std::move(pair.far), 5s);
  control.close();
  EXPECT_THROW(endless.get(), std::system_error);  // reset at last
}

}  // namespace
}  // namespace kit
