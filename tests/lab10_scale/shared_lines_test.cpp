#include "shared_lines.h"

#include <atomic>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "line_sender.h"

namespace kit::test {
namespace {

std::optional<std::string> every_third_is_gone(std::size_t number) {
  return number % 3 == 0 ? std::nullopt : std::optional(std::to_string(number));
}

std::string made_together(std::size_t count, const LineMaker& line_of) {
  std::string all;
  make_lines_together(count, line_of, [&](std::string_view lines) { all += lines; });
  return all;
}

TEST(SharedLines, AreWhatOneThreadWouldMake) {
  for (const std::size_t count : {0U, 1U, 63U, 64U, 65U, 383U, 384U, 385U, 1000U, 1024U, 20'000U}) {
    EXPECT_EQ(made_together(count, every_third_is_gone), lines_between(0, count, every_third_is_gone)) << count;
  }
}

TEST(SharedLines, AreMadeByNoMoreThanTwoThreads) {
  std::mutex mutex;
  std::set<std::thread::id> makers;
  made_together(5000, [&](std::size_t number) {
    const std::lock_guard lock(mutex);
    makers.insert(std::this_thread::get_id());
    return every_third_is_gone(number);
  });
  EXPECT_LE(makers.size(), 2U);
}

TEST(SharedLines, AreNotMadeFarAheadOfTheirVisitor) {
  std::atomic<std::size_t> made = 0;
  std::size_t visited = 0;
  make_lines_together(
      10'000,
      [&](std::size_t /*number*/) {
        ++made;
        return std::optional<std::string>("");
      },
      [&](std::string_view lines) {
        EXPECT_LE(made, visited + 2000) << "that is no bounded memory";
        visited += lines.size() / 2;
      });
  EXPECT_EQ(visited, 10'000U);
}

TEST(SharedLines, EndWithWhatWentWrongWhereItWentWrong) {
  std::string before;
  const auto fail_at_700 = [](std::size_t number) {
    return number == 700 ? throw std::runtime_error("may not be looked at") : std::optional(std::to_string(number));
  };
  EXPECT_THROW(make_lines_together(5000, fail_at_700, [&](std::string_view lines) { before += lines; }),
               std::runtime_error);
  EXPECT_EQ(before, lines_between(0, 640, fail_at_700));  // whole pieces only
}

TEST(SharedLines, EndWhenTheirVisitorDoes) {
  EXPECT_THROW(make_lines_together(5000, every_third_is_gone,
                                   [](std::string_view /*lines*/) { throw std::runtime_error("gone"); }),
               std::runtime_error);
}

TEST(SharedLines, AreMadeForManyListingsAtOnce) {
  const std::string wanted = lines_between(0, 2000, every_third_is_gone);
  std::vector<std::string> found(16);
  {
    std::vector<std::jthread> listings;
    for (std::string& one : found) {
      listings.emplace_back([&one] { one = made_together(2000, every_third_is_gone); });
    }
  }
  for (const std::string& one : found) {
    EXPECT_EQ(one, wanted);
  }
}

}  // namespace
}  // namespace kit::test
