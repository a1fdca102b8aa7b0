#include "host_name.h"

#include <unistd.h>

#include <array>
#include <climits>
#include <string>

#include <gtest/gtest.h>

#include "greeting_commands.h"

namespace kit::test {
namespace {

TEST(HostName, IsReadInOneSpelling) {
  EXPECT_EQ(parse_host("ftp.example"), "ftp.example");
  EXPECT_EQ(parse_host("FTP.Example"), "ftp.example");
  EXPECT_EQ(parse_host("localhost"), "localhost");
  EXPECT_EQ(parse_host("3com.example"), "3com.example");
  EXPECT_EQ(parse_host("xn--bcher-kva.example"), "xn--bcher-kva.example");
  EXPECT_EQ(parse_host("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(parse_host("[::1]"), "::1");
  EXPECT_EQ(parse_host("[2001:DB8:0:0:0:0:0:1]"), "2001:db8::1");
}

TEST(HostName, IsNothingElse) {
  const std::string long_label(64, 'a');
  for (const std::string& text : {std::string(""),
                                  std::string("a."),
                                  std::string(".a"),
                                  std::string("a..b"),
                                  std::string("-a"),
                                  std::string("a-"),
                                  std::string("a_b"),
                                  std::string("a b"),
                                  std::string("localhost:21"),
                                  std::string("192.0.2.7:21"),
                                  std::string("192.0.2"),
                                  std::string("192.0.2.256"),
                                  std::string("1.2.3.4.5"),
                                  std::string("::1"),
                                  std::string("[::1"),
                                  std::string("::1]"),
                                  std::string("[]"),
                                  std::string("[192.0.2.7]"),
                                  std::string("[::1]:21"),
                                  std::string("[::g]"),
                                  std::string("b\xC3\xBC.example"),
                                  std::string("a/b"),
                                  long_label + ".example"}) {
    EXPECT_FALSE(parse_host(text)) << text;
  }
}

TEST(HostName, HasItsLimits) {
  EXPECT_TRUE(parse_host(std::string(63, 'a') + ".example"));
  std::string longest;
  for (int i = 0; i < 126; ++i) {
    longest += "a.";
  }
  EXPECT_TRUE(parse_host(longest + "a")) << "253 bytes";
  EXPECT_FALSE(parse_host(longest + "aa"));
}

TEST(HostName, IsAnsweredToWhereItIsOurs) {
  const Address loopback = Address::resolve("127.0.0.1", 21).front();
  EXPECT_TRUE(answers_to("127.0.0.1", loopback));
  EXPECT_TRUE(answers_to("localhost", loopback));
  EXPECT_FALSE(answers_to("127.0.0.2", loopback));
  EXPECT_FALSE(answers_to("ftp.example", loopback));
  EXPECT_TRUE(answers_to("::1", Address::resolve("::1", 21).front()));
  const Address other = Address::resolve("192.0.2.7", 21).front();
  EXPECT_TRUE(answers_to("192.0.2.7", other));
  EXPECT_FALSE(answers_to("localhost", other)) << "that client is not on this machine";
  std::array<char, HOST_NAME_MAX + 1> machine{};
  ASSERT_EQ(::gethostname(machine.data(), machine.size() - 1), 0);
  if (const auto own = parse_host(machine.data())) {
    EXPECT_TRUE(answers_to(*own, other));
  }
}

TEST(LanguageTag, IsWordsOfLettersAndDigits) {
  for (const char* tag : {"en", "EN-GB", "fr", "x-klingon", "zh-Hant-TW", "i-1", "abcdefgh"}) {
    EXPECT_TRUE(is_language_tag(tag)) << tag;
  }
  for (const char* text :
       {"", "-", "en-", "-en", "en--gb", "en gb", "e1", "abcdefghi", "en-abcdefghi", "en_GB", "\xE9"}) {
    EXPECT_FALSE(is_language_tag(text)) << text;
  }
}

}  // namespace
}  // namespace kit::test
