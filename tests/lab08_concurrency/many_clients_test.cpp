// 64 clients at once: what ThreadSanitizer has to see.

#include <atomic>
#include <functional>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "whole_server.h"

namespace kit {
namespace {

using namespace test;

constexpr int client_count = 64;

class ManyClients : public WholeServer {
 protected:
  ManyClients() { tree_.write("root/shared", content_); }

  // Runs `visit` in 64 threads, each with a client of its own that has logged in.
  void visit(const std::function<void(TestClient& client, int number)>& visit) {
    std::vector<std::thread> threads;
    std::atomic<int> done = 0;
    for (int i = 0; i < client_count; ++i) {
      threads.emplace_back([&, i] {
        try {
          Waiter waiter;
          TestClient client(listener_.local(), waiter);
          client.log_in();
          visit(client, i);
          ++done;
        } catch (const std::exception& error) {
          ADD_FAILURE() << "client " << i << ": " << error.what();
        }
      });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
    EXPECT_EQ(done, client_count);
  }

  const std::string content_ = pattern(400'000);
};

TEST_F(ManyClients, StoreAndFetch) {
  visit([&](TestClient& client, int number) {
    const std::string name = "own" + std::to_string(number);
    std::optional<TcpStream> data = client.open_data();
    EXPECT_EQ(client.ask("STOR " + name), 150);
    data->write_all(content_, soon());
    data.reset();
    EXPECT_EQ(client.read(), 226);
    data = client.open_data();
    EXPECT_EQ(client.ask(number % 2 == 0 ? "RETR shared" : "RETR " + name), 150);
    EXPECT_EQ(read_to_end(*data), content_);
    EXPECT_EQ(client.read(), 226);
    EXPECT_EQ(client.ask("QUIT"), 221);
  });
}

// An upload that stands still is in mid-transfer for certain, whoever is faster.
TEST_F(ManyClients, AskAbortQuitAndDisappearInTheMiddleOfUploads) {
  visit([&](TestClient& client, int number) {
    std::optional<TcpStream> data = client.open_data();
    EXPECT_EQ(client.ask("STOR half" + std::to_string(number)), 150);
    data->write_all("half of it", soon());
    EXPECT_EQ(client.ask("STAT"), 213);
    switch (number % 4) {
      case 0:
        EXPECT_EQ(client.ask("ABOR"), 426);
        EXPECT_EQ(client.read(), 226);
        break;
      case 1:
        client.send("QUIT");
        data.reset();
        EXPECT_EQ(client.read(), 226);
        EXPECT_EQ(client.read(), 221);
        break;
      case 2: {
        const TcpStream gone = std::move(client.stream());
        reset_on_close(gone);
        break;
      }
      default: reset_on_close(*data);
    }
  });
  stop();
  for (int i = 0; i < client_count; ++i) {
    EXPECT_EQ(tree_.has("root/half" + std::to_string(i)), i % 4 == 1) << i;
  }
}

TEST_F(ManyClients, AreAllToldWhenTheServerStops) {
  std::atomic<int> ready = 0;
  visit([&](TestClient& client, int number) {
    if (++ready == client_count) {
      ask_to_stop();
    }
    int code = 0;
    for (int i = 0; i < 100'000 && code != 421; ++i) {
      code = number % 2 == 0 ? client.ask("PWD") : client.ask("STAT");
    }
    EXPECT_EQ(code, 421);
  });
}

}  // namespace
}  // namespace kit
