#include "transfer_waiter.h"

#include <array>
#include <optional>

#include <gtest/gtest.h>

#include "loopback.h"

namespace kit {
namespace {

using namespace test;

class TransferWaiterTest : public testing::Test {
 protected:
  void wait(TransferWaiter& waiter, const Deadline& deadline) {
    waiter.wait(data_.far.descriptor(), POLLIN, deadline, "nothing came");
  }

  ConnectedPair control_;
  ConnectedPair data_;
  Waiter session_;
  TransferWaiter waiter_{session_, control_.far.descriptor(), 5s};
  TransferWaiter hasty_{session_, control_.far.descriptor(), 20ms};
};

TEST_F(TransferWaiterTest, ReturnsWhenTheDataConnectionIsReady) {
  data_.near.write_all("x", soon());
  std::array<pollfd, 1> watched{pollfd{data_.far.descriptor(), POLLIN, 0}};
  waiter_.wait_any(watched, soon(), "nothing came");
  EXPECT_EQ(watched[0].revents, POLLIN);
}

TEST_F(TransferWaiterTest, GivesUpAfterTheStallTimeoutThoughTheDeadlineIsLate) {
  EXPECT_THROW(wait(hasty_, Deadline::never()), TimedOut);
  EXPECT_THROW(wait(hasty_, soon()), TimedOut);
}

TEST_F(TransferWaiterTest, KeepsAnEarlierDeadline) { EXPECT_THROW(wait(waiter_, at_once()), TimedOut); }

TEST_F(TransferWaiterTest, NoticesThatTheClientHasClosedTheControlConnection) {
  std::optional<TcpStream> client = std::move(control_.near);
  client.reset();
  EXPECT_THROW(wait(waiter_, Deadline::never()), ControlClosed);
}

TEST_F(TransferWaiterTest, NoticesThatTheControlConnectionWasReset) {
  {
    TcpStream client = std::move(control_.near);
    reset_on_close(client);
  }
  EXPECT_THROW(wait(waiter_, Deadline::never()), ControlClosed);
}

TEST_F(TransferWaiterTest, NoticesItThoughTheDataConnectionIsReadyToo) {
  data_.near.write_all("x", soon());
  control_.near.shutdown_write();
  EXPECT_THROW(wait(waiter_, Deadline::never()), ControlClosed);
}

TEST_F(TransferWaiterTest, IsNotWokenUpByACommand) {
  control_.near.write_all("NOOP\r\n", soon());
  EXPECT_THROW(wait(hasty_, Deadline::never()), TimedOut);
  std::array<char, 16> buffer{};
  EXPECT_EQ(control_.far.read_some(buffer, soon()), 6U);  // it is still there for afterwards
}

}  // namespace
}  // namespace kit
