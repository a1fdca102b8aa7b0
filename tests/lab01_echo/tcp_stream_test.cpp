#include "tcp_stream.h"

#include <unistd.h>

#include <system_error>
#include <thread>

#include <gtest/gtest.h>

#include "loopback.h"

namespace kit {
namespace {

using namespace test;

TEST(TcpStream, CarriesBytesBothWays) {
  ConnectedPair pair;
  std::array<char, 16> buffer{};
  pair.near.write_all("ping", soon());
  EXPECT_EQ(pair.far.read_some(buffer, soon()), 4U);
  EXPECT_EQ(std::string_view(buffer.data(), 4), "ping");
  pair.far.write_all("pong!", soon());
  EXPECT_EQ(pair.near.read_some(buffer, soon()), 5U);
  EXPECT_EQ(std::string_view(buffer.data(), 5), "pong!");
}

TEST(TcpStream, NamesBothEnds) {
  ConnectedPair pair;
  EXPECT_EQ(pair.near.peer().to_string(), pair.listener.local().to_string());
  EXPECT_EQ(pair.near.local().to_string(), pair.far.peer().to_string());
}

TEST(TcpStream, ReadsNoMoreThanTheBufferHolds) {
  ConnectedPair pair;
  pair.near.write_all("abcdef", soon());
  std::array<char, 4> buffer{};
  EXPECT_EQ(pair.far.read_some(buffer, soon()), 4U);
  EXPECT_EQ(pair.far.read_some(buffer, soon()), 2U);
  EXPECT_EQ(std::string_view(buffer.data(), 2), "ef");
}

TEST(TcpStream, WritesAllOfABigMessageToAPeerThatReadsLate) {
  ConnectedPair pair;
  const std::string message = pattern(8U << 20U);  // far more than the socket buffers hold
  std::thread writer([&] {
    pair.near.write_all(message, soon());
    pair.near.shutdown_write();
  });
  EXPECT_TRUE(read_to_end(pair.far) == message);  // not EXPECT_EQ: it would print 8 MiB
  writer.join();
}

TEST(TcpStream, KeepsNulBytesAndEveryOtherValue) {
  ConnectedPair pair;
  std::string all;
  for (int value = 0; value < 256; ++value) {
    all += static_cast<char>(value);
  }
  pair.near.write_all(all, soon());
  pair.near.shutdown_write();
  EXPECT_EQ(read_to_end(pair.far), all);
}

TEST(TcpStream, ReportsTheEndOfTheOtherSideAsZeroAndGoesOnSending) {
  ConnectedPair pair;
  pair.near.write_all("last", soon());
  pair.near.shutdown_write();
  EXPECT_EQ(read_to_end(pair.far), "last");
  std::array<char, 16> buffer{};
  EXPECT_EQ(pair.far.read_some(buffer, soon()), 0U);  // and again: end of file stays
  pair.far.write_all("answer", soon());
  EXPECT_EQ(pair.near.read_some(buffer, soon()), 6U);
}

TEST(TcpStream, TimesOutWhenNothingComes) {
  ConnectedPair pair;
  std::array<char, 16> buffer{};
  EXPECT_THROW(pair.far.read_some(buffer, at_once()), TimedOut);
}

TEST(TcpStream, StopsReadingAlthoughThereAreAlwaysMoreBytes) {
  ConnectedPair pair;
  pair.near.write_all("more", soon());
  pair.waiter.wait(pair.far.descriptor(), POLLIN, soon(), "the bytes");
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const FileDescriptor wish(ends[0]);
  const FileDescriptor other_end(ends[1]);
  ASSERT_EQ(::write(other_end.get(), "x", 1), 1);
  Waiter told_to_stop(wish.get());
  pair.far.wait_through(told_to_stop);
  std::array<char, 16> buffer{};
  EXPECT_THROW(pair.far.read_some(buffer, soon()), Stopped);
}

TEST(TcpStream, TimesOutWhenThePeerNeverReads) {
  ConnectedPair pair;
  const std::string message(64U << 20U, 'x');
  EXPECT_THROW(pair.near.write_all(message, Deadline::after(100ms)), TimedOut);
}

TEST(TcpStream, SurvivesWritingToAPeerThatHasGone) {
  ConnectedPair pair;
  {
    TcpStream gone = std::move(pair.far);
    reset_on_close(gone);
  }
  const std::string message(1U << 20U, 'x');
  try {
    for (int i = 0; i < 100; ++i) {
      pair.near.write_all(message, soon());
    }
    FAIL() << "100 MiB were written to nobody";
  } catch (const std::system_error& error) {
    EXPECT_TRUE(error.code().value() == EPIPE || error.code().value() == ECONNRESET) << error.what();
  }
}

TEST(TcpStream, ReportsAResetAsAnErrorAndNotAsTheEnd) {
  ConnectedPair pair;
  {
    TcpStream gone = std::move(pair.near);
    reset_on_close(gone);
  }
  std::array<char, 16> buffer{};
  EXPECT_THROW(pair.far.read_some(buffer, soon()), std::system_error);
}

TEST(TcpStream, ShutsDownTwiceWithoutComplaint) {
  ConnectedPair pair;
  pair.near.shutdown_write();
  EXPECT_NO_THROW(pair.near.shutdown_write());
}

TEST(TcpStream, SaysWhoRefusedTheConnection) {
  Waiter waiter;
  const Address closed = [&] { return TcpListener(loopback(), waiter).local(); }();
  try {
    TcpStream::connect(std::array{closed}, waiter, soon());
    FAIL() << "connected to a port that nobody listens on";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code().value(), ECONNREFUSED);
    EXPECT_NE(std::string(error.what()).find(closed.to_string()), std::string::npos) << error.what();
  }
}

TEST(TcpStream, TriesTheNextAddressWhenOneRefuses) {
  Waiter waiter;
  const Address closed = [&] { return TcpListener(loopback(), waiter).local(); }();
  TcpListener open(loopback(), waiter);
  const TcpStream stream = TcpStream::connect(std::array{closed, open.local()}, waiter, soon());
  EXPECT_EQ(stream.peer().to_string(), open.local().to_string());
}

TEST(TcpStream, WaitsThroughTheDoorItIsGiven) {
  struct Counting : Waiter {
    int waits = 0;
    void wait_any(std::span<pollfd> fds, const Deadline& deadline, std::string_view what) override {
      ++waits;
      Waiter::wait_any(fds, deadline, what);
    }
  } counting;
  ConnectedPair pair;
  Waiter& before = pair.far.wait_through(counting);
  EXPECT_EQ(&before, &pair.waiter);
  std::array<char, 16> buffer{};
  EXPECT_THROW(pair.far.read_some(buffer, at_once()), TimedOut);
  EXPECT_EQ(counting.waits, 1);
}

}  // namespace
}  // namespace kit
