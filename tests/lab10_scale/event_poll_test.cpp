#include "event_poll.h"

#include <unistd.h>

#include <gtest/gtest.h>

#include "loopback.h"
#include "wake_up.h"

namespace kit {
namespace {

using namespace test;

std::optional<EventPoll::Clock::time_point> in(std::chrono::milliseconds delay) {
  return EventPoll::Clock::now() + delay;
}

TEST(EventPoll, TellsWhichDescriptorIsReady) {
  EventPoll poll;
  const WakeUp first;
  const WakeUp second;
  poll.add(first.descriptor(), EPOLLIN);
  poll.add(second.descriptor(), EPOLLIN);
  second.ring();
  const auto events = poll.wait(in(5s));
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].data.fd, second.descriptor());
  EXPECT_EQ(events[0].events, static_cast<std::uint32_t>(EPOLLIN));
}

TEST(EventPoll, TellsItAgainUntilItIsRead) {
  EventPoll poll;
  const WakeUp bell;
  poll.add(bell.descriptor(), EPOLLIN);
  bell.ring();
  bell.ring();
  EXPECT_EQ(poll.wait(in(5s)).size(), 1U);
  EXPECT_EQ(poll.wait(in(5s)).size(), 1U);
  bell.silence();
  EXPECT_EQ(poll.wait(in(0ms)).size(), 0U) << "one silence is enough for all the rings before";
}

TEST(EventPoll, ComesBackEmptyWhenTheTimeHasCome) {
  EventPoll poll;
  const auto until = *in(30ms);
  EXPECT_EQ(poll.wait(until).size(), 0U);
  EXPECT_GE(EventPoll::Clock::now(), until) << "a loop that wakes up too early runs in circles";
  EXPECT_EQ(poll.wait(until).size(), 0U) << "a moment that has passed";
}

TEST(EventPoll, WatchesForWhatItWasToldLast) {
  EventPoll poll;
  ConnectedPair pair;
  poll.add(pair.near.descriptor(), EPOLLIN);
  EXPECT_EQ(poll.wait(in(0ms)).size(), 0U);
  poll.change(pair.near.descriptor(), EPOLLOUT);
  EXPECT_EQ(poll.wait(in(5s)).size(), 1U);
  poll.remove(pair.near.descriptor());
  EXPECT_EQ(poll.wait(in(0ms)).size(), 0U);
}

TEST(EventPoll, SaysWhatTheSystemSaysAboutAMistake) {
  EventPoll poll;
  EXPECT_THROW(poll.add(-1, EPOLLIN), std::system_error);
  const WakeUp bell;
  EXPECT_THROW(poll.change(bell.descriptor(), EPOLLIN), std::system_error);
  EXPECT_THROW(poll.remove(bell.descriptor()), std::system_error);
}

}  // namespace
}  // namespace kit
