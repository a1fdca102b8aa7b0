#include "parameter_commands.h"

#include <string>

#include "session_fixture.h"
#include "transfer_parameters.h"

namespace kit {
namespace {

using namespace test;
using Type = TransferParameters::Type;
using Form = TransferParameters::Form;

class ParameterCommands : public SessionFixture {
 protected:
  ParameterCommands() : SessionFixture(parameter_commands()) { session_.log_in({"bob", false, false}); }

  void expect_codes(int code, std::initializer_list<const char*> lines) {
    for (const char* line : lines) {
      EXPECT_EQ(ask(line).code, code) << '"' << line << '"';
    }
  }
  const TransferParameters& parameters() { return session_.part<TransferParameters>(); }
};

TEST_F(ParameterCommands, BeginWithAsciiNonPrint) {
  EXPECT_EQ(parameters().type, Type::ascii);
  EXPECT_EQ(parameters().form, Form::non_print);
}

TEST_F(ParameterCommands, SetTheTypesThatAreOffered) {
  expect_codes(200,
               {"TYPE A", "TYPE a", "TYPE A N", "TYPE a n", "TYPE A T", "TYPE I", "TYPE i", "TYPE L 8", "TYPE l 8"});
}

TEST_F(ParameterCommands, KeepTheTypeTheySet) {
  ask("TYPE I");
  EXPECT_EQ(parameters().type, Type::image);
  ask("TYPE A");
  EXPECT_EQ(parameters().type, Type::ascii);
  ask("TYPE L 8");
  EXPECT_EQ(parameters().type, Type::image) << "eight bits to a byte is what an image has here";
}

TEST_F(ParameterCommands, GoBackToNonPrintWhereNoFormIsGiven) {
  ask("TYPE A T");
  EXPECT_EQ(parameters().form, Form::telnet);
  ask("TYPE A");
  EXPECT_EQ(parameters().form, Form::non_print);
}

TEST_F(ParameterCommands, Answer504ToTypesThatExistButAreNotOffered) {
  expect_codes(504, {"TYPE E", "TYPE e n", "TYPE E T", "TYPE E C", "TYPE A C", "TYPE L 36", "TYPE L 1", "TYPE L 255"});
}

TEST_F(ParameterCommands, Answer501ToTypesThatDoNotExist) {
  expect_codes(501, {"TYPE", "TYPE ", "TYPE X", "TYPE L", "TYPE L x", "TYPE L 0", "TYPE L 256", "TYPE L -8",
                     "TYPE L 8 8", "TYPE L  8", "TYPE I N", "TYPE A X", "TYPE A  N", "TYPE A N N", "TYPE AN", "TYPE  A",
                     "TYPE A ", "TYPE L8", "TYPE E X"});
}

TEST_F(ParameterCommands, LeaveTheTypeAsItWasWhenTheyRefuse) {
  ask("TYPE I");
  for (const char* line : {"TYPE E", "TYPE A C", "TYPE X", "TYPE L 36", "TYPE"}) {
    ask(line);
    EXPECT_EQ(parameters().type, Type::image) << line;
  }
}

TEST_F(ParameterCommands, OfferStreamModeAndFileStructureOnly) {
  expect_codes(200, {"MODE S", "MODE s", "STRU F", "STRU f"});
  expect_codes(504, {"MODE B", "MODE c", "STRU R", "STRU p"});
  expect_codes(501,
               {"MODE", "MODE X", "MODE SS", "MODE S S", "MODE  S", "MODE BC", "STRU", "STRU X", "STRU FF", "STRU RP"});
}

TEST_F(ParameterCommands, FindAllocationSuperfluous) {
  expect_codes(202, {"ALLO 0", "ALLO 1024", "ALLO 99999999999999999999999", "ALLO 1024 R 80", "ALLO 1024 r 80"});
  expect_codes(501, {"ALLO", "ALLO x", "ALLO -1", "ALLO 1x", "ALLO 1 R", "ALLO 1 R ", "ALLO 1 R x", "ALLO R 80",
                     "ALLO  1", "ALLO 1 2", "ALLO 1 R 2 R 3"});
}

TEST_F(ParameterCommands, WantALogin) {
  session_.log_out();
  expect_codes(530, {"TYPE I", "MODE S", "STRU F", "ALLO 1", "TYPE", "TYPE X"});
}

}  // namespace
}  // namespace kit
