// How a parked server ends.

#include <unistd.h>

#include <array>
#include <future>
#include <vector>

#include "parked_fixture.h"

namespace kit {
namespace {

using namespace test;

TEST_F(ParkedServerTest, TellsEveryClientWhenItStopsAndEnds) {
  std::vector<TestClient> clients;
  for (int i = 0; i < 5; ++i) {
    clients.push_back(connect());
    EXPECT_EQ(clients.back().read(), 220);
  }
  ask_to_stop();
  for (TestClient& client : clients) {
    EXPECT_EQ(client.read(), 421);
    EXPECT_THROW(client.read(), ConnectionClosed);
  }
  clients.clear();
  expect_end();
}

TEST_F(ParkedServerTest, LetsATransferEndThatIsNearlyDone) {
  TestClient client = connect();
  client.log_in();
  std::optional<TcpStream> data = client.open_data();
  EXPECT_EQ(client.ask("STOR f"), 150);
  TestClient witness = connect();
  EXPECT_EQ(witness.read(), 220);
  ask_to_stop();
  EXPECT_EQ(witness.read(), 421) << "the server is stopping";
  data->write_all("the last bytes", soon());
  data.reset();
  EXPECT_EQ(client.read(), 226);
  EXPECT_EQ(client.read(), 421);
  EXPECT_EQ(tree_.read("root/f"), "the last bytes");
}

TEST_F(ParkedServerTest, EndsTransfersThatDoNotEndThemselves) {
  TestClient sending = connect();
  sending.log_in();
  const TcpStream silent = sending.open_data();
  EXPECT_EQ(sending.ask("STOR f"), 150);
  ask_to_stop();
  expect_end();
  EXPECT_FALSE(tree_.has("root/f")) << "half an upload is no file";
}

// A worker that always finds a further line has to be told in another way than by its waits.
TEST_F(ParkedServerTest, StopsThoughAClientNeverPauses) {
  TestClient client = connect();
  client.log_in();
  TcpStream replies(FileDescriptor(::dup(client.stream().descriptor())), waiter_);
  std::string lines;
  for (int i = 0; i < 2000; ++i) {
    lines += "CWD /\r\n";
  }
  const auto until_it_ends = [](auto action) {
    return std::async(std::launch::async, [action]() mutable {
      try {
        while (action()) {
        }
      } catch (const std::system_error&) {
        // The server has gone, as it should.
      }
    });
  };
  std::promise<void> answered;
  const auto talking = until_it_ends([&] {
    client.stream().write_all(lines, soon());
    return true;
  });
  const auto listening = until_it_ends([&, told = false]() mutable {
    std::array<char, 65536> buffer;
    const bool more = replies.read_some(buffer, soon()) > 0;
    if (!std::exchange(told, true)) {
      answered.set_value();
    }
    return more;
  });
  ASSERT_EQ(answered.get_future().wait_for(5s), std::future_status::ready);
  ask_to_stop();
  expect_end();
}

}  // namespace
}  // namespace kit
