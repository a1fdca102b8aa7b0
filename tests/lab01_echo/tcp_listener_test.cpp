#include "tcp_listener.h"

#include <fcntl.h>
#include <unistd.h>

#include <optional>
#include <system_error>

#include <gtest/gtest.h>

#include "loopback.h"

namespace kit {
namespace {

using namespace test;

TEST(TcpListener, TellsThePortItWasGiven) {
  Waiter waiter;
  TcpListener listener(loopback(0), waiter);
  EXPECT_NE(listener.local().port(), 0);
  EXPECT_EQ(listener.local().host(), "127.0.0.1");
}

TEST(TcpListener, AcceptsOneClientAfterAnother) {
  Waiter waiter;
  TcpListener listener(loopback(), waiter);
  for (int i = 0; i < 3; ++i) {
    TcpStream client = TcpStream::connect(std::array{listener.local()}, waiter, soon());
    TcpStream served = listener.accept(soon());
    EXPECT_EQ(served.peer().to_string(), client.local().to_string());
  }
}

TEST(TcpListener, AcceptsAClientThatConnectedBeforeAcceptWasCalled) {
  Waiter waiter;
  TcpListener listener(loopback(), waiter);
  TcpStream first = TcpStream::connect(std::array{listener.local()}, waiter, soon());
  TcpStream second = TcpStream::connect(std::array{listener.local()}, waiter, soon());
  EXPECT_EQ(listener.accept(soon()).peer().to_string(), first.local().to_string());
  EXPECT_EQ(listener.accept(soon()).peer().to_string(), second.local().to_string());
}

TEST(TcpListener, StopsAcceptingAlthoughClientsWaitInTheLine) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const FileDescriptor wish(ends[0]);
  const FileDescriptor other_end(ends[1]);
  ASSERT_EQ(::write(other_end.get(), "x", 1), 1);
  Waiter told_to_stop(wish.get());
  TcpListener listener(loopback(), told_to_stop);
  Waiter waiter;
  const TcpStream client = TcpStream::connect(std::array{listener.local()}, waiter, soon());
  EXPECT_THROW(listener.accept(soon()), Stopped);
}

TEST(TcpListener, RefusesAPortThatIsTaken) {
  Waiter waiter;
  TcpListener listener(loopback(), waiter);
  try {
    TcpListener second(listener.local(), waiter);
    FAIL() << "two listeners on one port";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code().value(), EADDRINUSE);
  }
}

TEST(TcpListener, BindsAgainRightAfterASessionEnded) {
  Waiter waiter;
  std::optional<TcpListener> listener(std::in_place, loopback(), waiter);
  const Address address = listener->local();
  {
    TcpStream client = TcpStream::connect(std::array{address}, waiter, soon());
    TcpStream served = listener->accept(soon());
    served.shutdown_write();  // this side closes first, so it is this side's port that stays in TIME_WAIT
    EXPECT_EQ(read_to_end(client), "");
  }
  listener.reset();
  EXPECT_NO_THROW(listener.emplace(address, waiter));
}

TEST(TcpListener, TimesOutWhenNobodyConnects) {
  Waiter waiter;
  TcpListener listener(loopback(), waiter);
  EXPECT_THROW(listener.accept(at_once()), TimedOut);
}

TEST(TcpListener, HandsNoDescriptorToChildPrograms) {
  ConnectedPair pair;
  for (const int descriptor : {pair.listener.descriptor(), pair.near.descriptor(), pair.far.descriptor()}) {
    EXPECT_NE(::fcntl(descriptor, F_GETFD) & FD_CLOEXEC, 0);
  }
}

}  // namespace
}  // namespace kit
