#include "transfer_slots.h"

#include <future>
#include <thread>
#include <vector>

#include "session_fixture.h"

namespace kit {
namespace {

using namespace test;

ServerOptions at_most(std::size_t transfers) {
  ServerOptions options;
  options.max_transfers = transfers;
  return options;
}

TEST(TransferSlots, AreFewerThanTheWorkers) {
  EXPECT_GT(TransferSlots(at_most(5)).workers(), 5U);
  const TransferSlots usual(at_most(0));
  EXPECT_GT(usual.workers(), TransferSlots::usual_transfers);
}

TEST(TransferSlots, GivesOneAgainThatWasGivenBack) {
  TransferSlots slots(at_most(2));
  const auto first = slots.take();
  auto second = slots.take();
  EXPECT_EQ(slots.taken(), 2U);
  try {
    slots.take();
    FAIL() << "there are only two";
  } catch (const ReplyError& refusal) {
    EXPECT_EQ(refusal.reply().code, 450);
  }
  EXPECT_EQ(slots.taken(), 2U) << "who was refused does not count";
  second.reset();
  EXPECT_NO_THROW(slots.take());
  EXPECT_EQ(slots.taken(), 1U);
}

TEST(TransferSlots, NeverGivesMoreThanThereAre) {
  TransferSlots slots(at_most(3));
  std::atomic<int> now = 0;
  std::vector<std::future<void>> threads;
  for (int i = 0; i < 6; ++i) {
    threads.push_back(std::async(std::launch::async, [&] {
      for (int round = 0; round < 2000; ++round) {
        try {
          const auto slot = slots.take();
          EXPECT_LE(++now, 3);
          --now;
        } catch (const ReplyError&) {
          std::this_thread::yield();
        }
      }
    }));
  }
  for (std::future<void>& thread : threads) {
    thread.get();
  }
  EXPECT_EQ(slots.taken(), 0U);
}

}  // namespace
}  // namespace kit
