#include "opening.h"

#include <algorithm>
#include <chrono>

#include "../lab05_passive/passive_fixture.h"
#include "urgent_commands.h"
#include "zero_copy.h"

namespace kit::test {
namespace {

using Clock = std::chrono::steady_clock;

class OpeningTest : public PassiveFixture {
 protected:
  OpeningTest() {
    context_.commands += urgent_commands();
    offer_zero_copy(context_);
    offer_urgent_waiting(context_);
    offer_held_openings(context_);
    EXPECT_EQ(code("TYPE I"), 200);
    tree_.write("root/f", "content");
  }

  // The shortest time of several until 150 has come to a client that does nothing before it has. The kernel would keep
  // it for 200 ms.
  template <typename Act>
  Clock::duration time_to_opening(const std::string& line, Act behind_it) {
    Clock::duration shortest = std::chrono::hours(1);
    for (int i = 0; i < 5; ++i) {
      const HostPort there = passive();
      const auto begun = Clock::now();
      begin(line);
      EXPECT_EQ(preliminary().code, 150);
      shortest = std::min<Clock::duration>(shortest, Clock::now() - begun);
      behind_it(connect(there));
      EXPECT_EQ(final().code, 226);
    }
    return shortest;
  }
};

TEST_F(OpeningTest, IsNotLostBehindASmallFile) {
  EXPECT_EQ(fetch("RETR f"), "content");
  EXPECT_EQ(fetch("RETR f"), "content");
}

TEST_F(OpeningTest, ComesAtOnceToAClientThatConnectsBehindIt) {
  const auto time = time_to_opening("RETR f", [](TcpStream data) { EXPECT_EQ(read_to_end(data), "content"); });
  EXPECT_LT(time, std::chrono::milliseconds(150));
}

TEST_F(OpeningTest, ComesAtOnceToAClientThatSendsBehindIt) {
  const auto time = time_to_opening("STOR g", [](TcpStream data) { data.write_all("new", soon()); });
  EXPECT_LT(time, std::chrono::milliseconds(150));
  EXPECT_EQ(tree_.read("root/g"), "new");
}

TEST_F(OpeningTest, ComesThoughNobodyReadsTheData) {
  tree_.write("root/big", pattern(32U << 20U));
  const TcpStream data = open_data();
  begin("RETR big");
  EXPECT_EQ(preliminary().code, 150);
  replies_.send("ABOR");
  EXPECT_EQ(final().code, 426);
}

}  // namespace
}  // namespace kit::test
