#include "timer_wheel.h"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <set>
#include <vector>

namespace kit {
namespace {

using namespace std::chrono_literals;

// The clock is the test's own: nothing here waits.
class TimerWheelTest : public testing::Test {
 protected:
  /// Everything that is due `after` the start.
  std::set<Timer*> due(std::chrono::milliseconds after) {
    std::set<Timer*> all;
    while (Timer* timer = wheel_.take_due(start_ + after)) {
      EXPECT_TRUE(all.insert(timer).second) << "one timer twice";
    }
    return all;
  }

  TimerWheel::Clock::time_point start_ = TimerWheel::Clock::now();
  TimerWheel wheel_{start_};
};

using Due = std::set<Timer*>;

TEST_F(TimerWheelTest, HasNothingToSayWithoutTimers) {
  EXPECT_EQ(wheel_.next(), std::nullopt);
  EXPECT_EQ(due(1h), Due());
}

TEST_F(TimerWheelTest, IsNeverEarlyAndAtMostATickLate) {
  Timer timer;
  wheel_.set(timer, start_ + 1001ms);
  EXPECT_EQ(due(1000ms), Due());
  EXPECT_EQ(due(1001ms + TimerWheel::Ticks(1) / 1), Due{&timer});
  EXPECT_FALSE(timer.is_set());
}

TEST_F(TimerWheelTest, GivesEachTimerOnce) {
  Timer timer;
  wheel_.set(timer, start_ + 100ms);
  EXPECT_EQ(due(200ms), Due{&timer});
  EXPECT_EQ(due(1h), Due());
}

TEST_F(TimerWheelTest, WhatHasPassedAlreadyIsDueAtOnce) {
  Timer timer;
  EXPECT_EQ(due(10s), Due());
  wheel_.set(timer, start_ + 1s);
  EXPECT_EQ(due(10s), Due{&timer});
}

TEST_F(TimerWheelTest, CancelsAndSetsAnew) {
  Timer cancelled;
  Timer moved;
  wheel_.set(cancelled, start_ + 100ms);
  wheel_.set(moved, start_ + 100ms);
  wheel_.cancel(cancelled);
  wheel_.cancel(cancelled);
  wheel_.set(moved, start_ + 300ms);
  EXPECT_EQ(due(200ms), Due());
  EXPECT_EQ(due(400ms), Due{&moved});
}

TEST_F(TimerWheelTest, ATimerThatIsDestroyedIsForgotten) {
  Timer before;
  Timer after;
  auto gone = std::make_unique<Timer>();
  wheel_.set(before, start_ + 100ms);
  wheel_.set(*gone, start_ + 100ms);
  wheel_.set(after, start_ + 100ms);
  gone.reset();
  EXPECT_EQ(due(1s), (Due{&before, &after}));
  EXPECT_EQ(wheel_.next(), std::nullopt);
}

TEST_F(TimerWheelTest, KeepsWhatIsDueAfterMoreThanOneTurn) {
  const auto turn = std::chrono::duration_cast<std::chrono::milliseconds>(TimerWheel::Ticks(TimerWheel::slots));
  Timer soon;
  Timer late;
  wheel_.set(soon, start_ + 200ms);
  wheel_.set(late, start_ + 2 * turn + 200ms);
  EXPECT_EQ(due(1s), Due{&soon});
  EXPECT_EQ(due(turn + 1s), Due());
  EXPECT_EQ(due(2 * turn + 1s), Due{&late});
}

TEST_F(TimerWheelTest, TellsWhenToLookAgain) {
  Timer timer;
  wheel_.set(timer, start_ + 1s);
  ASSERT_TRUE(wheel_.next());
  EXPECT_GE(*wheel_.next(), start_ + 1s);
  EXPECT_LE(*wheel_.next(), start_ + 1s + TimerWheel::Ticks(1));
}

TEST_F(TimerWheelTest, ALaterTurnsTimerInTheCurrentSlotIsNoReasonToLookNow) {
  const auto turn = std::chrono::duration_cast<std::chrono::milliseconds>(TimerWheel::Ticks(TimerWheel::slots));
  Timer late;
  wheel_.set(late, start_ + turn + 1s);
  EXPECT_EQ(due(1s), Due());
  ASSERT_TRUE(wheel_.next());
  EXPECT_GT(*wheel_.next(), start_ + 1s) << "a loop that trusts this would not sleep";
}

TEST_F(TimerWheelTest, LosesNoneOfThousands) {
  std::mt19937 random(7);
  std::vector<std::unique_ptr<Timer>> timers;
  std::vector<std::chrono::milliseconds> moments;
  for (int i = 0; i < 5000; ++i) {
    moments.emplace_back(random() % 1'000'000);
    wheel_.set(*timers.emplace_back(std::make_unique<Timer>()), start_ + moments.back());
  }
  std::size_t seen = 0;
  for (auto now = 0ms; now <= 1'000'100ms; now += 10'000ms) {
    const Due found = due(now);
    seen += found.size();
    for (std::size_t i = 0; i < timers.size(); ++i) {
      const bool expected_by_now = moments[i] + TimerWheel::Ticks(1) <= now;
      EXPECT_FALSE(timers[i]->is_set() && expected_by_now) << "late: " << moments[i].count();
      EXPECT_FALSE(found.contains(timers[i].get()) && moments[i] > now) << "early: " << moments[i].count();
    }
  }
  EXPECT_EQ(seen, timers.size());
}

}  // namespace
}  // namespace kit
