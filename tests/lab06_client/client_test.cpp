#include "client.h"

#include <gtest/gtest.h>

#include <system_error>

#include "ftp_error.h"
#include "scripted_server.h"

namespace kit {
namespace {

using namespace test;

TEST_F(ClientTest, ConnectsToAServerThatGreetsIt) {
  EXPECT_FALSE(client.connected());
  connect([&] { server.hear_nothing_more(); });
  EXPECT_TRUE(client.connected());
}

TEST_F(ClientTest, WaitsForThe220BehindA120) {
  server.play([&] {
    server.say("120 Soon\r\n");
    server.say("220-Hello\r\n 220 not yet\r\n220 Now\r\n");
    server.answer("NOOP", "200 Fine");
  });
  client.connect("127.0.0.1", server.port());
  EXPECT_EQ(client.quote("NOOP"), Reply(200, "Fine"));
}

TEST_F(ClientTest, IsNotConnectedToAServerThatTurnsItAway) {
  server.play([&] { server.say("421 Full\r\n"); });
  EXPECT_EQ(refusal([&] { client.connect("127.0.0.1", server.port()); }), 421);
  EXPECT_FALSE(client.connected());
}

TEST_F(ClientTest, NeedsAConnectionForEverything) {
  EXPECT_THROW(client.quote("NOOP"), NotConnected);
  EXPECT_THROW(client.login("a", "b"), NotConnected);
  EXPECT_THROW(client.get("a", [](auto) {}), NotConnected);
  EXPECT_THROW(static_cast<void>(client.control()), NotConnected);
}

TEST_F(ClientTest, SendsAPasswordOnlyWhenItIsWanted) {
  connect([&] {
    server.answer("USER bob", "331 Password?");
    server.answer("PASS secret", "230 In");
    server.answer("USER guest", "230 In at once");
    server.answer("USER eve", "530 No");
  });
  EXPECT_EQ(client.login("bob", "secret").code, 230);
  const auto never = []() -> std::string { throw std::logic_error("asked for a password"); };
  EXPECT_EQ(client.login("guest", never).code, 230);
  EXPECT_EQ(refusal([&] { client.login("eve", never); }), 530);
}

TEST_F(ClientTest, DecidesByTheFirstDigitAlone) {
  connect([&] {
    server.answer("USER bob", "332 Any 3yz asks for more");
    server.answer("PASS secret", "202 Any 2yz is as good");
    server.answer("CWD pub", "200 Not 250");
    server.answer("CDUP", "299 Not 200");
    server.answer("DELE a", "450 Later");
  });
  client.login("bob", "secret");
  client.change_directory("pub");
  client.change_to_parent();
  EXPECT_EQ(refusal([&] { client.remove("a"); }), 450);
}

TEST_F(ClientTest, KeepsTheWholeReplyInItsError) {
  connect([&] { server.answer("MKD d", "550-No\r\n because\r\n550 of this\x1b[2J"); });
  try {
    client.make_directory("d");
    FAIL() << "550 was taken for success";
  } catch (const FtpError& error) {
    EXPECT_EQ(error.reply(), Reply(550, std::vector<std::string>{"No", " because", "of this\x1b[2J"}));
    EXPECT_EQ(std::string(error.what()).find_first_of("\x1b\n"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("of this"), std::string::npos) << error.what();
  }
}

TEST_F(ClientTest, ReadsThePathOutOfAPwdReply) {
  connect([&] {
    server.answer("PWD", "257 \"/\" is the current directory");
    server.answer("PWD", "257 \"/a b\"");
    server.answer("PWD", "257 \"/say \"\"hi\"\"\" and more");
    server.answer("PWD", "257 \"\"\"\"");
    server.answer("PWD", "257 no quotes");
  });
  for (const char* expected : {"/", "/a b", "/say \"hi\"", "\"", "no quotes"}) {
    EXPECT_EQ(client.directory(), expected);
  }
}

TEST_F(ClientTest, RenamesInTwoStepsAndStopsAfterAFirstOneThatFails) {
  connect([&] {
    server.answer("RNFR a", "350 To what?");
    server.answer("RNTO b", "250 Done");
    server.answer("RNFR nope", "550 Not there");
    server.answer("NOOP", "200 Fine");  // no RNTO
  });
  client.rename("a", "b");
  EXPECT_EQ(refusal([&] { client.rename("nope", "b"); }), 550);
  EXPECT_EQ(client.quote("NOOP").code, 200);
}

TEST_F(ClientTest, SendsNamesAsTheyAre) {
  connect([&] {
    server.answer("DELE  two blanks ", "250 Done");
    server.answer("DELE \"quoted\" -x", "250 Done");
    server.answer("DELE \xC3\xBC\xFF\xFF", "250 Done");  // 0xFF doubled
    server.answer(std::string_view("DELE a\r\0b", 9), "250 Done");
  });
  client.remove(" two blanks ");
  client.remove("\"quoted\" -x");
  client.remove("\xC3\xBC\xFF");
  client.remove("a\rb");
}

TEST_F(ClientTest, SendsNothingOfANameThatWouldEndTheLine) {
  connect([&] { server.answer("NOOP", "200 Fine"); });
  EXPECT_THROW(client.remove("a\nDELE b"), std::invalid_argument);
  EXPECT_THROW(client.remove("a\r\nDELE b"), std::invalid_argument);
  EXPECT_THROW(client.remove(std::string("a\0b", 3)), std::invalid_argument);
  EXPECT_EQ(client.quote("NOOP").code, 200);
}

TEST_F(ClientTest, PassesPreliminaryRepliesOver) {
  connect([&] { server.answer("SITE WORK", "150 Working\r\n150 Still\r\n200 Done"); });
  EXPECT_EQ(client.quote("SITE WORK"), Reply(200, "Done"));
}

TEST_F(ClientTest, EndsASessionWhoseServerNeverComesToItsFinalReply) {
  std::string endless;
  for (int i = 0; i < 200; ++i) {
    endless += "150 Soon\r\n";
  }
  connect([&] { server.answer("NOOP", endless + "200 Done"); });
  EXPECT_THROW(client.quote("NOOP"), MalformedReply);
  EXPECT_FALSE(client.connected());
}

TEST_F(ClientTest, TellsTheReasonWhyTheServerEndedTheSession) {
  connect([&] {
    server.say("421 Idle for too long\r\n");
    server.hang_up();
  });
  server.finish();
  EXPECT_EQ(refusal([&] { client.quote("NOOP"); }), 421);
  EXPECT_FALSE(client.connected());
}

TEST_F(ClientTest, NoticesThatTheServerHasGone) {
  connect([&] {
    server.hear();
    server.hang_up();
  });
  EXPECT_THROW(client.quote("NOOP"), ConnectionClosed);
  EXPECT_FALSE(client.connected());
  EXPECT_THROW(client.quote("NOOP"), NotConnected);
}

TEST_F(ClientTest, ClosesAConnectionOnWhichNoReplyCanBeMadeOut) {
  connect([&] { server.answer("NOOP", "fine, thanks"); });
  EXPECT_THROW(client.quote("NOOP"), MalformedReply);
  EXPECT_FALSE(client.connected());
}

TEST_F(ClientTest, GivesUpOnAServerThatDoesNotAnswer) {
  Client hasty(waiter, {.connecting = 5s, .standing = 50ms});
  server.play([&] {
    server.say("220 Hello\r\n");
    server.hear();
    server.hear_nothing_more();
  });
  hasty.connect("127.0.0.1", server.port());
  EXPECT_THROW(hasty.quote("NOOP"), TimedOut);
  EXPECT_FALSE(hasty.connected());
}

TEST_F(ClientTest, SaysQuitAndCloses) {
  connect([&] {
    server.answer("QUIT", "221 Bye");
    server.hear_nothing_more();
  });
  client.quit();
  EXPECT_FALSE(client.connected());
}

TEST_F(ClientTest, QuitsWhateverTheAnswerIs) {
  connect([&] {
    server.hear();
    server.hang_up();
  });
  EXPECT_NO_THROW(client.quit());
  EXPECT_FALSE(client.connected());
}

TEST_F(ClientTest, ShowsWhatIsSentAndAnswered) {
  std::vector<std::string> seen;
  client.observe([&](std::string_view sent, const Reply* received) {
    seen.push_back(received == nullptr ? std::string(sent) : received->summary());
  });
  connect([&] { server.answer("NOOP", "200 Fine"); });
  client.quote("NOOP");
  EXPECT_EQ(seen, (std::vector<std::string>{"220 Hello", "NOOP", "200 Fine"}));
}

TEST_F(ClientTest, ConnectsAnew) {
  connect([&] { server.hear_nothing_more(); });
  ScriptedServer second;
  second.play([&] {
    second.say("220 The other one\r\n");
    second.answer("NOOP", "200 Fine");
  });
  client.connect("127.0.0.1", second.port());
  EXPECT_EQ(client.quote("NOOP").code, 200);
  second.finish();
}

}  // namespace
}  // namespace kit
