#include <gtest/gtest.h>
#include <poll.h>

#include <latch>

#include "client.h"
#include "scripted_server.h"

namespace kit {
namespace {

using namespace test;
using StrayReplies = ClientTest;

TEST_F(StrayReplies, StaysInStepAfterARepliesThatNobodyAskedFor) {
  connect([&] {
    server.answer("NOOP", "200 First\r\n200 Once more\r\n200-And\r\n200 again");
    server.answer("PWD", "257 \"/\"");
  });
  EXPECT_EQ(client.quote("NOOP"), Reply(200, "First"));
  EXPECT_EQ(client.directory(), "/");
}

TEST_F(StrayReplies, TakesTelnetCommandsBetweenRepliesForNoReply) {
  std::latch greeted(1);
  connect([&] {
    greeted.wait();
    server.say("\xFF\xFB");
    EXPECT_EQ(server.hear(), "NOOP");
    server.say("\x01\xFF\xFD\x06"
               "200 Done\r\n\xFF");
    server.say("\xFB\x03");
    server.answer("PWD", "257 \"/\"");
  });
  greeted.count_down();
  pollfd one{client.control().descriptor(), POLLIN, 0};
  ASSERT_EQ(::poll(&one, 1, 10'000), 1);
  EXPECT_FALSE(client.reply_has_come());
  EXPECT_EQ(client.quote("NOOP"), Reply(200, "Done"));
  EXPECT_EQ(client.directory(), "/");
}

}  // namespace
}  // namespace kit
