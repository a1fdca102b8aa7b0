#include "visit.h"

#include <sys/socket.h>

#include <array>

#include "visit_fixture.h"

namespace kit {
namespace {

using namespace test;
using Phase = Visit::Phase;

class VisitTest : public VisitFixture {
 protected:
  void log_in() {
    visit_->answer(line("USER bob"));
    visit_->answer(line("PASS secret"));
    visit_->take_unsent();
  }
  [[nodiscard]] auto left() const { return visit_->due() - Visit::Clock::now(); }

  std::unique_ptr<Visit> visit_ = make_visit();
};

class HastyVisitTest : public VisitTest {
 protected:
  HastyVisitTest() { times_.idle = 10s; }
};

TEST_F(VisitTest, GathersRepliesInTheirOrder) {
  visit_->answer(line("NOOP"));
  visit_->answer(line("SYST"));
  EXPECT_EQ(visit_->take_unsent(), "200 OK\r\n215 UNIX Type: L8\r\n");
  EXPECT_EQ(visit_->unsent(), 0U);
}

TEST_F(VisitTest, SendsThemTogether) {
  visit_->answer(line("NOOP"));
  visit_->answer(line("NOOP"));
  visit_->flush();
  EXPECT_EQ(visit_->unsent(), 0U);
  EXPECT_EQ(received(16), "200 OK\r\n200 OK\r\n");
}

TEST_F(VisitTest, KeepsWhatTheSocketDoesNotTake) {
  hold_little(visit_->descriptor());
  std::string said;
  while (visit_->unsent() == 0) {
    for (int i = 0; i < 1000; ++i) {
      visit_->answer(line("SYST"));
      said += "215 UNIX Type: L8\r\n";
    }
    visit_->flush();
    ASSERT_LT(said.size(), 100U << 20U) << "no socket holds that much";
  }
  std::string got = received(said.size() - visit_->unsent());
  while (got.size() < said.size()) {
    visit_->flush();
    got += received(said.size() - visit_->unsent() - got.size());
  }
  EXPECT_TRUE(got == said) << "a reply was lost, doubled or moved";
}

TEST_F(VisitTest, KnowsWhatMayBlock) {
  EXPECT_FALSE(visit_->may_block(line("NOOP")));
  EXPECT_FALSE(visit_->may_block(line("nonsense"))) << "500";
  EXPECT_FALSE(visit_->may_block(line(""))) << "500";
  EXPECT_FALSE(visit_->may_block(line("RETR x"))) << "502";
  EXPECT_FALSE(visit_->may_block(line("WAIT"))) << "530: nobody is logged in";
  log_in();
  EXPECT_TRUE(visit_->may_block(line("WAIT")));
  EXPECT_TRUE(visit_->may_block(line("wait x")));
}

TEST_F(VisitTest, OnlyAPasswordThatIsHashedMayBlock) {
  EXPECT_TRUE(visit_->may_block(line("PASS secret")));
  EXPECT_FALSE(visit_->may_block(line("USER anonymous")));
  EXPECT_FALSE(visit_->may_block(line("PASS me@home")));
  EXPECT_FALSE(visit_->may_block(line("USER bob")));
  EXPECT_TRUE(visit_->may_block(line("PASS secret"))) << "the user before last was anonymous";
}

TEST_F(VisitTest, TakesWhatWaitsBeforeWhatIsRead) {
  send("NOOP\r\nSYST\r\n");
  ASSERT_TRUE(visit_->session().control().fill(soon()));
  visit_->waiting() = std::make_shared<LineQueue>();
  visit_->waiting()->push_back(line("HELP"));
  EXPECT_EQ(visit_->take_line().value_or(Line{}).text, "HELP");
  EXPECT_EQ(visit_->take_line().value_or(Line{}).text, "NOOP");
  visit_->leave(std::nullopt);
  EXPECT_FALSE(visit_->take_line()) << "who leaves is not listened to";
}

TEST_F(VisitTest, HoldsBackTheAnswerToAWrongPassword) {
  send("NOOP\r\n");
  ASSERT_TRUE(visit_->session().control().fill(soon()));
  visit_->answer(line("USER bob"));
  visit_->flush();
  visit_->answer(line("PASS wrong"));
  EXPECT_EQ(visit_->phase(), Phase::held);
  EXPECT_GT(left(), 500ms);
  EXPECT_LE(left(), 1s);
  visit_->flush();
  EXPECT_GT(visit_->unsent(), 0U) << "not yet";
  EXPECT_FALSE(visit_->take_line());
  visit_->time_is_up();
  EXPECT_EQ(visit_->phase(), Phase::listening);
  EXPECT_TRUE(visit_->take_line());
  EXPECT_EQ(visit_->take_unsent().substr(0, 4), "530 ");
}

TEST_F(VisitTest, APasswordThatCannotBeThereIsNotHeldBack) {
  visit_->answer(line("PASS secret"));
  EXPECT_EQ(visit_->phase(), Phase::listening) << "503";
}

TEST_F(VisitTest, LeavesBehindTheLastWrongPassword) {
  for (int i = 0; i < 3; ++i) {
    visit_->answer(line("USER bob"));
    visit_->answer(line("PASS wrong"));
    EXPECT_EQ(visit_->phase(), Phase::held);
    visit_->time_is_up();
  }
  EXPECT_EQ(visit_->phase(), Phase::leaving);
}

TEST_F(VisitTest, SaysGoodbyeAndEndsItsDirection) {
  visit_->answer(line("QUIT"));
  EXPECT_EQ(visit_->phase(), Phase::leaving);
  visit_->flush();
  EXPECT_EQ(read_to_end(pair_.near), "221 Goodbye\r\n");
  EXPECT_TRUE(visit_->drop_input()) << "the client may still send";
  send("more");
  pair_.near.shutdown_write();
  visit_->session().control().stream().waiter().wait(visit_->descriptor(), POLLIN, soon(), "more");
  while (visit_->drop_input()) {
  }
}

TEST_F(VisitTest, LeavesItToAUsersClientToCloseBehindQuit) {
  log_in();
  visit_->answer(line("QUIT"));
  EXPECT_EQ(visit_->phase(), Phase::parting);
  EXPECT_LE(left(), 50ms);
  visit_->flush();
  std::array<char, 64> buffer;
  const std::size_t got = pair_.near.read_some(buffer, soon());
  EXPECT_EQ(std::string_view(buffer.data(), got), "221 Goodbye\r\n");
  EXPECT_EQ(::recv(pair_.near.descriptor(), buffer.data(), 1, MSG_DONTWAIT), -1) << "our direction is not ended yet";
  EXPECT_TRUE(visit_->drop_input());
  pair_.near.shutdown_write();
  visit_->session().control().stream().waiter().wait(visit_->descriptor(), POLLIN, soon(), "the client's end");
  EXPECT_FALSE(visit_->drop_input());
}

TEST_F(VisitTest, EndsItsDirectionWhereTheClientDoesNot) {
  log_in();
  visit_->answer(line("QUIT"));
  visit_->flush();
  visit_->time_is_up();
  EXPECT_EQ(visit_->phase(), Phase::leaving);
  EXPECT_GT(left(), 500ms);
  visit_->flush();
  EXPECT_EQ(read_to_end(pair_.near), "221 Goodbye\r\n");
}

TEST_F(VisitTest, SaysNothingBehindGoodbye) {
  log_in();
  visit_->answer(line("QUIT"));
  visit_->leave(Reply(421, "The server is going down"));
  EXPECT_EQ(visit_->phase(), Phase::leaving);
  visit_->flush();
  EXPECT_EQ(read_to_end(pair_.near), "221 Goodbye\r\n");
}

TEST_F(VisitTest, IsDueByTheLoginAndThenByTheIdleTimeout) {
  times_.to_log_in = 10s;
  EXPECT_GT(left(), 50s) << "the time of the connect counts";
  visit_->answer(line("REIN"));
  log_in();
  EXPECT_GT(left(), 50s);
  visit_->answer(line("REIN"));
  EXPECT_LE(left(), 10s) << "again nobody is logged in";
}

TEST_F(VisitTest, SaysWhyItsTimeIsUp) {
  visit_->time_is_up();
  EXPECT_EQ(visit_->phase(), Phase::leaving);
  EXPECT_EQ(visit_->take_unsent().substr(0, 4), "421 ");
  visit_->time_is_up();
  EXPECT_EQ(visit_->phase(), Phase::broken) << "the client does not end";
}

TEST_F(VisitTest, IsSmall) { EXPECT_LE(sizeof(Visit), 768U); }

}  // namespace
}  // namespace kit
