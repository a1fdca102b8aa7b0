#include "command.h"

#include <string>

#include <gtest/gtest.h>

namespace kit {
namespace {

TEST(ParseCommand, TakesAVerbAloneInUpperCase) {
  const auto command = parse_command("nOoP");
  ASSERT_TRUE(command);
  EXPECT_EQ(command->verb, "NOOP");
  EXPECT_FALSE(command->argument);
}

TEST(ParseCommand, GivesTheArgumentBehindOneSpace) {
  const auto command = parse_command("user Bob");
  ASSERT_TRUE(command);
  EXPECT_EQ(command->verb, "USER");
  EXPECT_EQ(command->argument, "Bob");
}

TEST(ParseCommand, LeavesEveryOtherBlankToTheArgument) {
  EXPECT_EQ(parse_command("CWD  a  b ").value().argument, " a  b ");
  EXPECT_EQ(parse_command("CWD   ").value().argument, "  ");
  EXPECT_EQ(parse_command("CWD \ta").value().argument, "\ta");
}

TEST(ParseCommand, TellsNoArgumentFromAnEmptyOne) {
  EXPECT_FALSE(parse_command("PASS").value().argument);
  EXPECT_EQ(parse_command("PASS ").value().argument, "");
}

TEST(ParseCommand, KeepsEveryByteOfTheArgument) {
  for (int value = 0; value < 256; ++value) {
    const std::string argument = std::string("a") + static_cast<char>(value) + "b";
    EXPECT_EQ(parse_command("RETR " + argument).value().argument, argument) << "byte " << value;
  }
}

TEST(ParseCommand, FindsNoVerbWhereTheLineDoesNotBeginWithOne) {
  for (const char* line : {"", " ", " NOOP", "  ", "\tNOOP", "1NOOP", "-", "\r"}) {
    EXPECT_FALSE(parse_command(line)) << '"' << line << '"';
  }
}

// What stands behind the letters decides: another letter belongs to the verb, a space ends it, all else spoils it.
TEST(ParseCommand, EndsAVerbAtASpaceAndNowhereElse) {
  for (int value = 0; value < 256; ++value) {
    const char byte = static_cast<char>(value);
    const auto command = parse_command(std::string("CWD") + byte + "x");
    if (byte == ' ') {
      EXPECT_EQ(command.value().verb, "CWD");
      EXPECT_EQ(command.value().argument, "x");
    } else if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')) {
      EXPECT_EQ(command.value().verb.size(), 5U) << "byte " << value;
      EXPECT_EQ(command.value().verb.substr(0, 3), "CWD");
    } else {
      EXPECT_FALSE(command) << "byte " << value;
    }
  }
}

}  // namespace
}  // namespace kit
