#include "wait.h"

#include <unistd.h>

#include <array>
#include <csignal>
#include <thread>

#include <gtest/gtest.h>

#include "loopback.h"

namespace kit {
namespace {

using namespace test;

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) == 0) {
      read_end.reset(ends[0]);
      write_end.reset(ends[1]);
    }
  }
  void fill() const { EXPECT_EQ(::write(write_end.get(), "x", 1), 1); }

  FileDescriptor read_end;
  FileDescriptor write_end;
};

TEST(Deadline, CountsDownToZeroAndNotBelow) {
  EXPECT_EQ(Deadline::never().poll_timeout(), -1);
  EXPECT_EQ(Deadline::after(0ms).poll_timeout(), 0);
  EXPECT_EQ(Deadline::after(-5s).poll_timeout(), 0);
  const int left = Deadline::after(10s).poll_timeout();
  EXPECT_GT(left, 9000);
  EXPECT_LE(left, 10000);
}

TEST(Waiter, ReturnsWhenThereIsSomethingToRead) {
  Pipe pipe;
  pipe.fill();
  Waiter waiter;
  waiter.wait(pipe.read_end.get(), POLLIN, soon(), "a byte");
}

TEST(Waiter, ReportsWhichDescriptorIsReady) {
  Pipe idle;
  Pipe full;
  full.fill();
  std::array<pollfd, 2> both{pollfd{idle.read_end.get(), POLLIN, 0}, pollfd{full.read_end.get(), POLLIN, 0}};
  Waiter waiter;
  waiter.wait_any(both, soon(), "either");
  EXPECT_EQ(both[0].revents, 0);
  EXPECT_EQ(both[1].revents, POLLIN);
}

TEST(Waiter, SaysWhatItWaitedForWhenTheDeadlinePasses) {
  Pipe pipe;
  Waiter waiter;
  try {
    waiter.wait(pipe.read_end.get(), POLLIN, at_once(), "a letter from home");
    FAIL() << "nothing was written, yet the wait ended";
  } catch (const TimedOut& error) {
    EXPECT_STREQ(error.what(), "timed out: a letter from home");
  }
}

TEST(Waiter, EndsEveryWaitOnceTheProgramShallStop) {
  Pipe stop;
  Pipe pipe;
  stop.fill();
  pipe.fill();  // even a wait that could succeed: else a busy peer would keep the program alive
  Waiter waiter(stop.read_end.get());
  EXPECT_THROW(waiter.wait(pipe.read_end.get(), POLLIN, soon(), "a byte"), Stopped);
  EXPECT_THROW(waiter.wait(pipe.read_end.get(), POLLIN, soon(), "a byte"), Stopped);
}

TEST(Waiter, GoesOnWaitingAfterASignal) {
  struct sigaction action {};
  action.sa_handler = [](int) {};  // no SA_RESTART: poll(2) is interrupted with EINTR
  ASSERT_EQ(::sigaction(SIGUSR1, &action, nullptr), 0);
  Pipe pipe;
  const pthread_t waiting = ::pthread_self();
  std::thread other([&] {
    for (int i = 0; i < 100; ++i) {
      ::pthread_kill(waiting, SIGUSR1);
      std::this_thread::yield();
    }
    pipe.fill();
  });
  Waiter waiter;
  EXPECT_NO_THROW(waiter.wait(pipe.read_end.get(), POLLIN, soon(), "a byte"));
  other.join();
}

}  // namespace
}  // namespace kit
