#include "client_transfer.h"

#include <gtest/gtest.h>

#include "ftp_error.h"
#include "local_files.h"
#include "transfer_test.h"

namespace kit {
namespace {

using namespace test;

TEST(AnnouncedSize, IsReadOutOfThe150) {
  EXPECT_EQ(announced_size(Reply(150, "Opening BINARY mode data connection for a.txt (1234 bytes).")), 1234U);
  EXPECT_EQ(announced_size(Reply(150, "Opening (b) (0 bytes)")), 0U);
  EXPECT_EQ(announced_size(Reply(150, std::vector<std::string>{"First", "for a (2) (18446744073709551615 bytes)"})),
            UINT64_MAX);
}

TEST(AnnouncedSize, IsNothingWhereThereIsNone) {
  for (const char* text : {"", "Here it comes", "(bytes)", "( bytes)", "12 bytes)", "(12 bytes", "(-1 bytes)",
                           "(a bytes)", "(18446744073709551616 bytes)", " bytes)("}) {
    EXPECT_EQ(announced_size(Reply(150, text)), std::nullopt) << text;
  }
}

using Download = TransferTest;

TEST_F(Download, GetsAFile) {
  const std::string content = pattern(200'000);
  connect([&] {
    std::optional data = begin("RETR a");
    server.say("150 Here\r\n");
    send(data, content);
    server.say("226 Done\r\n");
    answer_in_step();
  });
  const TransferResult result = get();
  EXPECT_TRUE(received == content);
  EXPECT_EQ(result.bytes, 200'000U);
  EXPECT_EQ(result.reply, Reply(226, "Done"));
  EXPECT_GT(result.seconds, 0);
  expect_in_step();
}

TEST_F(Download, GetsAnEmptyFile) {
  connect([&] {
    std::optional data = begin("RETR a");
    server.say("150 Here\r\n");
    data.reset();
    server.say("226 Done\r\n");
  });
  EXPECT_EQ(get().bytes, 0U);
}

TEST_F(Download, TakesAFinalReplyInOneSegmentWithThePreliminaryOne) {
  connect([&] {
    std::optional data = begin("RETR a");
    server.say("150 Here\r\n226 Done\r\n");
    send(data, "all of it");
    answer_in_step();
  });
  EXPECT_EQ(get().bytes, 9U);
  EXPECT_EQ(received, "all of it");
  expect_in_step();
}

TEST_F(Download, TakesAFinalReplyBeforeTheEndOfTheData) {
  connect([&] {
    std::optional data = begin("RETR a");
    server.say("150 Here\r\n");
    data->write_all("first", soon());
    server.say("226 Done\r\n");
    send(data, " second");
    answer_in_step();
  });
  get();
  EXPECT_EQ(received, "first second");
  expect_in_step();
}

TEST_F(Download, TakesAFinalReplyWithoutAPreliminaryOne) {
  connect([&] {
    std::optional data = begin("RETR a");
    server.say("226 Done\r\n");
    send(data, "x");
    answer_in_step();
  });
  EXPECT_EQ(get().bytes, 1U);
  expect_in_step();
}

TEST_F(Download, IsNoSuccessWhenTheFinalReplyRefuses) {
  connect([&] {
    std::optional data = begin("RETR a");
    server.say("150 Here\r\n");
    send(data, "half");
    server.say("426 Broken\r\n");
    answer_in_step();
  });
  EXPECT_EQ(refusal([&] { get(); }), 426);
  expect_in_step();
}

TEST_F(Download, IsNoSuccessWhenTheDataConnectionBreaksWhateverTheReply) {
  connect([&] {
    std::optional data = begin("RETR a");
    server.say("150 Here\r\n");
    data->write_all("half", soon());
    reset_on_close(*data);
    data.reset();
    server.say("226 Done\r\n");
    answer_in_step();
  });
  EXPECT_THROW(get(), TransferError);
  expect_in_step();
}

TEST_F(Download, DoesNotWaitForDataAfterARefusal) {
  connect([&] {
    std::optional data = begin("RETR a");
    server.say("550 No such file\r\n");
    answer_in_step();  // and data is still open
  });
  EXPECT_EQ(refusal([&] { get(); }), 550);
  expect_in_step();
}

TEST_F(Download, DoesNotWaitForDataAfterARefusalInTheMiddle) {
  connect([&] {
    std::optional data = begin("RETR a");
    server.say("150 Here\r\n");
    data->write_all("half", soon());
    server.say("451 Cannot read on\r\n");
    answer_in_step();
  });
  EXPECT_EQ(refusal([&] { get(); }), 451);
  expect_in_step();
}

TEST_F(Download, DoesNotWaitForDataAfterARefusalInOneSegmentWithThePreliminaryReply) {
  connect([&] {
    std::optional data = begin("RETR a");
    server.say("150 Here\r\n425 Or not\r\n");
    answer_in_step();
  });
  EXPECT_EQ(refusal([&] { get(); }), 425);
  expect_in_step();
}

TEST_F(Download, StaysInStepWhenTheSinkFails) {
  connect([&] {
    std::optional data = begin("RETR a");
    server.say("150 Here\r\n");
    data->write_all("bytes that do not fit", soon());
    std::array<char, 1> byte{};
    EXPECT_THROW(data->read_some(byte, soon()), std::system_error);  // the client hangs up
    server.say("426 You left\r\n");
    answer_in_step();
  });
  EXPECT_THROW(client.get("a", [](auto) { throw LocalError("a", ENOSPC); }), LocalError);
  expect_in_step();
}

TEST_F(Download, GivesUpOnADataConnectionThatStandsStillAndGoesOn) {
  Client hasty(waiter, {.connecting = 5s, .standing = 200ms});
  server.play([&] {
    server.say("220 Hello\r\n");
    TcpStream data = begin("RETR a");
    server.say("150 Here\r\n");
    std::array<char, 1> byte{};
    EXPECT_THROW(data.read_some(byte, soon()), std::system_error);
    server.say("426 You left\r\n");
    answer_in_step();
  });
  hasty.connect("127.0.0.1", server.port());
  EXPECT_THROW(hasty.get("a", [](auto) {}), TimedOut);
  EXPECT_EQ(hasty.quote("NOOP").code, 200);
}

TEST_F(Download, EndsWithTheControlConnection) {
  connect([&] {
    TcpStream data = begin("RETR a");
    server.say("150 Here\r\n");
    server.hang_up();
    std::array<char, 1> byte{};
    EXPECT_THROW(data.read_some(byte, soon()), std::system_error);
  });
  EXPECT_THROW(get(), ConnectionClosed);
  EXPECT_FALSE(client.connected());
}

TEST_F(Download, TellsHowFarItIs) {
  std::vector<std::uint64_t> bytes;
  std::optional<std::uint64_t> total;
  client.observe_transfers([&](const TransferStatus& status) {
    bytes.push_back(status.bytes);
    total = status.total;
  });
  connect([&] {
    std::optional data = begin("RETR a");
    server.say("150 Here (6 bytes)\r\n");
    send(data, "abcdef");
    server.say("226 Done\r\n");
  });
  get();
  EXPECT_EQ(bytes.front(), 0U);
  EXPECT_EQ(bytes.back(), 6U);
  EXPECT_EQ(total, 6U);
}

TEST_F(Download, ListsLineByLine) {
  connect([&] {
    {
      std::optional data = server.passive();
      server.answer("LIST", "150 Here");
      send(data, "-rw  a\r\n-rw  b c\xFF\r\n");
      server.say("226 Done\r\n");
    }
    std::optional data = server.passive();
    server.answer("NLST pub", "150 Here");
    send(data, "a\r\nb");
    server.say("226 Done\r\n");
  });
  std::vector<std::string> lines;
  const auto take = [&](std::string_view line) { lines.emplace_back(line); };
  client.list("", take);
  EXPECT_EQ(lines, (std::vector<std::string>{"-rw  a", "-rw  b c\xFF"}));
  lines.clear();
  client.names("pub", take);
  EXPECT_EQ(lines, (std::vector<std::string>{"a", "b"}));
}

}  // namespace
}  // namespace kit
