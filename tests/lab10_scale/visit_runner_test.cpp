#include "visit_runner.h"

#include "visit_fixture.h"

namespace kit {
namespace {

using namespace test;
using Phase = Visit::Phase;

class VisitRunner : public VisitFixture {
 protected:
  VisitRunner() { visit_->session().control().stream().wait_through(never_); }

  /// Sends bytes and lets the loop's part act on them.
  Next say(std::string_view bytes) {
    send(bytes);
    ready();
    return read_and_run_here(*visit_, never_);
  }
  void ready() { waiter_.wait(visit_->descriptor(), POLLIN, soon(), "the client's bytes"); }
  void run_on_worker_now() {
    run_on_worker(*visit_, waiter_, [] { return true; });
  }
  void log_in() {
    visit_->session().log_in({"bob", false, false});
    visit_->answer(line("NOOP"));
    visit_->take_unsent();
  }

  Waiter waiter_;
  NeverWaiter never_;
  std::unique_ptr<Visit> visit_ = make_visit();
};

TEST(NeverWaiter, LetsOneWaitThroughAndNoMore) {
  NeverWaiter never;
  EXPECT_THROW(never.wait(0, POLLIN, soon(), "anything"), TimedOut);
  never.let_one_through();
  EXPECT_NO_THROW(never.wait(0, POLLIN, soon(), "anything"));
  EXPECT_THROW(never.wait(0, POLLIN, soon(), "anything"), TimedOut);
}

TEST_F(VisitRunner, RunsWhatCannotBlockAndParks) {
  EXPECT_EQ(say("NOOP\r\n"), Next::park);
  EXPECT_EQ(received(8), "200 OK\r\n");
}

TEST_F(VisitRunner, AnswersAPipelineInOrder) {
  EXPECT_EQ(say("NOOP\r\nSYST\r\nNOOP\r\nNO"), Next::park);
  EXPECT_EQ(received(35), "200 OK\r\n215 UNIX Type: L8\r\n200 OK\r\n");
  EXPECT_EQ(say("OP\r\n"), Next::park);
  EXPECT_EQ(received(8), "200 OK\r\n");
}

TEST_F(VisitRunner, StopsBeforeWhatMayBlockAndLosesNothing) {
  log_in();
  EXPECT_EQ(say("NOOP\r\nWAIT\r\nSYST\r\n"), Next::work);
  EXPECT_EQ(received(8), "200 OK\r\n");
  run_on_worker_now();
  EXPECT_EQ(received(31), "250 Waited\r\n215 UNIX Type: L8\r\n");
  EXPECT_EQ(visit_->waiting(), nullptr) << "nothing is kept that can be made again";
  visit_->session().control().stream().wait_through(never_);
  EXPECT_EQ(run_here(*visit_), Next::park);
}

TEST_F(VisitRunner, IsNotFooledByAnEventThatWasNone) { EXPECT_EQ(read_and_run_here(*visit_, never_), Next::park); }

TEST_F(VisitRunner, EndsWithTheClient) {
  pair_.near.shutdown_write();
  ready();
  EXPECT_EQ(read_and_run_here(*visit_, never_), Next::end);
}

TEST_F(VisitRunner, AnswersWhatWasSaidBeforeTheEnd) {
  send("NOOP\r\n");
  pair_.near.shutdown_write();
  ready();
  EXPECT_EQ(read_and_run_here(*visit_, never_), Next::park);
  EXPECT_EQ(received(8), "200 OK\r\n");
  EXPECT_EQ(read_and_run_here(*visit_, never_), Next::end);
}

TEST_F(VisitRunner, EndsWithAReset) {
  reset_on_close(pair_.near);
  { const TcpStream closing = std::move(pair_.near); }
  ready();
  EXPECT_EQ(read_and_run_here(*visit_, never_), Next::end);
  EXPECT_NE(visit_->reason(), "done");
}

TEST_F(VisitRunner, QuitLeavesAndEndsWhenTheClientHasGone) {
  EXPECT_EQ(say("QUIT\r\nNOOP\r\n"), Next::park);
  EXPECT_EQ(read_to_end(pair_.near), "221 Goodbye\r\n");
  EXPECT_EQ(say("still here"), Next::park);
  pair_.near.shutdown_write();
  ready();
  EXPECT_EQ(read_and_run_here(*visit_, never_), Next::end);
}

TEST_F(VisitRunner, DoesNotAnswerWhoDoesNotRead) {
  hold_little(visit_->descriptor());
  std::string flood;
  for (int i = 0; i < 100; ++i) {
    flood += "SYST\r\n";
  }
  constexpr std::size_t enough = std::size_t{16} << 20U;  // more than two sockets hold
  std::size_t asked = 0;
  while (visit_->unsent() == 0 && asked < enough) {
    ASSERT_EQ(say(flood), Next::park);
    asked += flood.size();
  }
  ASSERT_GT(visit_->unsent(), 0U) << "the socket is full";
  EXPECT_LT(visit_->unsent(), 40'000U) << "memory stays bounded";
  const std::size_t replies = asked / 6 * 19;
  std::size_t got = 0;
  std::array<char, 65536> buffer;
  while (got < replies) {  // now it reads; the loop is told that there is room, and goes on where it was
    got += pair_.near.read_some(buffer, soon());
    EXPECT_EQ(read_and_run_here(*visit_, never_), Next::park);
  }
  EXPECT_EQ(got, replies);
}

TEST_F(VisitRunner, WhoNeverPausesGetsAWorkerSoThatOthersHaveTheLoop) {
  std::string flood;
  for (int i = 0; i < 600; ++i) {
    flood += "NOOP\r\n";
  }
  EXPECT_EQ(say(flood), Next::work);
  run_on_worker_now();
  EXPECT_EQ(received(600 * 8U).size(), 600 * 8U);
  EXPECT_EQ(visit_->unsent(), 0U);
}

TEST_F(VisitRunner, NoWorkerWaitsForWhoDoesNotRead) {
  log_in();
  hold_little(visit_->descriptor());
  std::string flood;
  for (int i = 0; i < 100; ++i) {
    flood += "HELP\r\n";
  }
  ASSERT_EQ(say("WAIT\r\n"), Next::work);
  run_on_worker_now();
  for (int i = 0; i < 2000 && visit_->unsent() == 0; ++i) {
    send(flood);
    ready();
    ASSERT_TRUE(visit_->session().control().fill(soon()));
    run_on_worker_now();
    visit_->flush();
  }
  EXPECT_GT(visit_->unsent(), 0U) << "the loop can wait for that";
  EXPECT_LT(visit_->unsent(), 10'000U);
  EXPECT_EQ(visit_->phase(), Phase::listening);
}

TEST_F(VisitRunner, AWorkerServesAQuickClientWithoutGivingItBack) {
  log_in();
  ASSERT_EQ(say("WAIT\r\n"), Next::work);
  send("WAIT\r\n");
  run_on_worker(*visit_, waiter_, [] { return false; });
  EXPECT_EQ(received(24), "250 Waited\r\n250 Waited\r\n");
  EXPECT_EQ(visit_->phase(), Phase::listening);
}

TEST_F(VisitRunner, AWorkerIsNotKeptByQuickCommands) {
  log_in();
  ASSERT_EQ(say("WAIT\r\n"), Next::work);
  send("NOOP\r\n");
  int asked = 0;
  run_on_worker(*visit_, waiter_, [&] {
    send("NOOP\r\n");  // the client never pauses
    return ++asked > 100;
  });
  EXPECT_LT(asked, 10) << "the loop is there for those";
}

TEST_F(VisitRunner, AStoppedWorkerSaysGoodbye) {
  const FileDescriptor stop(::eventfd(1, EFD_CLOEXEC));
  Waiter stopped(stop.get());
  log_in();
  ASSERT_EQ(say("WAIT\r\n"), Next::work);
  run_on_worker(*visit_, stopped, [] { return false; });
  EXPECT_EQ(visit_->phase(), Phase::leaving);
  EXPECT_NE(visit_->take_unsent().find("421 "), std::string::npos);
}

TEST_F(VisitRunner, AnAccidentIsAReplyAndNotTheEnd) {
  log_in();
  ASSERT_EQ(say("FAIL\r\n"), Next::work);
  run_on_worker_now();
  EXPECT_EQ(received(4), "451 ");
  EXPECT_EQ(visit_->phase(), Phase::listening);
}

TEST_F(VisitRunner, AWrongPasswordTakesNoWorkersTime) {
  ASSERT_EQ(say("USER bob\r\nPASS wrong\r\nNOOP\r\n"), Next::work);
  run_on_worker_now();
  EXPECT_EQ(visit_->phase(), Phase::held);
  EXPECT_EQ(received(4), "331 ");
  visit_->time_is_up();
  visit_->session().control().stream().wait_through(never_);
  EXPECT_EQ(run_here(*visit_), Next::park);
  EXPECT_EQ(visit_->unsent(), 0U);
}

}  // namespace
}  // namespace kit
