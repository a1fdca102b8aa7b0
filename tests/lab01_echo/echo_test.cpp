#include "echo.h"

#include <unistd.h>

#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "converse.h"
#include "loopback.h"

namespace kit {
namespace {

using namespace test;

// An echo() that runs beside the test on the far end of a connection.
class EchoFixture : public testing::Test {
 protected:
  ~EchoFixture() override {
    pair_.near.shutdown_write();
    if (server_.joinable()) {
      server_.join();
    }
  }

  ConnectedPair pair_;
  std::thread server_{[this] {
    try {
      echo(pair_.far, 5s);
    } catch (const std::exception& error) {
      failure_ = error.what();
    }
    pair_.far.shutdown_write();
  }};
  std::string failure_;
};

TEST_F(EchoFixture, AnswersBeforeTheClientEnds) {
  std::array<char, 16> buffer{};
  pair_.near.write_all("a", soon());
  EXPECT_EQ(pair_.near.read_some(buffer, soon()), 1U);
  pair_.near.write_all("bc", soon());
  std::size_t got = 0;
  while (got < 2) {
    got += pair_.near.read_some(std::span(buffer).subspan(got), soon());
  }
  EXPECT_EQ(std::string_view(buffer.data(), 2), "bc");
}

TEST_F(EchoFixture, SendsEverythingBackAfterAHalfClose) {
  const std::string message = pattern(100'000);
  pair_.near.write_all(message, soon());
  pair_.near.shutdown_write();
  EXPECT_TRUE(read_to_end(pair_.near) == message);
  server_.join();
  EXPECT_EQ(failure_, "");
}

TEST_F(EchoFixture, EndsWhenNothingWasSentAtAll) {
  pair_.near.shutdown_write();
  EXPECT_EQ(read_to_end(pair_.near), "");
}

TEST(ServeEcho, GoesOnAfterAClientThatVanished) {
  std::array<int, 2> stop{};
  ASSERT_EQ(::pipe(stop.data()), 0);
  const FileDescriptor stop_read(stop[0]);
  const FileDescriptor stop_write(stop[1]);
  Waiter stoppable(stop_read.get());
  TcpListener listener(loopback(), stoppable);
  Log quiet(LogLevel::error);
  std::thread server([&] { serve_echo(listener, 5s, quiet); });
  Waiter waiter;
  {
    TcpStream rude = TcpStream::connect(std::array{listener.local()}, waiter, soon());
    rude.write_all(pattern(10'000), soon());
    reset_on_close(rude);
  }
  TcpStream polite = TcpStream::connect(std::array{listener.local()}, waiter, soon());
  polite.write_all("still there?", soon());
  polite.shutdown_write();
  EXPECT_EQ(read_to_end(polite), "still there?");
  EXPECT_EQ(::write(stop_write.get(), "x", 1), 1);
  server.join();  // returns because it was asked to stop
}

// converse() with a file as input and a file as output, against a peer that the test plays.
class ConverseFixture : public testing::Test {
 protected:
  static FileDescriptor temporary_file(const std::string& content) {
    std::string name = testing::TempDir() + "converse-XXXXXX";
    FileDescriptor file(::mkstemp(name.data()));
    EXPECT_EQ(::unlink(name.c_str()), 0);
    EXPECT_EQ(::pwrite(file.get(), content.data(), content.size(), 0), static_cast<ssize_t>(content.size()));
    return file;
  }
  static std::string content(const FileDescriptor& file) {
    std::string text(static_cast<std::size_t>(::lseek(file.get(), 0, SEEK_END)), '\0');
    EXPECT_EQ(::pread(file.get(), text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
    return text;
  }

  ConnectedPair pair_;
  FileDescriptor output_ = temporary_file("");
};

TEST_F(ConverseFixture, DoesNotDeadlockWithAPeerThatEchoesEverything) {
  const std::string message = pattern(16U << 20U);  // neither side's buffers hold it
  const FileDescriptor input = temporary_file(message);
  std::thread peer([&] {
    echo(pair_.far, 5s);
    pair_.far.shutdown_write();
  });
  EXPECT_TRUE(converse(pair_.near, pair_.waiter, input.get(), output_.get(), 5s));
  peer.join();
  EXPECT_TRUE(content(output_) == message);
}

TEST_F(ConverseFixture, EndsItsOwnDirectionAtTheEndOfInput) {
  const FileDescriptor input = temporary_file("question");
  std::thread peer([&] {
    const std::string question = read_to_end(pair_.far);  // returns only because of the half-close
    pair_.far.write_all("answer to " + question, soon());
    pair_.far.shutdown_write();
  });
  EXPECT_TRUE(converse(pair_.near, pair_.waiter, input.get(), output_.get(), 5s));
  peer.join();
  EXPECT_EQ(content(output_), "answer to question");
}

TEST_F(ConverseFixture, SaysWhenThePeerEndedTooEarly) {
  std::array<int, 2> input{};
  ASSERT_EQ(::pipe(input.data()), 0);
  const FileDescriptor input_read(input[0]);
  const FileDescriptor input_write(input[1]);  // open: there may be more to send
  pair_.far.write_all("bye", soon());
  pair_.far.shutdown_write();
  EXPECT_FALSE(converse(pair_.near, pair_.waiter, input_read.get(), output_.get(), 5s));
  EXPECT_EQ(content(output_), "bye");
}

TEST_F(ConverseFixture, GivesUpWhenNothingHappens) {
  std::array<int, 2> input{};
  ASSERT_EQ(::pipe(input.data()), 0);
  const FileDescriptor input_read(input[0]);
  const FileDescriptor input_write(input[1]);
  EXPECT_THROW(converse(pair_.near, pair_.waiter, input_read.get(), output_.get(), 50ms), TimedOut);
}

}  // namespace
}  // namespace kit
