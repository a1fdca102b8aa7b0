#include "client_transfer.h"

#include <gtest/gtest.h>

#include "local_files.h"
#include "transfer_test.h"

namespace kit {
namespace {

using namespace test;

using ClientUpload = TransferTest;

TEST_F(ClientUpload, PutsAFile) {
  const std::string content = pattern(200'000);
  connect([&] {
    TcpStream data = begin("STOR a");
    server.say("150 Go on\r\n");
    EXPECT_TRUE(read_to_end(data) == content);
    server.say("226 Done\r\n");
    answer_in_step();
  });
  EXPECT_EQ(put(content).bytes, 200'000U);
  expect_in_step();
}

TEST_F(ClientUpload, PutsAnEmptyFileAndAppends) {
  connect([&] {
    {
      TcpStream data = begin("STOR a b");
      server.say("150 Go on\r\n");
      EXPECT_EQ(read_to_end(data), "");
      server.say("226 Done\r\n");
    }
    TcpStream data = begin("APPE a b", false);
    server.say("150 Go on\r\n");
    EXPECT_EQ(read_to_end(data), "more");
    server.say("226 Done\r\n");
  });
  put("", "a b");
  std::string_view left = "more";
  client.append([&](std::span<char> buffer) { return std::exchange(left, "").copy(buffer.data(), buffer.size()); },
                "a b");
}

TEST_F(ClientUpload, SendsNoByteOfAFileThatIsRefused) {
  connect([&] {
    TcpStream data = begin("STOR a");
    server.say("553 Not that name\r\n");
    EXPECT_EQ(read_to_end(data), "");
    answer_in_step();
  });
  EXPECT_EQ(refusal([&] { put("content"); }), 553);
  expect_in_step();
}

TEST_F(ClientUpload, TellsWhyTheServerTookNoMore) {
  connect([&] {
    std::optional data = begin("STOR a");
    server.say("150 Go on\r\n");
    std::array<char, 1> byte{};
    data->read_some(byte, soon());
    data.reset();  // with bytes unread: a reset
    server.say("552 Full\r\n");
    answer_in_step();
  });
  EXPECT_EQ(refusal([&] { put(std::string(16U << 20U, 'x')); }), 552);
  expect_in_step();
}

TEST_F(ClientUpload, StopsSendingAtARefusalThoughNobodyReads) {
  connect([&] {
    TcpStream data = begin("STOR a");
    server.say("150 Go on\r\n");
    server.say("552 Full\r\n");
    answer_in_step();  // and data is open, and never read
  });
  EXPECT_EQ(refusal([&] { put(std::string(64U << 20U, 'x')); }), 552);
  expect_in_step();
}

TEST_F(ClientUpload, LetsNoServerTakeAPartForTheWholeWhenTheSourceFails) {
  connect([&] {
    TcpStream data = begin("STOR a");
    server.say("150 Go on\r\n");
    EXPECT_THROW(read_to_end(data), std::system_error);  // a reset, not an end
    server.say("426 Broken\r\n");
    answer_in_step();
  });
  int calls = 0;
  const auto source = [&](std::span<char> buffer) -> std::size_t {
    return ++calls == 1 ? buffer.size() : throw LocalError("a", EIO);
  };
  EXPECT_THROW(client.put(source, "a"), LocalError);
  expect_in_step();
}

}  // namespace
}  // namespace kit
