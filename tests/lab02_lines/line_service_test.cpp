#include "line_service.h"

#include <unistd.h>

#include <array>
#include <future>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "dialogue.h"
#include "loopback.h"

namespace kit {
namespace {

using namespace std::string_literals;
using namespace test;

TEST(AnswerLine, KnowsNoopAndQuitInAnyCase) {
  for (const std::string line : {"NOOP", "noop", "nOoP"}) {
    EXPECT_EQ(answer_line({line}).code, 200) << line;
  }
  for (const std::string line : {"QUIT", "quit", "Quit"}) {
    EXPECT_EQ(answer_line({line}).code, 221) << line;
  }
}

TEST(AnswerLine, KnowsNothingElse) {
  for (const std::string line :
       {"", " ", "NOO", "NOOPX", "NOOP x", " NOOP", "QUITE", "XYZZY", "\xCE\xCF\xCF\xD0", "NOOP\r"}) {
    EXPECT_EQ(answer_line({line}).code, 500) << line;
  }
}

TEST(AnswerLine, RefusesDefectsWhateverTheTextSays) {
  EXPECT_EQ(answer_line({"NOOP", Line::Defect::too_long}).code, 500);
  EXPECT_EQ(answer_line({"QUIT", Line::Defect::nul}).code, 501);
}

// serve_lines() beside the test, on the far end of a connection.
class ServiceFixture : public testing::Test {
 protected:
  void TearDown() override {
    client_.stream().shutdown_write();
    server_.join();
    EXPECT_EQ(failure_, "");
  }

  ConnectedPair pair_;
  std::string failure_;
  Dialogue client_{std::move(pair_.near), 5s};
  std::thread server_{[this] {
    ControlConnection control(std::move(pair_.far), 5s);
    try {
      serve_lines(control, 5s);
    } catch (const std::exception& error) {
      failure_ = error.what();
    }
  }};
};

TEST_F(ServiceFixture, GreetsAnswersAndSaysGoodbye) {
  EXPECT_EQ(client_.read().code, 220);
  EXPECT_EQ(client_.ask("NOOP").code, 200);
  EXPECT_EQ(client_.ask("XYZZY").code, 500);
  EXPECT_EQ(client_.ask("NOOP").code, 200);
  EXPECT_EQ(client_.ask("QUIT").code, 221);
  EXPECT_THROW(client_.read(), ConnectionClosed);
}

TEST_F(ServiceFixture, AnswersCommandsThatCameTogetherInOrder) {
  client_.stream().write_all("NOOP\r\nXYZZY\r\n\r\nNOOP\r\nQUIT\r\nNOOP\r\n", soon());
  for (const int code : {220, 200, 500, 500, 200, 221}) {
    EXPECT_EQ(client_.read().code, code);
  }
  EXPECT_THROW(client_.read(), ConnectionClosed);
}

TEST_F(ServiceFixture, AnswersALongLineOnceAndNeverObeysItsTail) {
  EXPECT_EQ(client_.read().code, 220);
  EXPECT_EQ(client_.ask(std::string(default_line_limit, 'x') + "QUIT").code, 500);
  EXPECT_EQ(client_.ask(std::string(200'000, 'x')).code, 500);
  EXPECT_EQ(client_.ask("NOOP").code, 200);
}

TEST_F(ServiceFixture, AnswersALineWithANul) {
  client_.stream().write_all("NO\0OP\r\nNOOP\r\n"s, soon());
  for (const int code : {220, 501, 200}) {
    EXPECT_EQ(client_.read().code, code);
  }
}

TEST(RunLineServer, GoesOnAfterAClientThatVanished) {
  std::array<int, 2> stop{};
  ASSERT_EQ(::pipe(stop.data()), 0);
  const FileDescriptor stop_read(stop[0]);
  Waiter stoppable(stop_read.get());
  TcpListener listener(loopback(), stoppable);
  Log quiet(LogLevel::error);
  auto server = std::async(std::launch::async, [&] { run_line_server(listener, 5s, quiet); });
  FileDescriptor stop_write(stop[1]);  // closed, it stops the server, also when something is thrown below
  Waiter waiter;
  {
    TcpStream rude = TcpStream::connect(std::array{listener.local()}, waiter, soon());
    rude.write_all("NOOP\r\nNO", soon());
    reset_on_close(rude);
  }
  Dialogue polite(TcpStream::connect(std::array{listener.local()}, waiter, soon()), 5s);
  EXPECT_EQ(polite.read().code, 220);
  EXPECT_EQ(polite.ask("NOOP").code, 200);
  stop_write.reset();
  EXPECT_NO_THROW(server.get());
}

}  // namespace
}  // namespace kit
