#include "extended_address.h"

#include <gtest/gtest.h>

namespace kit {
namespace {

TEST(ExtendedAddress, IsReadWithAnyDelimiter) {
  const ExtendedAddress four{1, "132.235.1.2", 6275};
  EXPECT_EQ(parse_extended_address("|1|132.235.1.2|6275|"), four);
  for (char delimiter = '!'; delimiter <= '~'; ++delimiter) {
    const std::string d(1, delimiter);
    const bool in_the_fields = std::string("1132.235.1.26275").find(delimiter) != std::string::npos;
    const auto expected = in_the_fields ? std::nullopt : std::optional(four);
    EXPECT_EQ(parse_extended_address(d + "1" + d + "132.235.1.2" + d + "6275" + d), expected) << d;
  }
}

TEST(ExtendedAddress, IsReadOfBothNetworks) {
  EXPECT_EQ(parse_extended_address("|2|1080::8:800:200C:417A|5282|"),
            (ExtendedAddress{2, "1080::8:800:200C:417A", 5282}));
  EXPECT_EQ(parse_extended_address("|2|::1|65535|"), (ExtendedAddress{2, "::1", 65535}));
  EXPECT_EQ(parse_extended_address("|1|127.0.0.1|1|"), (ExtendedAddress{1, "127.0.0.1", 1}));
}

TEST(ExtendedAddress, KeepsANetworkThatNobodyKnows) {
  EXPECT_EQ(parse_extended_address("|3|wherever|21|"), (ExtendedAddress{3, "wherever", 21}));
  EXPECT_EQ(parse_extended_address("|0|x|21|"), (ExtendedAddress{0, "x", 21}));
  EXPECT_EQ(parse_extended_address("|65535||21|"), (ExtendedAddress{65535, "", 21}));
}

TEST(ExtendedAddress, IsNothingElse) {
  for (const char* text : {"",
                           "|",
                           "||||",
                           "|1|127.0.0.1|21",
                           "1|127.0.0.1|21|",
                           "|1|127.0.0.1|21||",
                           "|1|127.0.0.1|21|x",
                           "|1|127.0.0.1|0|",
                           "|1|127.0.0.1|65536|",
                           "|1|127.0.0.1||",
                           "|1|127.0.0.1|-1|",
                           "|1|127.0.0.1|+1|",
                           "|1|127.0.0.1| 1|",
                           "|1|127.0.0.1|x|",
                           "|1|127.0.0|21|",
                           "|1|256.0.0.1|21|",
                           "|1|::1|21|",
                           "|1||21|",
                           "|1|localhost|21|",
                           "|1|127.0.0.1 |21|",
                           "|2|127.0.0.1|21|",
                           "|2|::g|21|",
                           "|2||21|",
                           "|2|[::1]|21|",
                           "||127.0.0.1|21|",
                           "|x|127.0.0.1|21|",
                           "|-1|127.0.0.1|21|",
                           "|65536|x|21|",
                           "|1,127.0.0.1,21,",
                           " 1 127.0.0.1 21 ",
                           "\t1\t127.0.0.1\t21\t",
                           "\x80"
                           "1\x80"
                           "127.0.0.1\x80"
                           "21\x80",
                           "127,0,0,1,4,210"}) {
    EXPECT_EQ(parse_extended_address(text), std::nullopt) << '"' << text << '"';
  }
}

TEST(ExtendedAddress, IsWrittenAsItIsRead) {
  EXPECT_EQ(format_extended_address(Address::resolve("127.0.0.1", 1234).front()), "|1|127.0.0.1|1234|");
  EXPECT_EQ(format_extended_address(Address::resolve("::1", 1234).front()), "|2|::1|1234|");
  EXPECT_EQ(format_extended_address(Address::resolve("::ffff:127.0.0.1", 1234).front()), "|1|127.0.0.1|1234|");
}

TEST(ExtendedPort, IsFoundInBracketsWhateverTheDelimiter) {
  EXPECT_EQ(format_extended_port(6446), "(|||6446|)");
  for (const char* text : {"(|||6446|)", "Entering Extended Passive Mode (|||6446|)", "(!!!6446!).", "a (b) (|||6446|)",
                           "mode (yes (|||6446|)", "(###6446#) (|||7|)"}) {
    EXPECT_EQ(find_extended_port(text), 6446) << text;
  }
  EXPECT_EQ(find_extended_port("(|||1|)"), 1);
  EXPECT_EQ(find_extended_port("(|||65535|)"), 65535);
}

TEST(ExtendedPort, IsNowhereElse) {
  for (const char* text :
       {"", "(", "()", "(|||)", "(||||)", "(|||0|)", "(|||65536|)", "(||6446|)", "(|||6446)", "|||6446|", "(|||64 46|)",
        "(|||6446|", "(   6446 )", "(127,0,0,1,4,210)", "(|||-1|)", "(|!|6446|)", "(|||6446!)"}) {
    EXPECT_EQ(find_extended_port(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace kit
