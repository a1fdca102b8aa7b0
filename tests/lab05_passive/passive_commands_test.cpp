#include "passive_commands.h"

#include <algorithm>
#include <vector>

#include "data_channel.h"
#include "passive_fixture.h"

namespace kit::test {
namespace {

class PassiveCommands : public PassiveFixture {
 protected:
  using PassiveFixture::PassiveFixture;
};

// What stands behind the last blank of each line.
std::vector<std::string> last_words(const std::string& listing) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < listing.size();) {
    const std::size_t end = listing.find("\r\n", at);
    EXPECT_NE(end, std::string::npos) << "a line without CRLF: " << listing.substr(at);
    const std::string line = listing.substr(at, end - at);
    words.push_back(line.substr(line.rfind(' ') + 1));
    at = end + 2;
  }
  return words;
}

TEST_F(PassiveCommands, NeedALogin) {
  session_.log_out();
  for (const char* line : {"PASV", "RETR f", "STOR f", "APPE f", "STOU", "LIST", "NLST", "STAT f"}) {
    EXPECT_EQ(code(line), 530) << line;
  }
}

TEST_F(PassiveCommands, RefuseAMissingArgumentBeforeAnythingElse) {
  for (const char* line : {"RETR", "STOR", "APPE", "RETR ", "PASV x"}) {
    EXPECT_EQ(code(line), 501) << line;
  }
}

TEST_F(PassiveCommands, PasvTellsWhereItListens) {
  const Reply reply = ask("PASV");
  EXPECT_EQ(reply.code, 227);
  const HostPort where = find_host_port(reply.lines.front()).value();
  EXPECT_EQ(where.host_text(), "127.0.0.1");
  EXPECT_NO_THROW(connect(where));
}

TEST_F(PassiveCommands, PasvClosesTheListenerOfAnEarlierOne) {
  const HostPort first = passive();
  const HostPort second = passive();
  EXPECT_THROW(connect(first), std::system_error);
  EXPECT_NO_THROW(connect(second));
}

TEST_F(PassiveCommands, ReinClosesTheListener) {
  const HostPort where = passive();
  EXPECT_EQ(code("REIN"), 220);
  EXPECT_THROW(connect(where), std::system_error);
}

class OnePort : public PassiveCommands {
 protected:
  static ServerOptions options() {
    Waiter waiter;
    const std::uint16_t port = listen_for_data(loopback(), {}, waiter).local().port();  // free a moment ago
    ServerOptions options = impatient();
    options.passive_ports = {port, port};
    options.passive_address = "192.0.2.7";
    return options;
  }
  OnePort() : PassiveCommands(options()) {}
};

TEST_F(OnePort, IsUsedByOnePasvAfterAnother) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(passive().port, options_.passive_ports.low);
  }
}

TEST_F(OnePort, IsToldWithTheAddressThatWasAskedFor) {
  EXPECT_EQ(passive().host_text(), "192.0.2.7");
  EXPECT_NO_THROW(connect({{127, 0, 0, 1}, options_.passive_ports.low}));  // where it listens is another matter
}

TEST_F(PassiveCommands, RetrSendsEveryByte) {
  const std::string content = pattern(1U << 20U);
  tree_.write("root/f", content);
  EXPECT_TRUE(fetch("RETR f") == content);
}

TEST_F(PassiveCommands, RetrTellsTheSizeInBrackets) {
  tree_.write("root/a b", "12345");
  TcpStream data = open_data();
  begin("RETR a b");
  EXPECT_NE(preliminary().lines.front().find("(5 bytes)"), std::string::npos);
  EXPECT_EQ(read_to_end(data), "12345");
  EXPECT_EQ(final().code, 226);
}

TEST_F(PassiveCommands, MoveFilesOfNoBytes) {
  tree_.write("root/f", "");
  EXPECT_EQ(fetch("RETR f"), "");
  tree_.write("root/g", "old");
  store("STOR g", "");
  EXPECT_TRUE(tree_.has("root/g"));
  EXPECT_EQ(tree_.read("root/g"), "");
}

TEST_F(PassiveCommands, RetrRefusesWhatIsNoFile) {
  tree_.make_directory("root/d");
  tree_.make_fifo("root/pipe");
  tree_.write("secret", "secret");
  tree_.link("root/out", "../secret");
  passive();
  for (const char* line : {"RETR none", "RETR d", "RETR pipe", "RETR out", "RETR ../secret"}) {
    EXPECT_EQ(code(line), 550) << line;
  }
}

TEST_F(PassiveCommands, StorReplacesTheWholeFile) {
  tree_.write("root/f", std::string(5000, 'x'));
  store("STOR f", "short");
  EXPECT_EQ(tree_.read("root/f"), "short");
}

TEST_F(PassiveCommands, StorTakesAnyNameAndAnyByte) {
  const std::string content = pattern(300'000);
  for (const char* name : {"a b", " lead", "trail ", "\xC3\xA9", "\xFF", "-x"}) {
    store(std::string("STOR ") + name, content);
    EXPECT_TRUE(tree_.read(std::string("root/") + name) == content) << name;
  }
}

TEST_F(PassiveCommands, RefuseUploadsThatCannotSucceedBefore150) {
  tree_.make_directory("root/d");
  passive();
  for (const char* line : {"STOR d", "STOR none/f", "APPE d", "STOR /"}) {
    EXPECT_EQ(code(line), 550) << line;
  }
  EXPECT_EQ(code("STOR " + std::string(300, 'n')), 553);
}

TEST_F(PassiveCommands, RefuseUploadsOfReaders) {
  log_in("eve", "looks");
  passive();
  for (const char* line : {"STOR f", "APPE f", "STOU"}) {
    EXPECT_EQ(code(line), 550) << line;
  }
  EXPECT_TRUE(tree_.is_empty("root"));
}

TEST_F(PassiveCommands, AppeAppends) {
  store("APPE f", "abc");
  store("APPE f", "def");
  EXPECT_EQ(tree_.read("root/f"), "abcdef");
}

TEST_F(PassiveCommands, StouTellsANameThatCanBeFetched) {
  tree_.make_directory("root/d");
  ASSERT_EQ(code("CWD d"), 250);
  for (const char* line : {"STOU", "STOU", "STOU wish.txt"}) {
    const Reply opening = store(line, "unique");
    const std::string text = opening.lines.front();
    ASSERT_EQ(text.substr(0, 6), "FILE: ");
    EXPECT_EQ(fetch("RETR " + text.substr(6)), "unique");
    EXPECT_TRUE(tree_.has("root/d/" + text.substr(6)));
  }
}

TEST_F(PassiveCommands, ListAndNlstEndEveryLineWithCrlf) {
  tree_.write("root/b", "");
  tree_.write("root/a", "");
  EXPECT_EQ(last_words(fetch("LIST")), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(fetch("NLST"), "a\r\nb\r\n");
}

TEST_F(PassiveCommands, ListAnEmptyDirectoryAsNothing) {
  EXPECT_EQ(fetch("LIST"), "");
  EXPECT_EQ(fetch("NLST"), "");
}

TEST_F(PassiveCommands, ListReadsOverOptions) {
  tree_.make_directory("root/d");
  tree_.write("root/d/f", "");
  tree_.write("root/-la", "");
  EXPECT_EQ(last_words(fetch("LIST -la d")), std::vector<std::string>{"f"});
  EXPECT_EQ(last_words(fetch("LIST -la")), (std::vector<std::string>{"-la", "d"}));
  EXPECT_EQ(last_words(fetch("LIST ./-la")), std::vector<std::string>{"-la"});
  EXPECT_EQ(fetch("NLST -a d"), "d/f\r\n");
}

TEST_F(PassiveCommands, ListIsRefusedForWhatIsNotThere) {
  passive();
  EXPECT_EQ(code("LIST none"), 550);
  EXPECT_EQ(code("NLST none"), 550);
}

TEST_F(PassiveCommands, ListHoldsThousandsOfNames) {
  for (int i = 0; i < 1500; ++i) {
    tree_.write("root/" + std::to_string(i), "");
  }
  std::vector<std::string> names = last_words(fetch("LIST"));
  EXPECT_EQ(names.size(), 1500U);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
}

TEST_F(PassiveCommands, StatShowsAFileOrADirectoryOverTheControlConnection) {
  tree_.make_directory("root/d");
  tree_.write("root/d/f", "12345");
  const Reply file = ask("STAT d/f");
  EXPECT_EQ(file.code, 213);
  ASSERT_EQ(file.lines.size(), 3U);
  EXPECT_NE(file.lines[1].find(" 5 "), std::string::npos);
  const Reply directory = ask("STAT -la d");
  EXPECT_EQ(directory.code, 212);
  ASSERT_EQ(directory.lines.size(), 3U);
  EXPECT_TRUE(directory.lines[1].ends_with(" f"));
  EXPECT_EQ(code("STAT none"), 550);
}

TEST_F(PassiveCommands, StatOfAHugeDirectoryIsBounded) {
  for (int i = 0; i < 1100; ++i) {
    tree_.write("root/" + std::to_string(i), "");
  }
  EXPECT_EQ(ask("STAT .").lines.size(), 1002U);
}

TEST_F(PassiveCommands, StatWithoutAPathIsStillAboutTheSession) { EXPECT_EQ(code("STAT"), 211); }

TEST(PasvOverIpv6, IsRefused) {
  Waiter waiter;
  TcpListener listener(Address::resolve("::1", 0).front(), waiter);
  TcpStream client = TcpStream::connect(std::array{listener.local()}, waiter, soon());
  const ServerOptions options;
  const Accounts accounts(options);
  Log log(LogLevel::error);
  ServerContext context{options, accounts, login_commands() + passive_commands(), log, {}};
  Session session(ControlConnection(listener.accept(soon()), 5s), context);
  session.log_in({"bob", false, false});
  EXPECT_EQ(context.commands.dispatch(session, {"PASV", Line::Defect::none}).code, 522);
}

}  // namespace
}  // namespace kit::test
