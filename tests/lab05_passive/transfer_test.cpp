#include "transfer.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "data_channel.h"
#include "passive_fixture.h"

namespace kit::test {
namespace {

// Once so much has been written, the server has begun to read.
const std::string more_than_buffers_hold(32U << 20U, 'x');

class TransferTest : public PassiveFixture {
 protected:
  FileDescriptor file(const std::string& name, int flags = O_RDONLY) {
    return FileDescriptor(::open(tree_.string("root/" + name).c_str(), flags | O_CLOEXEC));
  }
  // The names in the root directory, hidden ones too.
  std::size_t count() {
    const std::filesystem::directory_iterator entries(tree_.path("root"));
    return static_cast<std::size_t>(std::distance(entries, std::filesystem::directory_iterator()));
  }
};

TEST_F(TransferTest, IsRefusedWhenNothingWasAgreedOn) {
  tree_.write("root/f", "");
  for (const char* line : {"RETR f", "STOR g", "APPE g", "STOU", "LIST", "NLST"}) {
    EXPECT_EQ(code(line), 425) << line;
  }
  EXPECT_FALSE(tree_.has("root/g"));
}

TEST_F(TransferTest, UsesUpWhatWasAgreedOn) {
  tree_.write("root/f", "content");
  EXPECT_EQ(fetch("RETR f"), "content");
  EXPECT_EQ(code("RETR f"), 425);
}

TEST_F(TransferTest, EndsIn425WhenTheClientDoesNotConnect) {
  tree_.write("root/f", "");
  passive();
  EXPECT_EQ(code("RETR f"), 425);
  EXPECT_EQ(preliminary().code, 150);
  EXPECT_EQ(code("RETR f"), 425);  // and that is used up
}

TEST_F(TransferTest, ClosesTheWaitingDataConnectionOfARefusedCommandAndKeepsTheListener) {
  tree_.write("root/f", "content");
  const HostPort where = passive();
  TcpStream early = connect(where);
  EXPECT_EQ(code("RETR none"), 550);
  EXPECT_EQ(read_to_end(early), "");
  TcpStream second = connect(where);
  begin("RETR f");
  EXPECT_EQ(read_to_end(second), "content");
  EXPECT_EQ(final().code, 226);
}

TEST_F(TransferTest, ReportsAResetOfTheDataConnection) {
  tree_.write("root/f", more_than_buffers_hold);
  {
    TcpStream data = open_data();
    begin("RETR f");
    std::array<char, 1> one{};
    EXPECT_EQ(data.read_some(one, soon()), 1U);
    reset_on_close(data);
  }
  EXPECT_EQ(final().code, 426);
}

TEST_F(TransferTest, GivesUpOnAClientThatDoesNotRead) {
  tree_.write("root/f", more_than_buffers_hold);
  const TcpStream data = open_data();
  EXPECT_EQ(code("RETR f"), 426);
}

TEST_F(TransferTest, GivesUpOnAClientThatSendsNothing) {
  tree_.write("root/f", "old");
  TcpStream data = open_data();
  data.write_all("half", soon());
  EXPECT_EQ(code("STOR f"), 426);
  EXPECT_EQ(tree_.read("root/f"), "old");
  EXPECT_EQ(count(), 1U);
}

TEST_F(TransferTest, KeepsTheOldFileWhenTheUploadIsReset) {
  tree_.write("root/f", "old");
  {
    TcpStream data = open_data();
    begin("STOR f");
    EXPECT_EQ(preliminary().code, 150);
    data.write_all(more_than_buffers_hold, soon());
    reset_on_close(data);
  }
  EXPECT_EQ(final().code, 426);
  EXPECT_EQ(tree_.read("root/f"), "old");
  EXPECT_EQ(count(), 1U);
}

TEST_F(TransferTest, KeepsTheOldFileWhenTheClientVanishesAltogether) {
  tree_.write("root/f", "old");
  std::optional<TcpStream> data = open_data();
  begin("STOR f");
  EXPECT_EQ(preliminary().code, 150);
  data->write_all(more_than_buffers_hold, soon());
  replies_.stream().shutdown_write();  // as when its process dies: both connections end, and in good order
  data.reset();
  EXPECT_EQ(final().code, 426);
  EXPECT_EQ(tree_.read("root/f"), "old");
}

TEST_F(TransferTest, IgnoresWhatTheClientSendsOnADownload) {
  tree_.write("root/f", "content");
  TcpStream data = open_data();
  data.write_all("nobody asked for this", soon());
  begin("RETR f");
  EXPECT_EQ(read_to_end(data), "content");
  EXPECT_EQ(final().code, 226);
}

TEST_F(TransferTest, SendsWhatTheFileHeldWhenItBegan) {
  tree_.write("root/f", "0123456789");
  const FileDescriptor opened = file("f", O_RDWR);
  ConnectedPair data;
  ASSERT_EQ(::lseek(opened.get(), 4, SEEK_SET), 4);
  send_file(session_, opened.get(), data.near);
  data.near.shutdown_write();
  EXPECT_EQ(read_to_end(data.far), "456789");
}

TEST_F(TransferTest, EndsTooWhenTheFileShrinksMeanwhile) {
  tree_.write("root/f", more_than_buffers_hold);
  TcpStream data = open_data();
  begin("RETR f");
  std::array<char, 1> one{};
  EXPECT_EQ(data.read_some(one, soon()), 1U);
  std::filesystem::resize_file(tree_.path("root/f"), 10);
  EXPECT_LT(read_to_end(data).size(), more_than_buffers_hold.size());
  EXPECT_EQ(final().code, 226);
}

TEST_F(TransferTest, DoesNotRunAfterAFileThatGrows) {
  const std::size_t size = more_than_buffers_hold.size();
  tree_.write("root/f", more_than_buffers_hold);
  TcpStream data = open_data();
  begin("RETR f");
  std::array<char, 1> one{};
  EXPECT_EQ(data.read_some(one, soon()), 1U);
  std::filesystem::resize_file(tree_.path("root/f"), 2 * size);
  EXPECT_EQ(read_to_end(data).size(), size - 1);
  EXPECT_EQ(final().code, 226);
}

TEST_F(TransferTest, SaysSoWhenTheFileWouldBecomeTooLarge) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small{65536, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  tree_.write("root/f", "old");
  std::optional<TcpStream> data = open_data();
  begin("STOR f");
  EXPECT_EQ(preliminary().code, 150);
  try {
    data->write_all(std::string(1U << 20U, 'x'), soon());
  } catch (const std::system_error&) {
    // The server has given up already.
  }
  data.reset();
  const int reply = final().code;
  ::setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_EQ(reply, 552);
  EXPECT_EQ(tree_.read("root/f"), "old");
  EXPECT_EQ(count(), 1U);
}

TEST_F(TransferTest, CountsTheBytesForTheLog) {
  tree_.write("root/f", "content");
  session_.take_bytes();
  EXPECT_EQ(fetch("RETR f"), "content");
  EXPECT_EQ(session_.take_bytes(), 7U);
  store("STOR g", "four");
  EXPECT_EQ(session_.take_bytes(), 4U);
}

TEST_F(TransferTest, SkipsToAnOffset) {
  tree_.write("root/f", "0123456789");
  const FileDescriptor opened = file("f");
  EXPECT_EQ(skip_to(opened.get(), 4), 6U);
  EXPECT_EQ(::lseek(opened.get(), 0, SEEK_CUR), 4);
  EXPECT_EQ(skip_to(file("f").get(), 10), 0U);
  EXPECT_THROW(skip_to(file("f").get(), 11), ReplyError);
}

// A transfer can be stopped though its data connection is always ready and nobody ever has to wait.
TEST(StoppedTransfer, EndsThoughItNeverHasToWait) {
  std::array<int, 2> stop{};
  ASSERT_EQ(::pipe(stop.data()), 0);
  const FileDescriptor stop_read(stop[0]);
  const FileDescriptor stop_write(stop[1]);
  ASSERT_EQ(::write(stop_write.get(), "x", 1), 1);
  Waiter stoppable(stop_read.get());
  ConnectedPair data;
  data.near.wait_through(stoppable);
  const ServerOptions options = two_accounts();
  const Accounts accounts(options);
  Log log(LogLevel::error);
  ServerContext context{options, accounts, {}, log, {}};
  offer_transfers(context);
  ConnectedPair control;
  Session session(ControlConnection(std::move(control.far), 5s), context);
  EXPECT_THROW(DataSender(session, data.near, Content::file).write("short"), Stopped);
}

}  // namespace
}  // namespace kit::test
