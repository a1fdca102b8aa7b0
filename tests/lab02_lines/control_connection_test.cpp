#include "control_connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <string>
#include <thread>

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

TEST_F(ControlFixture, SendsALongReplyWhole) {
  const Reply reply(211, std::vector<std::string>(100'000, "a line of text"));
  std::thread server([&] {
    control.send(reply);
    control.close();
  });
  client.shutdown_write();
  EXPECT_TRUE(read_to_end(client) == format_reply(reply));
  server.join();
}

TEST_F(ControlFixture, GivesUpOnAClientThatNeverReads) {
  ConnectedPair other;
  ControlConnection impatient(std::move(other.far), 50ms);
  const Reply reply(211, std::string(60'000, 'x'));
  EXPECT_THROW(
      {
        for (int i = 0; i < 1000; ++i) {
          impatient.send(reply);
        }
      },
      TimedOut);
}

TEST_F(ControlFixture, CloseLetsTheLastReplyArriveThoughInputWasNeverRead) {
  client.write_all(std::string(100'000, 'x'), soon());
  control.send({421, "Go away"});
  std::thread server([&] { control.close(); });
  EXPECT_EQ(read_to_end(client), "421 Go away\r\n");  // a reset would throw ECONNRESET
  client.shutdown_write();
  server.join();
}

TEST_F(ControlFixture, CloseDoesNotWaitForEver) {
  const auto begin = std::chrono::steady_clock::now();
  control.close();  // the client stays and says nothing
  EXPECT_LT(std::chrono::steady_clock::now() - begin, ControlConnection::linger_time + 3s);
  EXPECT_EQ(read_to_end(client), "");
}

TEST_F(ControlFixture, CloseDoesNotListenToAnEndlessClient) {
  std::thread endless([&] {
    const std::string junk(65536, 'x');
    try {
      while (true) {
        client.write_all(junk, soon());
      }
    } catch (const std::system_error&) {
      // reset at last
    }
  });
  control.close();
  endless.join();
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

}  // namespace
}  // namespace kit
