#include "urgent_waiter.h"

#include <array>
#include <future>
#include <thread>

#include "transfer_waiter.h"
#include "whole_server.h"

namespace kit {
namespace {

using namespace test;

ServerOptions soon_stalled() {
  ServerOptions options = two_accounts();
  options.stall_timeout = std::chrono::seconds(1);
  return options;
}

// One transfer's wait, without a transfer: the test is the client of a session that waits for a data connection.
class UrgentWaiting : public SessionFixture {
 protected:
  UrgentWaiting() : SessionFixture(all_server_commands(), soon_stalled()) {
    tree_.make_directory("root");
    offer_all(context_, tree_.string("root"), {60s, 10ms});
    log_in();
  }

  void say(std::string_view bytes) { pair_.near.write_all(bytes, soon()); }
  void say_urgently(std::string_view bytes) {
    EXPECT_EQ(::send(pair_.near.descriptor(), bytes.data(), bytes.size(), MSG_OOB), static_cast<ssize_t>(bytes.size()));
  }

  void wait(const Deadline& deadline = Deadline::never()) {
    waiter_.wait(data_.far.descriptor(), POLLIN, deadline, "nothing came");
  }

  // The code of the reply with which the wait was ended; 0 if data came.
  int wait_for_end() {
    try {
      wait();
    } catch (const ReplyError& error) {
      return error.reply().code;
    }
    return 0;
  }

  std::string heard() {
    std::array<char, 4096> buffer{};
    return {buffer.data(), pair_.near.read_some(buffer, soon())};
  }

  LineQueue& kept() { return *session_.part<TransferWatch>().waiting; }

  TemporaryDirectory tree_;
  ConnectedPair data_;
  UrgentWaiter waiter_{session_};
};

TEST_F(UrgentWaiting, ReturnsWhenTheDataConnectionIsReady) {
  data_.near.write_all("x", soon());
  std::array<pollfd, 1> watched{pollfd{data_.far.descriptor(), POLLIN, 0}};
  waiter_.wait_any(watched, soon(), "nothing came");
  EXPECT_EQ(watched[0].revents, POLLIN);
}

TEST_F(UrgentWaiting, GivesUpAfterTheStallTimeoutThoughTheDeadlineIsLate) { EXPECT_THROW(wait(), TimedOut); }

TEST_F(UrgentWaiting, KeepsAnEarlierDeadline) {
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_THROW(wait(at_once()), TimedOut);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 900ms);
}

TEST_F(UrgentWaiting, CommandsDoNotPutTheStallTimeoutOff) {
  std::promise<void> given_up;
  std::thread talker([&, end = given_up.get_future()] {
    for (int i = 0; i < 50 && end.wait_for(100ms) != std::future_status::ready; ++i) {
      say("NOOP\r\n");
    }
  });
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_THROW(wait(), TimedOut);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 4s);
  given_up.set_value();
  talker.join();
}

TEST_F(UrgentWaiting, AborEndsTheWaitAndIsKeptForItsOwnReply) {
  say("ABOR\r\n");
  EXPECT_EQ(wait_for_end(), 426);
  ASSERT_EQ(kept().size(), 1U);
  EXPECT_EQ(kept().front().text, "ABOR");
}

TEST_F(UrgentWaiting, AborBehindATelnetSynchIsFound) {
  say("\xFF\xF4");
  say_urgently("\xFF\xF2");
  say("ABOR\r\n");
  EXPECT_EQ(wait_for_end(), 426);
}

TEST_F(UrgentWaiting, AborIsFoundThoughDataKeepComing) {
  data_.near.write_all("x", soon());  // and is never read: ready for ever
  say("ABOR\r\n");
  pollfd said{session_.control().stream().descriptor(), POLLIN, 0};
  ASSERT_EQ(::poll(&said, 1, 5000), 1);
  EXPECT_EQ(wait_for_end(), 426);
}

TEST_F(UrgentWaiting, AborThatWasReadTogetherWithTheTransferCommandIsFound) {
  say("RETR a\r\nABOR\r\n");
  ASSERT_EQ(session_.control().read_line(soon())->text, "RETR a");
  EXPECT_EQ(wait_for_end(), 426);
}

TEST_F(UrgentWaiting, AborBehindOtherCommandsActsBeforeThem) {
  say("NOOP\r\nABOR\r\nPWD\r\n");
  EXPECT_EQ(wait_for_end(), 426);
  ASSERT_EQ(kept().size(), 2U);
  EXPECT_EQ(kept()[0].text, "NOOP");
  EXPECT_EQ(kept()[1].text, "ABOR");
}

TEST_F(UrgentWaiting, HalfALineIsNoCommand) {
  say("ABO");
  EXPECT_THROW(wait(at_once()), TimedOut);
  say("R\r\n");
  EXPECT_EQ(wait_for_end(), 426);
}

TEST_F(UrgentWaiting, AborWithAnArgumentIsNone) {
  say("ABOR now\r\n");
  EXPECT_THROW(wait(at_once()), TimedOut);
  EXPECT_EQ(kept().size(), 1U);
}

TEST_F(UrgentWaiting, StatIsAnsweredAtOnceWithTheBytesSoFar) {
  session_.count_bytes(12345);
  say("STAT\r\n");
  EXPECT_THROW(wait(at_once()), TimedOut);
  const std::string reply = heard();
  EXPECT_TRUE(reply.starts_with("213 ")) << reply;
  EXPECT_NE(reply.find("12345"), std::string::npos) << reply;
  EXPECT_EQ(session_.take_bytes(), 12345U) << "they still belong to the transfer";
  EXPECT_TRUE(kept().empty());
}

TEST_F(UrgentWaiting, OtherCommandsAreKeptAndNotAnswered) {
  say("NOOP\r\nQUIT\r\nDELE a\r\nnonsense\r\n");
  EXPECT_THROW(wait(at_once()), TimedOut);
  EXPECT_EQ(kept().size(), 4U);
  pollfd answered{pair_.near.descriptor(), POLLIN, 0};
  EXPECT_EQ(::poll(&answered, 1, 0), 0);
}

TEST_F(UrgentWaiting, KeepsNoMoreThanItsLimit) {
  std::string many;
  for (int i = 0; i < 500; ++i) {
    many += "NOOP\r\n";
  }
  say(many);
  EXPECT_THROW(wait(at_once()), TimedOut);
  EXPECT_EQ(kept().size(), UrgentWaiter::most_waiting);
}

TEST_F(UrgentWaiting, TheClientsEndIsTheTransfersEnd) {
  pair_.near.shutdown_write();
  EXPECT_THROW(wait(), ControlClosed);
}

TEST_F(UrgentWaiting, TheClientsEndIsNoticedThoughTheQueueIsFull) {
  std::string many;
  for (int i = 0; i < 500; ++i) {
    many += "NOOP\r\n";
  }
  say(many);
  EXPECT_THROW(wait(at_once()), TimedOut);
  pair_.near.shutdown_write();
  EXPECT_THROW(wait(), ControlClosed);
}

TEST_F(UrgentWaiting, BehindQuitTheClientMayEndItsDirection) {
  say("QUIT\r\n");
  pair_.near.shutdown_write();
  EXPECT_THROW(wait(at_once()), TimedOut) << "and without a busy loop";
  data_.near.write_all("x", soon());
  EXPECT_NO_THROW(wait());
  EXPECT_EQ(kept().size(), 1U);
}

TEST_F(UrgentWaiting, SaysThatATransferRunsForAsLongAsItLives) {
  EXPECT_TRUE(session_.part<TransferWatch>().running);
  { const UrgentWaiter other(session_); }
  EXPECT_FALSE(session_.part<TransferWatch>().running);
}

}  // namespace
}  // namespace kit
