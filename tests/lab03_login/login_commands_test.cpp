#include "login_commands.h"

#include <algorithm>
#include <string>

#include "parameter_commands.h"
#include "session_fixture.h"
#include "transfer_parameters.h"

namespace kit {
namespace {

using namespace test;

class LoginCommands : public SessionFixture {
 protected:
  explicit LoginCommands(ServerOptions options = two_accounts())
      : SessionFixture(login_commands() + parameter_commands(), std::move(options)) {}
};

TEST_F(LoginCommands, LogInWithNameAndPassword) {
  EXPECT_EQ(ask("USER bob").code, 331);
  EXPECT_FALSE(session_.user());
  EXPECT_EQ(ask("PASS secret").code, 230);
  ASSERT_TRUE(session_.user());
  EXPECT_EQ(session_.user()->name, "bob");
}

TEST_F(LoginCommands, AnswerTheSameWhetherTheNameExistsOrNot) {
  const Reply known = ask("USER bob");
  EXPECT_EQ(known.code, 331);
  EXPECT_EQ(ask("USER nobody"), known);
  EXPECT_EQ(ask("USER anonymous"), known);
  ask("USER bob");
  const Reply wrong = ask("PASS wrong");
  EXPECT_EQ(wrong.code, 530);
  ask("USER nobody");
  EXPECT_EQ(ask("PASS wrong"), wrong);
}

TEST_F(LoginCommands, TakePassOnlyRightBehindUser) {
  EXPECT_EQ(ask("PASS secret").code, 503);
  ask("USER bob");
  ask("NOOP");
  EXPECT_EQ(ask("PASS secret").code, 503);
  ask("USER bob");
  EXPECT_EQ(ask("PASS wrong").code, 530);
  EXPECT_EQ(ask("PASS secret").code, 503) << "the failed step has ended the sequence";
  log_in();
  EXPECT_EQ(ask("PASS secret").code, 503);
  EXPECT_TRUE(session_.user());
}

TEST_F(LoginCommands, TakeThePasswordWithItsBlanks) {
  ask("USER bob");
  EXPECT_EQ(ask("PASS  secret").code, 530);
  ask("USER bob ");
  EXPECT_EQ(ask("PASS secret").code, 530);
}

TEST_F(LoginCommands, TakePassWithoutAPasswordForAnEmptyOne) {
  ask("USER bob");
  EXPECT_EQ(ask("PASS").code, 530);
  ask("USER anonymous");
  EXPECT_EQ(ask("PASS").code, 230);
}

TEST_F(LoginCommands, WantANameBehindUser) {
  EXPECT_EQ(ask("USER").code, 501);
  EXPECT_EQ(ask("USER ").code, 501);
}

TEST_F(LoginCommands, BeginANewLoginOverAnOldOne) {
  log_in();
  ask("TYPE I");
  EXPECT_EQ(ask("USER eve").code, 331);
  EXPECT_FALSE(session_.user()) << "the old identity goes at once";
  EXPECT_EQ(ask("TYPE I").code, 530);
  ask("USER eve");
  EXPECT_EQ(ask("PASS looks").code, 230);
  EXPECT_TRUE(session_.user()->read_only);
  EXPECT_EQ(session_.part<TransferParameters>().type, TransferParameters::Type::image);
}

TEST_F(LoginCommands, EndTheSessionAtTheLastWrongPassword) {
  for (unsigned attempt = 1; attempt < options_.login_attempts; ++attempt) {
    ask("USER bob");
    EXPECT_EQ(ask("PASS wrong").code, 530);
    EXPECT_FALSE(session_.ended());
  }
  ask("REIN");  // does not forgive
  ask("USER bob");
  EXPECT_EQ(ask("PASS wrong").code, 421);
  EXPECT_TRUE(session_.ended());
}

class EndlessAttempts : public LoginCommands {
 protected:
  EndlessAttempts() : LoginCommands(no_limit()) {}
  static ServerOptions no_limit() {
    ServerOptions options = two_accounts();
    options.login_attempts = 0;
    return options;
  }
};

TEST_F(EndlessAttempts, AreWhatAnOptionOfZeroMeans) {
  for (int attempt = 0; attempt < 20; ++attempt) {
    ask("USER bob");
    ASSERT_EQ(ask("PASS wrong").code, 530);
  }
  log_in();
}

TEST_F(LoginCommands, ForgetEverythingAtRein) {
  log_in();
  ask("TYPE I");
  EXPECT_EQ(ask("REIN").code, 220);
  EXPECT_FALSE(session_.user());
  EXPECT_EQ(session_.part<TransferParameters>().type, TransferParameters::Type::ascii);
  EXPECT_EQ(ask("PASS secret").code, 503);
  log_in();
}

TEST_F(LoginCommands, ForgetTheNameAtRein) {
  ask("USER bob");
  ask("REIN");
  EXPECT_EQ(ask("PASS secret").code, 503);
}

TEST_F(LoginCommands, QuitAtAnyTime) {
  EXPECT_EQ(ask("QUIT now").code, 501);
  EXPECT_FALSE(session_.ended());
  EXPECT_EQ(ask("QUIT").code, 221);
  EXPECT_TRUE(session_.ended());
}

TEST_F(LoginCommands, AnswerBeforeTheLoginWhatNeedsNone) {
  EXPECT_EQ(ask("NOOP").code, 200);
  EXPECT_EQ(ask("SYST"), Reply(215, "UNIX Type: L8"));
  EXPECT_EQ(ask("HELP").code, 214);
  EXPECT_EQ(ask("STAT").code, 530);
  EXPECT_EQ(ask("ACCT x").code, 530);
}

TEST_F(LoginCommands, TakeNoArgumentWhereNoneBelongs) {
  for (const char* verb : {"NOOP", "SYST", "REIN", "QUIT"}) {
    EXPECT_EQ(ask(std::string(verb) + " x").code, 501) << verb;
  }
}

TEST_F(LoginCommands, SayThatAnAccountIsSuperfluous) {
  log_in();
  EXPECT_EQ(ask("ACCT savings").code, 202);
  EXPECT_EQ(ask("ACCT").code, 501);
}

TEST_F(LoginCommands, TellTheStateOfTheSession) {
  log_in("eve", "looks");
  ask("TYPE I");
  const Reply status = ask("STAT");
  EXPECT_EQ(status.code, 211);
  ASSERT_GT(status.lines.size(), 2U);
  std::string all;
  for (const std::string& line : status.lines) {
    all += line + "\n";
  }
  for (const char* word : {"eve", "Image", "127.0.0.1"}) {
    EXPECT_NE(all.find(word), std::string::npos) << word << " in " << all;
  }
  EXPECT_EQ(ask("STAT file").code, 504);
}

TEST_F(LoginCommands, AnswerToKnownVerbsOfOtherLabsThatTheyAreNotImplemented) {
  for (const char* verb : {"PORT", "PASV", "RETR", "STOR", "FEAT", "AUTH", "PBSZ", "PROT", "EPSV", "MLSD", "SMNT"}) {
    EXPECT_EQ(ask(verb).code, 502) << verb;
    EXPECT_EQ(ask(std::string(verb) + " x").code, 502) << verb;
  }
  EXPECT_EQ(ask("GET / HTTP/1.1").code, 500);
}

TEST_F(LoginCommands, ListInHelpWhatIsImplementedAndNothingElse) {
  const Reply help = ask("HELP");
  EXPECT_EQ(help.code, 214);
  std::string all;
  for (const std::string& line : help.lines) {
    EXPECT_LE(line.size(), 80U);
    all += line + " ";
  }
  for (const CommandRow* row : context_.commands.rows()) {
    const bool listed = all.find(" " + std::string(row->verb) + " ") != std::string::npos;
    EXPECT_EQ(listed, row->handler != nullptr) << row->verb;
  }
}

TEST_F(LoginCommands, ShowInHelpHowACommandIsWritten) {
  const Reply help = ask("HELP user");
  EXPECT_EQ(help.code, 214);
  EXPECT_NE(help.summary().find("USER <SP> username"), std::string::npos) << help.summary();
  EXPECT_EQ(ask("HELP NOOP").code, 214);
  EXPECT_EQ(ask("HELP XYZZY").code, 501);
  EXPECT_EQ(ask("HELP MLSD").code, 502);
}

// Handlers trust their rows. No verb, alone or with any argument, may break the session or go without a reply.
TEST_F(LoginCommands, SurviveEveryVerbWithEveryKindOfArgument) {
  const std::string long_argument(4000, 'x');
  for (const CommandRow* row : context_.commands.rows()) {
    for (const std::string& argument : {std::string(), std::string(" "), std::string(" 1"), " " + long_argument}) {
      session_.log_in({"bob", false, false});
      const int code = ask(std::string(row->verb) + argument).code;
      EXPECT_GE(code, 200) << row->verb << argument;
      EXPECT_LT(code, 600) << row->verb << argument;
    }
  }
}

}  // namespace
}  // namespace kit
