#include "interrupt_waiter.h"

#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>

#include <array>

#include "interrupt_fixture.h"

namespace kit {
namespace {

using namespace test;

class InterruptWaiting : public InterruptTest {
 protected:
  void wait(const ConnectedPair& pair, const Deadline& deadline) {
    waiter.wait(pair.far.descriptor(), POLLIN, deadline, "nothing came");
  }
  ConnectedPair data;
};

TEST_F(InterruptWaiting, CtrlCEndsAWait) {
  press_ctrl_c();
  EXPECT_THROW(wait(data, soon()), Interrupted);
}

TEST_F(InterruptWaiting, OnePressEndsOneWait) {
  press_ctrl_c();
  EXPECT_THROW(wait(data, soon()), Interrupted);
  EXPECT_THROW(wait(data, at_once()), TimedOut);
}

TEST_F(InterruptWaiting, WithoutCtrlCItIsAWaiterLikeAnother) {
  EXPECT_THROW(wait(data, at_once()), TimedOut);
  data.near.write_all("x", soon());
  EXPECT_NO_THROW(wait(data, soon()));
}

TEST_F(InterruptWaiting, SigtermStillStopsTheProgram) {
  EXPECT_EQ(::kill(::getpid(), SIGTERM), 0);
  EXPECT_THROW(wait(data, soon()), Stopped);
  signalfd_siginfo info{};
  EXPECT_EQ(::read(stop.descriptor(), &info, sizeof info), static_cast<ssize_t>(sizeof info)) << "taken back";
}

TEST_F(InterruptWaiting, CheckNoticesItWithoutAWait) {
  EXPECT_NO_THROW(waiter.check());
  press_ctrl_c();
  EXPECT_THROW(waiter.check(), Interrupted);
  EXPECT_NO_THROW(waiter.check());
}

TEST_F(InterruptWaiting, InATransferTheServerIsTold) {
  connect([&] { hear_abort(); });
  InterruptWaiter::Transferring transferring(waiter, client);
  press_ctrl_c();
  EXPECT_THROW(wait(data, soon()), Interrupted);
  EXPECT_THROW(wait(data, soon()), Interrupted) << "no further wait for data";
  EXPECT_TRUE(transferring.end());
  EXPECT_THROW(wait(data, at_once()), TimedOut) << "the transfer is over";
}

TEST_F(InterruptWaiting, TheAnswerToAborIsWaitedFor) {
  connect([&] {
    EXPECT_EQ(server.hear(), "RETR a");
    press_ctrl_c();
    hear_abort();
    server.say("226 Aborted\r\n");
  });
  InterruptWaiter::Transferring transferring(waiter, client);
  client.send("RETR a");
  EXPECT_EQ(client.read().code, 226);
  EXPECT_TRUE(client.connected());
  EXPECT_TRUE(transferring.end());
}

TEST_F(InterruptWaiting, ASecondPressDoesNotWaitForTheAnswer) {
  connect([&] {
    EXPECT_EQ(server.hear(), "RETR a");
    press_ctrl_c();
    hear_abort();
    press_ctrl_c();
  });
  const InterruptWaiter::Transferring transferring(waiter, client);
  client.send("RETR a");
  EXPECT_THROW(client.read(), Interrupted);
  EXPECT_FALSE(client.connected()) << "nobody knows what comes next";
}

TEST_F(InterruptWaiting, NothingIsToldWithoutATransfer) {
  connect([&] { server.hear_nothing_more(); });
  press_ctrl_c();
  EXPECT_THROW(wait(data, soon()), Interrupted);
  client.close();
}

TEST(SendAbort, IsPrecededByATelnetSynchWithUrgentData) {
  ConnectedPair pair;
  const int on = 1;
  ASSERT_EQ(::setsockopt(pair.far.descriptor(), SOL_SOCKET, SO_OOBINLINE, &on, sizeof on), 0);
  send_abort(pair.near);
  pair.near.shutdown_write();
  pollfd urgent{pair.far.descriptor(), POLLPRI, 0};
  EXPECT_EQ(::poll(&urgent, 1, 5000), 1) << "urgent data";
  std::string before_mark;
  std::array<char, 1> byte{};
  for (int at_mark = 0; at_mark == 0;) {
    ASSERT_EQ(::ioctl(pair.far.descriptor(), SIOCATMARK, &at_mark), 0);
    if (at_mark == 0) {
      ASSERT_EQ(pair.far.read_some(byte, soon()), 1U);
      before_mark += byte[0];
    }
  }
  EXPECT_EQ(before_mark, "\xFF\xF4\xFF");
  EXPECT_EQ(read_to_end(pair.far), "\xF2"
                                   "ABOR\r\n");
}

}  // namespace
}  // namespace kit
