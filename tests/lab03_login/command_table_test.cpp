#include "command_table.h"

#include <cerrno>
#include <stdexcept>

#include "session_fixture.h"
#include "todo.h"

namespace kit {
namespace {

using namespace test;

Reply done(Session& /*session*/, const Argument& argument) { return {200, argument.text()}; }
Reply more(Session& /*session*/, const Argument& /*argument*/) { return {350, "Go on"}; }
Reply refuse(Session& /*session*/, const Argument& /*argument*/) { throw ReplyError(553, "Not that name"); }
Reply break_down(Session& /*session*/, const Argument& /*argument*/) {
  throw std::system_error(ENOSPC, std::generic_category(), "write /srv/secret/place");
}
Reply give_up(Session& /*session*/, const Argument& /*argument*/) { throw TimedOut("waiting for a miracle"); }
Reply fall_over(Session& /*session*/, const Argument& /*argument*/) { throw std::logic_error("a bug"); }
Reply stop(Session& /*session*/, const Argument& /*argument*/) { throw Stopped(); }
Reply todo(Session& /*session*/, const Argument& /*argument*/) { throw Todo("this"); }
void number(Session& /*session*/, Argument& argument) {
  if (argument.text() != "42") {
    throw ReplyError(504, "Only 42");
  }
  argument.set(42);
}
Reply use_number(Session& /*session*/, const Argument& argument) { return {200, std::to_string(argument.as<int>())}; }

constexpr Policy anytime{.login = false};

CommandTable sample_commands() {
  return {{"FREE", anytime, takes::anything, done, ""},
          {"ALONE", anytime, takes::nothing, done, ""},
          {"TEXT", anytime, takes::text, done, "<SP> text"},
          {"NUMBER", anytime, number, use_number, ""},
          {"FIRST", anytime, takes::anything, more, ""},
          {"SECOND", {.login = false, .follows = "FIRST"}, takes::text, done, ""},
          {"THIRD", {.login = false, .follows = "FIRST"}, takes::anything, more, ""},
          {"INSIDE", {}, takes::text, done, ""},
          {"CHANGE", {.writes = true}, takes::text, done, ""},
          {"LATER", {}, takes::text, nullptr, ""},
          {"REFUSE", anytime, takes::anything, refuse, ""},
          {"BREAK", anytime, takes::anything, break_down, ""},
          {"GIVEUP", anytime, takes::anything, give_up, ""},
          {"FALL", anytime, takes::anything, fall_over, ""},
          {"STOP", anytime, takes::anything, stop, ""},
          {"TODO", anytime, takes::anything, todo, ""}};
}

class Dispatch : public SessionFixture {
 protected:
  Dispatch() : SessionFixture(sample_commands()) {}
};

TEST_F(Dispatch, GivesTheHandlersReply) { EXPECT_EQ(ask("FREE  a b "), Reply(200, " a b ")); }

TEST_F(Dispatch, FindsAVerbInAnyCase) { EXPECT_EQ(ask("fReE x").code, 200); }

TEST_F(Dispatch, Answers500ToWhatNobodyKnows) {
  for (const char* line : {"", " ", "XYZZY", "FREEx", "FRE", "FREE\tx", " FREE", "\xff", "4"}) {
    EXPECT_EQ(ask(line).code, 500) << '"' << line << '"';
  }
}

TEST_F(Dispatch, Answers500ToALineOverTheLimitWhateverItBeginsWith) {
  EXPECT_EQ(dispatch({"FREE x", Line::Defect::too_long}).code, 500);
}

TEST_F(Dispatch, Answers501ToAStrayNul) {
  EXPECT_EQ(dispatch({std::string("FREE a\0b", 8), Line::Defect::nul}).code, 501);
  EXPECT_EQ(dispatch({std::string("XYZZY a\0b", 9), Line::Defect::nul}).code, 500);
}

TEST_F(Dispatch, Answers502ToAKnownVerbWithoutAHandler) {
  EXPECT_EQ(ask("LATER x").code, 502);
  session_.log_in({"bob", false, false});
  EXPECT_EQ(ask("LATER x").code, 502);
}

TEST_F(Dispatch, Answers530BeforeTheLoginAndLooksAtTheArgumentOnlyAfterIt) {
  EXPECT_EQ(ask("INSIDE x").code, 530);
  EXPECT_EQ(ask("INSIDE").code, 530);
  session_.log_in({"bob", false, false});
  EXPECT_EQ(ask("INSIDE x").code, 200);
  EXPECT_EQ(ask("INSIDE").code, 501);
}

TEST_F(Dispatch, Answers501ToAnArgumentTooManyOrTooFew) {
  EXPECT_EQ(ask("ALONE").code, 200);
  EXPECT_EQ(ask("ALONE ").code, 200);
  EXPECT_EQ(ask("ALONE x").code, 501);
  EXPECT_EQ(ask("TEXT").code, 501);
  EXPECT_EQ(ask("TEXT ").code, 501);
  EXPECT_EQ(ask("TEXT  ").code, 200);  // a blank is a name
}

TEST_F(Dispatch, HandsOnWhatTheReaderMadeOfTheArgument) {
  EXPECT_EQ(ask("NUMBER 42"), Reply(200, "42"));
  EXPECT_EQ(ask("NUMBER 43"), Reply(504, "Only 42"));
}

TEST_F(Dispatch, LetsACommandFollowOnlyRightBehindItsFirst) {
  EXPECT_EQ(ask("SECOND x").code, 503);
  EXPECT_EQ(ask("FIRST").code, 350);
  EXPECT_EQ(ask("SECOND x").code, 200);
  EXPECT_EQ(ask("SECOND x").code, 503);
}

TEST_F(Dispatch, ForgetsTheFirstOverAnyOtherLine) {
  for (const char* between : {"FREE", "XYZZY", "", "TEXT", "LATER x", "SECOND", "INSIDE x"}) {
    EXPECT_EQ(ask("FIRST").code, 350);
    ask(between);
    EXPECT_EQ(ask("SECOND x").code, 503) << "after \"" << between << '"';
  }
}

TEST_F(Dispatch, ChecksTheSequenceBeforeTheArgument) { EXPECT_EQ(ask("SECOND").code, 503); }

TEST_F(Dispatch, LetsTheSecondOfThreeSayWhatMayFollow) {
  ask("FIRST");
  EXPECT_EQ(ask("THIRD").code, 350);
  EXPECT_EQ(ask("SECOND x").code, 503);  // it follows FIRST, and that was not the last
}

TEST_F(Dispatch, Answers550ToAReaderWhoWantsToWrite) {
  session_.log_in({"eve", true, false});
  EXPECT_EQ(ask("CHANGE x").code, 550);
  EXPECT_EQ(ask("INSIDE x").code, 200);
  session_.log_in({"bob", false, false});
  EXPECT_EQ(ask("CHANGE x").code, 200);
}

TEST_F(Dispatch, TurnsWhatAHandlerThrowsIntoAReply) {
  EXPECT_EQ(ask("REFUSE"), Reply(553, "Not that name"));
  EXPECT_EQ(ask("GIVEUP").code, 451);
  EXPECT_EQ(ask("FALL").code, 451);
  const Reply full = ask("BREAK");
  EXPECT_EQ(full.code, 452);
  EXPECT_EQ(full.summary().find("/srv"), std::string::npos) << "the host's paths are nobody's business";
}

TEST_F(Dispatch, PassesOnWhatEndsTheSessionOrTheProgram) {
  EXPECT_THROW(ask("STOP"), Stopped);
  EXPECT_THROW(ask("TODO"), Todo);
}

TEST(CommandTable, LetsALaterRowReplaceAnEarlierOne) {
  const CommandTable earlier{{"A", {}, takes::text, nullptr, "old"}, {"B", {}, takes::text, nullptr, "kept"}};
  const CommandTable later{{"A", {}, takes::text, done, "new"}, {"C", {}, takes::text, done, "added"}};
  const CommandTable sum = earlier + later;
  EXPECT_EQ(sum.find("A")->syntax, "new");
  EXPECT_EQ(sum.find("B")->syntax, "kept");
  EXPECT_EQ(sum.find("C")->syntax, "added");
  EXPECT_EQ(sum.find("D"), nullptr);
  EXPECT_EQ(sum.rows().size(), 3U);
  EXPECT_EQ(earlier.find("A")->syntax, "old");
}

struct ErrorCase {
  int error;
  int code;
};
class ReplyFor : public testing::TestWithParam<ErrorCase> {};

TEST_P(ReplyFor, ChoosesTheCodeByWhetherItMaySucceedLater) {
  const std::error_code error(GetParam().error, std::generic_category());
  EXPECT_EQ(reply_for(error).code, GetParam().code) << error.message();
}

INSTANTIATE_TEST_SUITE_P(Errors, ReplyFor,
                         testing::Values(ErrorCase{ENOENT, 550}, ErrorCase{EACCES, 550}, ErrorCase{EPERM, 550},
                                         ErrorCase{EISDIR, 550}, ErrorCase{ENOTDIR, 550}, ErrorCase{EEXIST, 550},
                                         ErrorCase{ENOTEMPTY, 550}, ErrorCase{ELOOP, 550}, ErrorCase{EXDEV, 550},
                                         ErrorCase{EROFS, 550}, ErrorCase{ENAMETOOLONG, 553}, ErrorCase{ENOSPC, 452},
                                         ErrorCase{EDQUOT, 452}, ErrorCase{EBUSY, 450}, ErrorCase{ETXTBSY, 450},
                                         ErrorCase{EMFILE, 451}, ErrorCase{ENFILE, 451}, ErrorCase{EIO, 451}));

}  // namespace
}  // namespace kit
