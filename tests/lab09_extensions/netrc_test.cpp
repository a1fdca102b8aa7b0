#include "netrc.h"

#include <sys/stat.h>

#include <gtest/gtest.h>

#include "temporary_directory.h"

namespace kit {
namespace {

using Entries = std::vector<NetrcEntry>;

TEST(Netrc, ReadsMachinesInTheirOrder) {
  EXPECT_EQ(
      parse_netrc("machine a.example login alice password secret\n"
                  "machine b.example\n\tlogin bob\n\tpassword pw\n\taccount acc\n"
                  "default login anonymous password me@here"),
      (Entries{{"a.example", "alice", "secret"}, {"b.example", "bob", "pw", "acc"}, {"", "anonymous", "me@here"}}));
  EXPECT_EQ(parse_netrc(""), Entries{});
  EXPECT_EQ(parse_netrc(" \n\t\r\n"), Entries{});
  EXPECT_EQ(parse_netrc("machine m"), (Entries{{"m"}}));
}

TEST(Netrc, QuotesAndBackslashes) {
  EXPECT_EQ(parse_netrc("machine m login \"a b\" password \"q\\\"\\\\ \"").at(0), (NetrcEntry{"m", "a b", "q\"\\ "}));
  EXPECT_EQ(parse_netrc("machine m password a\\ b#c").at(0).password, "a b#c");
  EXPECT_EQ(parse_netrc("machine m password \"\" login x").at(0), (NetrcEntry{"m", "x", ""}));
  EXPECT_EQ(parse_netrc("machine m login in\"side").at(0).login, "in\"side");
  EXPECT_EQ(parse_netrc("machine m password #hash").at(0).password, "#hash") << "a password, not a comment";
}

TEST(Netrc, PassesOverCommentsAndMacros) {
  EXPECT_EQ(parse_netrc("# machine x\nmachine m # login y\nlogin z\n#").at(0), (NetrcEntry{"m", "z"}));
  EXPECT_EQ(parse_netrc("machine m login a\nmacdef init\ncd /\npassword no\n\npassword yes"),
            (Entries{{"m", "a", "yes"}}));
  EXPECT_EQ(parse_netrc("machine m\nmacdef x\nlogin no\r\n\r\nlogin yes").at(0).login, "yes");
  EXPECT_EQ(parse_netrc("macdef x\nmachine never"), Entries{});
  EXPECT_EQ(parse_netrc("macdef x"), Entries{});
  EXPECT_EQ(parse_netrc("macdef"), Entries{});
}

TEST(Netrc, RefusesWhatItDoesNotUnderstand) {
  for (const char* text : {"machine", "machine m login", "machine m password", "machine m account", "login a",
                           "machine m user a", "machine m password \"open", "machine \"", "nonsense"}) {
    EXPECT_THROW(parse_netrc(text), NetrcError) << text;
  }
}

TEST(Netrc, ErrorsHoldNoPassword) {
  try {
    parse_netrc("machine m login a password very secret");
    FAIL();
  } catch (const NetrcError& error) {
    EXPECT_EQ(std::string(error.what()).find("secret"), std::string::npos) << error.what();
  }
}

TEST(Netrc, TheFirstEntryThatFits) {
  const Entries entries =
      parse_netrc("machine a login one machine A login two machine b login three default login four");
  const auto login = [&](std::string_view host, std::string_view user) {
    const NetrcEntry* entry = find_entry(entries, host, user);
    return entry == nullptr ? "none" : entry->login;
  };
  EXPECT_EQ(login("a", ""), "one");
  EXPECT_EQ(login("A", ""), "one");
  EXPECT_EQ(login("a", "two"), "two");
  EXPECT_EQ(login("b", ""), "three");
  EXPECT_EQ(login("c", ""), "four");
  EXPECT_EQ(login("b", "four"), "four");
  EXPECT_EQ(login("b", "five"), "none");
  EXPECT_EQ(login("a.b", "one"), "none");
}

class NetrcFile : public testing::Test {
 protected:
  std::string with(const std::string& content, mode_t mode) {
    folder_.write("netrc", content);
    EXPECT_EQ(::chmod(folder_.string("netrc").c_str(), mode), 0);
    return folder_.string("netrc");
  }
  test::TemporaryDirectory folder_;
};

TEST_F(NetrcFile, APasswordIsForItsOwnerAlone) {
  const std::string secret = "machine m login a password b";
  EXPECT_EQ(read_netrc(with(secret, 0600))->size(), 1U);
  EXPECT_EQ(read_netrc(with(secret, 0400))->size(), 1U);
  for (const mode_t mode : {0644U, 0640U, 0660U, 0604U, 0620U, 0601U}) {
    EXPECT_THROW(read_netrc(with(secret, mode)), NetrcError) << std::oct << mode;
  }
}

TEST_F(NetrcFile, WithoutASecretAnybodyMayReadIt) {
  EXPECT_EQ(read_netrc(with("machine m login a", 0644))->size(), 1U);
  EXPECT_EQ(read_netrc(with("default login anonymous password me@here", 0644))->size(), 1U);
}

TEST_F(NetrcFile, WhatIsNoFile) {
  EXPECT_EQ(read_netrc(folder_.string("missing")), std::nullopt);
  EXPECT_THROW(read_netrc(folder_.string()), NetrcError);
  folder_.make_fifo("fifo");
  EXPECT_THROW(read_netrc(folder_.string("fifo")), NetrcError);
  EXPECT_THROW(read_netrc(with(std::string((std::size_t{1} << 20U) + 5000, '#'), 0600)), NetrcError);
}

}  // namespace
}  // namespace kit
