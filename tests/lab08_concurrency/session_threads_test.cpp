#include "session_threads.h"

#include <future>
#include <memory>

#include <gtest/gtest.h>

#include "loopback.h"

namespace kit {
namespace {

using namespace test;

TEST(SessionThreads, RunsEachBodyBesideTheOthers) {
  std::promise<void> first;
  std::promise<void> second;
  SessionThreads threads;
  threads.start([&] {
    first.set_value();
    EXPECT_EQ(second.get_future().wait_for(5s), std::future_status::ready) << "one waits for the other";
  });
  threads.start([&] {
    EXPECT_EQ(first.get_future().wait_for(5s), std::future_status::ready);
    second.set_value();
  });
}

TEST(SessionThreads, TheDestructorWaitsForAllOfThem) {
  std::promise<void> go;
  const std::shared_future<void> gone = go.get_future().share();
  std::atomic<int> ended = 0;
  std::future<void> destroyed = std::async(std::launch::async, [&] {
    SessionThreads threads;
    for (int i = 0; i < 8; ++i) {
      threads.start([&] {
        gone.wait();
        ++ended;
      });
    }
  });
  EXPECT_EQ(destroyed.wait_for(20ms), std::future_status::timeout);
  go.set_value();
  ASSERT_EQ(destroyed.wait_for(5s), std::future_status::ready);
  destroyed.get();
  EXPECT_EQ(ended, 8);
}

TEST(SessionThreads, JoinsThoseThatHaveEndedWithoutWaitingForTheOthers) {
  std::promise<void> go;
  SessionThreads threads;
  threads.start([gone = go.get_future().share()] { gone.wait(); });
  for (int i = 0; i < 20; ++i) {
    threads.start([] {});
  }
  const auto end = std::chrono::steady_clock::now() + 5s;
  while (threads.count() > 1 && std::chrono::steady_clock::now() < end) {
    threads.join_finished();
    std::this_thread::yield();
  }
  EXPECT_EQ(threads.count(), 1U) << "the one that has not ended";
  go.set_value();
}

TEST(SessionThreads, WhatABodyHoldsIsGoneWhenItHasBeenJoined) {
  auto held = std::make_shared<int>(1);
  const std::weak_ptr<int> watch = held;
  {
    SessionThreads threads;
    threads.start([held = std::move(held)] {});
  }
  EXPECT_TRUE(watch.expired());
}

}  // namespace
}  // namespace kit
