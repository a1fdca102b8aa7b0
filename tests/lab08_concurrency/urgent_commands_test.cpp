#include "urgent_commands.h"

#include <optional>

#include "whole_server.h"

namespace kit {
namespace {

using namespace test;

// A client in the middle of a transfer.
class UrgentCommands : public WholeServer {
 protected:
  UrgentCommands() {
    tree_.write("root/big", std::string(std::size_t{32} << 20U, 'x'));
    tree_.write("root/old", "old");
    client_.log_in();
  }

  // A download that cannot end, for nobody reads it.
  TcpStream begin_download() {
    TcpStream data = client_.open_data();
    EXPECT_EQ(client_.ask("RETR big"), 150);
    data.waiter().wait(data.descriptor(), POLLIN, soon(), "the first bytes");  // it has been accepted
    return data;
  }

  void expect_in_step() { EXPECT_EQ(client_.ask("SYST"), 215); }

  TestClient client_ = connect();
};

TEST_F(UrgentCommands, AborWithNothingToAbort) {
  EXPECT_EQ(client_.ask("ABOR"), 226);
  EXPECT_EQ(client_.ask("ABOR x"), 501);
  expect_in_step();
}

TEST_F(UrgentCommands, AborNeedsALogin) {
  TestClient stranger = connect();
  EXPECT_EQ(stranger.read(), 220);
  EXPECT_EQ(stranger.ask("ABOR"), 530);
}

TEST_F(UrgentCommands, AborVoidsWhatWasAgreedOn) {
  TcpStream data = client_.open_data();
  EXPECT_EQ(client_.ask("ABOR"), 226);
  EXPECT_EQ(client_.ask("RETR old"), 425);
}

TEST_F(UrgentCommands, AborEndsADownload) {
  TcpStream data = begin_download();
  client_.send("ABOR");
  EXPECT_EQ(client_.read(), 426);
  EXPECT_EQ(client_.read(), 226);
  EXPECT_LT(read_to_end(data).size(), std::size_t{32} << 20U) << "the data connection is closed";
  expect_in_step();
}

TEST_F(UrgentCommands, AborEndsAnUploadAndTheOldFileStays) {
  TcpStream data = client_.open_data();
  EXPECT_EQ(client_.ask("STOR old"), 150);
  data.write_all("new", soon());
  client_.send("ABOR");
  EXPECT_EQ(client_.read(), 426);
  EXPECT_EQ(client_.read(), 226);
  EXPECT_EQ(tree_.read("root/old"), "old");
  expect_in_step();
}

TEST_F(UrgentCommands, AborEndsTheWaitForTheDataConnection) {
  client_.dialogue().ask("PASV");
  EXPECT_EQ(client_.ask("RETR old"), 150);
  client_.send("ABOR");
  EXPECT_EQ(client_.read(), 426);
  EXPECT_EQ(client_.read(), 226);
  expect_in_step();
}

TEST_F(UrgentCommands, RepliesKeepTheOrderOfTheirCommands) {
  TcpStream data = begin_download();
  client_.stream().write_all("NOOP\r\nABOR\r\nPWD\r\n", soon());
  for (const int code : {426, 200, 226, 257}) {
    EXPECT_EQ(client_.read(), code);
  }
}

TEST_F(UrgentCommands, StatTellsHowFarATransferIs) {
  TcpStream data = client_.open_data();
  EXPECT_EQ(client_.ask("STOR new"), 150);
  data.write_all(std::string(54321, 'x'), soon());
  std::string text;
  const auto end = std::chrono::steady_clock::now() + 5s;
  while (text.find("54321") == std::string::npos && std::chrono::steady_clock::now() < end) {
    const Reply reply = client_.dialogue().ask("STAT");
    ASSERT_EQ(reply.code, 213);
    text = reply.lines.front();
  }
  EXPECT_NE(text.find("54321"), std::string::npos) << text;
  { const TcpStream done = std::move(data); }
  EXPECT_EQ(client_.read(), 226);
  EXPECT_EQ(tree_.read("root/new").size(), 54321U);
  EXPECT_EQ(client_.ask("STAT"), 211) << "no transfer any more";
}

TEST_F(UrgentCommands, StatWithAPathIsAListingAlsoInATransfer) {
  TcpStream data = begin_download();
  EXPECT_EQ(client_.ask("STAT old"), 213);
  EXPECT_EQ(client_.ask("STAT nowhere"), 550);
  client_.send("ABOR");
  EXPECT_EQ(client_.read(), 426);
  EXPECT_EQ(client_.read(), 226);
}

TEST_F(UrgentCommands, QuitLetsTheTransferEndFirst) {
  TcpStream data = begin_download();
  client_.send("QUIT");
  client_.stream().shutdown_write();
  EXPECT_EQ(read_to_end(data).size(), std::size_t{32} << 20U);
  EXPECT_EQ(client_.read(), 226);
  EXPECT_EQ(client_.read(), 221);
  EXPECT_THROW(client_.read(), ConnectionClosed);
}

}  // namespace
}  // namespace kit
