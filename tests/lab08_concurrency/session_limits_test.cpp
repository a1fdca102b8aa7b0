#include "session_limits.h"

#include <atomic>
#include <future>
#include <vector>

#include <gtest/gtest.h>

#include "loopback.h"

namespace kit {
namespace {

using namespace test;

ServerOptions limits(std::size_t sessions, std::size_t per_address, std::size_t transfers = 0) {
  ServerOptions options;
  options.max_sessions = sessions;
  options.max_sessions_per_address = per_address;
  options.max_transfers = transfers;
  return options;
}

Address host(const char* name) { return Address::resolve(name, 1).front(); }

template <typename Action>
int refusal(Action action) {
  try {
    action();
  } catch (const ReplyError& error) {
    return error.reply().code;
  }
  return 0;
}

TEST(SessionLimits, ZeroIsNoLimit) {
  SessionLimits unlimited(limits(0, 0));
  std::vector<std::shared_ptr<void>> held;
  for (int i = 0; i < 1000; ++i) {
    held.push_back(unlimited.admit(loopback()));
    held.push_back(unlimited.begin_transfer());
    ASSERT_TRUE(held.back());
  }
}

TEST(SessionLimits, RefusesWith421WhatIsOverTheLimit) {
  SessionLimits two(limits(2, 0));
  const auto first = two.admit(loopback());
  const auto second = two.admit(host("127.0.0.2"));
  EXPECT_EQ(refusal([&] { two.admit(host("127.0.0.3")); }), 421);
}

TEST(SessionLimits, APlaceIsFreeAgainWhenItsHolderGoes) {
  SessionLimits one(limits(1, 1));
  for (int i = 0; i < 3; ++i) {
    const auto held = one.admit(loopback());
    EXPECT_EQ(refusal([&] { one.admit(loopback()); }), 421);
  }
  EXPECT_EQ(refusal([&] { one.admit(loopback()); }), 0);
}

TEST(SessionLimits, ACopyHoldsThePlaceToo) {
  SessionLimits one(limits(1, 0));
  auto held = one.admit(loopback());
  auto copy = held;
  held.reset();
  EXPECT_EQ(refusal([&] { one.admit(loopback()); }), 421);
  copy.reset();
  EXPECT_EQ(refusal([&] { one.admit(loopback()); }), 0);
}

TEST(SessionLimits, CountsEachAddressForItself) {
  SessionLimits one_each(limits(0, 1));
  const auto first = one_each.admit(loopback(1000));
  EXPECT_EQ(refusal([&] { one_each.admit(loopback(2000)); }), 421) << "another port is the same host";
  const auto second = one_each.admit(host("127.0.0.2"));
  EXPECT_EQ(refusal([&] { one_each.admit(host("::ffff:127.0.0.2")); }), 421) << "IPv4 inside IPv6 is the same host";
}

TEST(SessionLimits, ARefusalCountsForNothing) {
  SessionLimits tight(limits(2, 1));
  const auto first = tight.admit(loopback());
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(refusal([&] { tight.admit(loopback()); }), 421);
  }
  EXPECT_EQ(refusal([&] { tight.admit(host("127.0.0.2")); }), 0);
}

TEST(SessionLimits, RefusesATransferWith450) {
  SessionLimits one(limits(0, 0, 1));
  auto held = one.begin_transfer();
  EXPECT_EQ(refusal([&] { one.begin_transfer(); }), 450);
  held.reset();
  EXPECT_EQ(refusal([&] { one.begin_transfer(); }), 0);
}

TEST(SessionLimits, ManyThreadsNeverPassTheLimit) {
  SessionLimits ten(limits(10, 10, 10));
  std::atomic<int> held = 0;
  std::atomic<int> most = 0;
  std::vector<std::future<void>> threads;
  for (int i = 0; i < 16; ++i) {
    threads.push_back(std::async(std::launch::async, [&] {
      for (int round = 0; round < 200; ++round) {
        refusal([&] {
          const auto session = ten.admit(loopback());
          const auto transfer = ten.begin_transfer();
          const int now = ++held;
          int before = most;
          while (before < now && !most.compare_exchange_weak(before, now)) {
          }
          --held;
        });
      }
    }));
  }
  for (std::future<void>& thread : threads) {
    thread.get();
  }
  EXPECT_LE(most, 10);
  std::vector<std::shared_ptr<void>> all;
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(refusal([&] { all.push_back(ten.admit(loopback())); }), 0) << "all places are free again";
  }
  EXPECT_EQ(refusal([&] { ten.admit(loopback()); }), 421);
}

}  // namespace
}  // namespace kit
