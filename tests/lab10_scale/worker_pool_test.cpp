#include "worker_pool.h"

#include <future>
#include <map>
#include <thread>

#include "visit_fixture.h"
#include "visit_queue.h"

namespace kit {
namespace {

using namespace test;

/// Visits that nobody is behind: the pool does not look into them.
class WorkerPoolTest : public VisitFixture {
 protected:
  std::unique_ptr<Visit> visit() {
    ConnectedPair pair;
    return std::make_unique<Visit>(std::move(pair.far), context_, nullptr, times_);
  }
};

template <typename Condition>
bool comes_true(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + 5s;
  while (!condition() && std::chrono::steady_clock::now() < end) {
    std::this_thread::yield();
  }
  return condition();
}

TEST_F(WorkerPoolTest, HasNoThreadBeforeThereIsWork) {
  const WorkerPool pool(4, 10s, [](std::unique_ptr<Visit>) {});
  EXPECT_EQ(pool.count(), 0U);
}

TEST_F(WorkerPoolTest, RunsEveryVisitOnceAndElsewhere) {
  std::mutex mutex;
  std::map<Visit*, int> runs;
  const auto here = std::this_thread::get_id();
  std::vector<Visit*> pushed;
  {
    WorkerPool pool(4, 10s, [&](std::unique_ptr<Visit> visit) {
      EXPECT_NE(std::this_thread::get_id(), here);
      const std::lock_guard lock(mutex);
      ++runs[visit.release()];  // so that no address comes twice
    });
    for (int i = 0; i < 100; ++i) {
      auto one = visit();
      pushed.push_back(one.get());
      pool.push(std::move(one));
    }
  }
  EXPECT_EQ(runs.size(), 100U);
  for (Visit* one : pushed) {
    EXPECT_EQ(runs[one], 1);
    delete one;  // NOLINT: released above
  }
}

TEST_F(WorkerPoolTest, GrowsWithTheWorkUpToTheLimit) {
  std::promise<void> go;
  const std::shared_future<void> gone = go.get_future().share();
  std::atomic<std::size_t> running = 0;
  WorkerPool pool(3, 10s, [&](std::unique_ptr<Visit>) {
    ++running;
    gone.wait();
    --running;
  });
  pool.push(visit());
  EXPECT_TRUE(comes_true([&] { return running == 1; }));
  EXPECT_EQ(pool.count(), 1U);
  for (int i = 0; i < 5; ++i) {
    pool.push(visit());
  }
  EXPECT_TRUE(comes_true([&] { return running == 3; }));
  EXPECT_EQ(pool.count(), 3U);
  EXPECT_TRUE(pool.is_behind());
  go.set_value();
  EXPECT_TRUE(comes_true([&] { return !pool.is_behind() && running == 0; }));
}

TEST_F(WorkerPoolTest, UsesAnIdleWorkerBeforeItMakesOne) {
  std::atomic<int> runs = 0;
  WorkerPool pool(8, 10s, [&](std::unique_ptr<Visit>) { ++runs; });
  for (int i = 1; i <= 20; ++i) {
    pool.push(visit());
    ASSERT_TRUE(comes_true([&] { return runs == i; }));
  }
  EXPECT_LE(pool.count(), 3U) << "a worker may not be idle again yet when the next visit comes";
}

TEST_F(WorkerPoolTest, LetsWorkersGoThatHaveNothingToDo) {
  WorkerPool pool(4, 20ms, [](std::unique_ptr<Visit>) {});
  pool.push(visit());
  EXPECT_TRUE(comes_true([&] { return pool.count() == 0; }));
  pool.push(visit());
  EXPECT_TRUE(comes_true([&] { return !pool.is_behind(); })) << "and has one again when there is work";
}

TEST_F(WorkerPoolTest, RunsWhatWasPushedBeforeItEnds) {
  std::atomic<int> runs = 0;
  {
    WorkerPool pool(2, 10s, [&](std::unique_ptr<Visit>) { ++runs; });
    for (int i = 0; i < 50; ++i) {
      pool.push(visit());
    }
  }
  EXPECT_EQ(runs, 50);
}

TEST_F(WorkerPoolTest, VisitsGoThereAndBackManyTimes) {
  VisitQueue back;
  std::map<Visit*, int> seen;
  constexpr int rounds = 50;
  constexpr int visits = 20;
  {
    WorkerPool pool(4, 1ms, [&](std::unique_ptr<Visit> visit) {  // workers come and go meanwhile
      visit->answer({"NOOP", Line::Defect::none});
      back.push(std::move(visit));
    });
    for (int i = 0; i < visits; ++i) {
      pool.push(visit());
    }
    Waiter waiter;
    for (int finished = 0; finished < visits;) {
      waiter.wait(back.descriptor(), POLLIN, soon(), "visits");
      for (std::unique_ptr<Visit>& one : back.take_all()) {
        if (++seen[one.get()] < rounds) {
          pool.push(std::move(one));
        } else {
          EXPECT_EQ(one->unsent(), rounds * 8U) << "what one thread wrote the next one sees";
          ++finished;
        }
      }
    }
  }
}

}  // namespace
}  // namespace kit
