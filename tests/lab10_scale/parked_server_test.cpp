#include "parked_server.h"

#include <filesystem>
#include <thread>
#include <vector>

#include "parked_fixture.h"

namespace kit {
namespace {

using namespace test;

std::size_t threads_now() {
  const std::filesystem::directory_iterator tasks("/proc/self/task");
  return static_cast<std::size_t>(std::distance(tasks, std::filesystem::directory_iterator()));
}

TEST_F(ParkedServerTest, ServesASession) {
  tree_.write("root/f", "content");
  TestClient client = connect();
  client.log_in();
  TcpStream data = client.open_data();
  EXPECT_EQ(client.ask("RETR f"), 150);
  EXPECT_EQ(read_to_end(data), "content");
  EXPECT_EQ(client.read(), 226);
  EXPECT_EQ(client.ask("NOOP"), 200);
  EXPECT_EQ(client.ask("QUIT"), 221);
  EXPECT_THROW(client.read(), ConnectionClosed);
}

TEST_F(ParkedServerTest, IdleSessionsHaveNoThreads) {
  const std::size_t before = threads_now();
  std::vector<TestClient> clients;
  for (int i = 0; i < 100; ++i) {
    clients.push_back(connect());
    EXPECT_EQ(clients.back().read(), 220);
    EXPECT_EQ(clients.back().ask("USER anonymous"), 331);
    EXPECT_EQ(clients.back().ask("PASS x"), 230);
  }
  EXPECT_EQ(threads_now(), before);
  for (TestClient& client : clients) {
    EXPECT_EQ(client.ask("NOOP"), 200);
  }
}

TEST_F(ParkedServerTest, AnswersAPipelineThatBlocksInTheMiddle) {
  TestClient client = connect();
  client.log_in();
  client.stream().write_all("NOOP\r\nMKD d\r\nNOOP\r\nRMD d\r\nPWD\r\n", soon());
  for (const int code : {200, 257, 200, 250, 257}) {
    EXPECT_EQ(client.read(), code);
  }
}

TEST_F(ParkedServerTest, ManySessionsMoveBetweenThreads) {
  constexpr int clients = 16;
  constexpr int rounds = 30;
  std::vector<std::thread> threads;
  std::atomic<int> done = 0;
  for (int i = 0; i < clients; ++i) {
    threads.emplace_back([&, name = "d" + std::to_string(i)] {
      TestClient client = connect();
      client.log_in();
      for (int round = 0; round < rounds; ++round) {
        EXPECT_EQ(client.ask("NOOP"), 200);
        EXPECT_EQ(client.ask("MKD " + name), 257);
        EXPECT_EQ(client.ask("TYPE A"), 200);
        EXPECT_EQ(client.ask("PWD"), 257);
        EXPECT_EQ(client.ask("NOOP"), 200);
        EXPECT_EQ(client.ask("RMD " + name), 250);
      }
      EXPECT_EQ(client.ask("QUIT"), 221);
      ++done;
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(done, clients);
}

TEST_F(ParkedServerTest, AWrongPasswordHoldsUpNobodyElse) {
  TestClient guesser = connect();
  EXPECT_EQ(guesser.read(), 220);
  EXPECT_EQ(guesser.ask("USER bob"), 331);
  const auto begun = std::chrono::steady_clock::now();
  guesser.stream().write_all("PASS wrong\r\nNOOP\r\n", soon());
  TestClient other = connect();
  other.log_in();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 300ms);
  EXPECT_EQ(guesser.read(), 530);
  EXPECT_GE(std::chrono::steady_clock::now() - begun, 290ms);
  EXPECT_EQ(guesser.read(), 200) << "what was said meanwhile comes behind it";
}

TEST_F(NarrowParkedServer, SlowTransfersLeaveWorkersForTheRest) {
  tree_.write("root/f", "content");
  std::vector<TestClient> slow;
  std::vector<TcpStream> held;
  for (int i = 0; i < 2; ++i) {
    slow.push_back(connect());
    slow.back().log_in();
    held.push_back(slow.back().open_data());
    EXPECT_EQ(slow.back().ask("STOR up" + std::to_string(i)), 150);
  }
  TestClient client = connect();
  client.log_in();
  const TcpStream data = client.open_data();
  EXPECT_EQ(client.ask("RETR f"), 450);
  EXPECT_EQ(client.ask("MKD d"), 257);
  EXPECT_EQ(client.ask("DELE f"), 250);
}

TEST_F(NarrowParkedServer, TurnsAwayWhoIsOverTheLimitAndServesTheRest) {
  std::vector<TestClient> clients;
  for (int i = 0; i < 20; ++i) {
    clients.push_back(connect());
    EXPECT_EQ(clients.back().read(), 220);
  }
  for (int i = 0; i < 5; ++i) {
    TestClient late = connect();
    EXPECT_EQ(late.read(), 421);
    EXPECT_THROW(late.read(), ConnectionClosed);
  }
  for (TestClient& client : clients) {
    EXPECT_EQ(client.ask("NOOP"), 200);
  }
}

TEST_F(HastyParkedServer, SaysGoodbyeToTheIdleAndToThoseWhoDoNotLogIn) {
  TestClient stranger = connect();
  EXPECT_EQ(stranger.read(), 220);
  TestClient idle = connect();
  idle.log_in();
  EXPECT_EQ(idle.read(), 421);
  EXPECT_THROW(idle.read(), ConnectionClosed);
  EXPECT_EQ(stranger.read(), 421);
}

TEST_F(HastyParkedServer, TalkingDoesNotReplaceTheLogin) {
  TestClient client = connect();
  EXPECT_EQ(client.read(), 220);
  const auto end = std::chrono::steady_clock::now() + 5s;
  int code = 200;
  while (code == 200 && std::chrono::steady_clock::now() < end) {
    code = client.ask("NOOP");
  }
  EXPECT_EQ(code, 421);
}

}  // namespace
}  // namespace kit
