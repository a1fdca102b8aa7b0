#include "session.h"

#include <future>

#include "login_commands.h"
#include "session_fixture.h"

namespace kit {
namespace {

using namespace test;

struct Mark {
  int value = 0;
};

class SessionTest : public SessionFixture {
 protected:
  explicit SessionTest(ServerOptions options = two_accounts()) : SessionFixture(login_commands(), std::move(options)) {}

  // Handles one line and returns what the log says about it.
  std::string log_of(const Line& line) {
    const std::size_t before = logged().size();
    handle_line(session_, line);
    return logged().substr(before);
  }
  std::string log_of(const std::string& line) { return log_of(Line{line, Line::Defect::none}); }

  // Sends all of `bytes`, ends the sending direction and runs the session to its end; returns all that it sent.
  std::string converse(const std::string& bytes) {
    pair_.near.write_all(bytes, soon());
    pair_.near.shutdown_write();
    run_session(session_);
    return read_to_end(pair_.near);
  }
};

TEST(PartBag, MakesEachPartWhenFirstAskedFor) {
  PartBag bag;
  EXPECT_EQ(bag.find<Mark>(), nullptr);
  bag.get<Mark>().value = 7;
  EXPECT_EQ(bag.get<Mark>().value, 7);
  EXPECT_EQ(bag.find<Mark>(), &bag.get<Mark>());
  bag.emplace<Mark>(Mark{8});
  EXPECT_EQ(bag.get<Mark>().value, 8);
  bag.erase<Mark>();
  EXPECT_EQ(bag.get<Mark>().value, 0);
}

TEST_F(SessionTest, IsAsNewAfterReinitializing) {
  session_.log_in({"bob", false, false});
  session_.part<Mark>().value = 7;
  session_.reinitialize();
  EXPECT_FALSE(session_.user());
  EXPECT_EQ(session_.part<Mark>().value, 0);
}

TEST_F(SessionTest, NamesAMissingServiceInsteadOfCrashing) {
  EXPECT_THROW(session_.service<Mark>(), std::logic_error);
  context_.services.emplace<Mark>(Mark{9});
  EXPECT_EQ(session_.service<Mark>().value, 9);
}

TEST_F(SessionTest, SendsTheReplyOfALine) {
  EXPECT_TRUE(handle_line(session_, {"NOOP", Line::Defect::none}));
  EXPECT_FALSE(handle_line(session_, {"QUIT", Line::Defect::none})) << "QUIT ends it";
  pair_.near.shutdown_write();
  session_.control().close();
  const std::string sent = read_to_end(pair_.near);
  EXPECT_TRUE(sent.starts_with("200 ")) << sent;
  EXPECT_NE(sent.find("\r\n221 "), std::string::npos) << sent;
}

TEST_F(SessionTest, LogsEachRequestInOneLine) {
  const std::string line = log_of("USER bob");
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
  for (const char* part : {"SUCCESS", "verb=\"USER\"", "argument=\"bob\"", "reply=331", "bytes=0", "seconds=0."}) {
    EXPECT_NE(line.find(part), std::string::npos) << part << " in " << line;
  }
  EXPECT_NE(log_of("REIN x").find("FAILURE"), std::string::npos);
  EXPECT_NE(log_of("HELP XYZZY").find("FAILURE"), std::string::npos);
}

TEST_F(SessionTest, LogsTheBytesOfARequestOnce) {
  session_.count_bytes(1000);
  session_.count_bytes(24);
  EXPECT_NE(log_of("NOOP").find("bytes=1024"), std::string::npos);
  EXPECT_NE(log_of("NOOP").find("bytes=0"), std::string::npos);
}

TEST_F(SessionTest, EscapesWhatAClientSentInTheLog) {
  const std::string line = log_of("USER a\rb\x1b[31m\xff");
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
  EXPECT_EQ(line.find_first_of("\r\x1b\xff"), std::string::npos);
}

TEST_F(SessionTest, NeverLogsAPassword) {
  for (const char* line : {"PASS hunter2", "pass hunter2", "PAsS  hunter2", "PASShunter2", "PASSWORD hunter2",
                           "PASS\thunter2", " PASS hunter2", "PAS hunter2", "PSAS hunter2", "ACCT hunter2"}) {
    EXPECT_EQ(log_of(line).find("hunter2"), std::string::npos) << line;
    log_of("USER bob");
    EXPECT_EQ(log_of(line).find("hunter2"), std::string::npos) << line << ", where a password is awaited";
  }
  log_of("USER bob");
  EXPECT_EQ(log_of("hunter2").find("hunter2"), std::string::npos) << "the password alone, where PASS is awaited";
  EXPECT_EQ(log_of({"PASS hunter2", Line::Defect::too_long}).find("hunter2"), std::string::npos);
  EXPECT_EQ(log_of({std::string("PASS hunter2\0", 13), Line::Defect::nul}).find("hunter2"), std::string::npos);
}

TEST_F(SessionTest, GreetsAnswersEveryLineAndEndsWithItsClient) {
  const std::string sent = converse("NOOP\r\nXYZZY\r\n\r\nSYST\r\nNOO");
  EXPECT_TRUE(sent.starts_with("220 ")) << sent;
  std::vector<std::string> codes;
  for (std::size_t at = 0; at < sent.size(); at = sent.find("\r\n", at) + 2) {
    codes.push_back(sent.substr(at, 4));
  }
  EXPECT_EQ(codes, (std::vector<std::string>{"220 ", "200 ", "500 ", "500 ", "215 "})) << sent;
}

TEST_F(SessionTest, AnswersNothingBehindQuit) {
  const std::string sent = converse("QUIT\r\nNOOP\r\n");
  EXPECT_NE(sent.find("221 "), std::string::npos) << sent;
  EXPECT_EQ(sent.find("200 "), std::string::npos) << sent;
}

TEST_F(SessionTest, SurvivesAClientThatVanishes) {
  pair_.near.write_all("NOOP\r\nNOOP\r\n", soon());
  reset_on_close(pair_.near);
  { const TcpStream gone = std::move(pair_.near); }
  run_session(session_);
  EXPECT_NE(logged().find("session ends"), std::string::npos);
}

class ImpatientSession : public SessionTest {
 protected:
  ImpatientSession() : SessionTest(hurried()) {}
  static ServerOptions hurried() {
    ServerOptions options = two_accounts();
    options.idle_timeout = std::chrono::seconds(0);
    return options;
  }
};

TEST_F(ImpatientSession, Says421ToAClientThatSendsNothing) {
  std::future<std::string> client = std::async(std::launch::async, [stream = std::move(pair_.near)]() mutable {
    TcpStream closed_at_the_end = std::move(stream);
    return read_to_end(closed_at_the_end);
  });
  run_session(session_);
  const std::string sent = client.get();
  EXPECT_TRUE(sent.starts_with("220 ")) << sent;
  EXPECT_NE(sent.find("\r\n421 "), std::string::npos) << sent;
}

class BanneredSession : public SessionTest, public testing::WithParamInterface<std::pair<const char*, const char*>> {
 protected:
  BanneredSession() : SessionTest(bannered()) {}
  static ServerOptions bannered() {
    ServerOptions options = two_accounts();
    options.banner = GetParam().first;
    return options;
  }
};

TEST_P(BanneredSession, GreetsWithTheBannerThatWasAskedFor) { EXPECT_EQ(converse(""), GetParam().second); }

INSTANTIATE_TEST_SUITE_P(Banners, BanneredSession,
                         testing::Values(std::pair("Welcome to the machine", "220 Welcome to the machine\r\n"),
                                         std::pair("", "220 \r\n"), std::pair("One\n", "220 One\r\n"),
                                         std::pair("One\n2 two\nThree", "220-One\r\n 2 two\r\n220 Three\r\n")));

}  // namespace
}  // namespace kit
