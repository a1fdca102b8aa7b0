#include "accounts.h"

#include <ctime>
#include <string>

#include <gtest/gtest.h>

#include "arguments.h"
#include "temporary_directory.h"

namespace kit {
namespace {

using test::TemporaryDirectory;

// "secret", hashed by SHA-512 with few rounds and with many, and by MD5 as old files have it.
const std::string fast_hash = "$6$rounds=1000$kitsalt$"
                              "xouzQdM1/DeZm7KmcP5bg78SIANPG0tGHje5ugcMVmGOr3E4DOm8IWN.Rk5ywgPaBuZ0hlruoedTULyAggaPO.";
const std::string slow_hash = "$6$rounds=100000$kitsalt$"
                              "qJSDMQ/CnzUbpplfQskaUmCLt1dlyu11Ue7tufgCb8QFpnXJJEyweOA9Iy81X9j3.OvWsKwDSKr6sQjdCfKyc/";
const std::string old_hash = "$1$kitsalt$CLtVnhqrTSV2gD1x4dPcg/";

ServerOptions with_users(std::vector<AccountOption> users, AnonymousAccess anonymous = AnonymousAccess::off) {
  ServerOptions options;
  options.users = std::move(users);
  options.anonymous = anonymous;
  return options;
}

// The accounts of a users file with this content.
Accounts from_file(const std::string& content, std::vector<AccountOption> users = {}) {
  const TemporaryDirectory directory;
  directory.write("users", content);
  ServerOptions options = with_users(std::move(users));
  options.users_file = directory.string("users");
  return Accounts(options);
}

// What Accounts says of a users file that it refuses; "" if it accepts it.
std::string complaint(const std::string& content) {
  try {
    from_file(content);
    return "";
  } catch (const UsageError& error) {
    return error.what();
  }
}

TEST(Accounts, TakeTheRightPasswordAndNoOther) {
  const Accounts accounts(with_users({{"bob", "secret", false}}));
  const auto bob = accounts.verify("bob", "secret");
  ASSERT_TRUE(bob);
  EXPECT_EQ(bob->name, "bob");
  EXPECT_FALSE(bob->read_only);
  EXPECT_FALSE(bob->anonymous);
  for (const char* wrong : {"", "s", "secre", "secret ", "secrets", "Secret", "bob", "aecret", "secreu"}) {
    EXPECT_FALSE(accounts.verify("bob", wrong)) << wrong;
  }
}

TEST(Accounts, RefuseANameThatDoesNotExist) {
  const Accounts accounts(with_users({{"bob", "secret", false}}));
  for (const char* name : {"", "bo", "bobb", "Bob", "secret", "anonymous"}) {
    EXPECT_FALSE(accounts.verify(name, "secret")) << name;
  }
}

TEST(Accounts, KnowWhoMayOnlyRead) {
  const Accounts accounts(with_users({{"eve", "looks", true}}));
  EXPECT_TRUE(accounts.verify("eve", "looks").value().read_only);
}

TEST(Accounts, TakeAnEmptyPasswordOnlyWhereThatIsThePassword) {
  const Accounts accounts(with_users({{"open", "", false}, {"bob", "secret", false}}));
  EXPECT_TRUE(accounts.verify("open", ""));
  EXPECT_FALSE(accounts.verify("open", "x"));
  EXPECT_FALSE(accounts.verify("bob", ""));
}

TEST(Accounts, LetAnonymousInUnderBothNamesInAnyCaseWithAnyPassword) {
  const Accounts accounts(with_users({}, AnonymousAccess::read_write));
  for (const char* name : {"anonymous", "ftp", "FTP", "Anonymous"}) {
    EXPECT_TRUE(accounts.is_anonymous(name)) << name;
    const auto user = accounts.verify(name, "");
    ASSERT_TRUE(user) << name;
    EXPECT_TRUE(user->anonymous);
    EXPECT_FALSE(user->read_only);
  }
  EXPECT_FALSE(accounts.is_anonymous("anonymous2"));
  EXPECT_FALSE(accounts.verify("anonymous2", ""));
}

TEST(Accounts, GiveAnonymousOnlyWhatTheOptionsGrant) {
  const Accounts reading(with_users({}, AnonymousAccess::read_only));
  EXPECT_TRUE(reading.verify("ftp", "").value().read_only);
  const Accounts closed(with_users({}, AnonymousAccess::off));
  EXPECT_FALSE(closed.is_anonymous("ftp"));
  EXPECT_FALSE(closed.verify("ftp", ""));
}

TEST(Accounts, AskAnAccountNamedFtpForItsPassword) {
  const Accounts accounts(with_users({{"ftp", "secret", false}}, AnonymousAccess::read_only));
  EXPECT_FALSE(accounts.is_anonymous("ftp"));
  EXPECT_FALSE(accounts.verify("ftp", "guest@"));
  EXPECT_FALSE(accounts.verify("ftp", "secret").value().read_only);
  EXPECT_TRUE(accounts.is_anonymous("anonymous"));
}

TEST(Accounts, CompareHashesFromAFile) {
  const Accounts accounts = from_file("# people\n\nbob:" + fast_hash + "\r\neve:" + old_hash + ":ro\n");
  EXPECT_FALSE(accounts.verify("bob", "secret").value().read_only);
  EXPECT_TRUE(accounts.verify("eve", "secret").value().read_only);
  EXPECT_FALSE(accounts.verify("bob", "Secret"));
  EXPECT_FALSE(accounts.verify("bob", ""));
  EXPECT_FALSE(accounts.verify("bob", fast_hash)) << "a hash is not a password";
  EXPECT_FALSE(accounts.verify("# people", ""));
}

TEST(Accounts, StandPasswordsLongerThanAnyHashFunctionTakes) {
  const Accounts accounts = from_file("bob:" + fast_hash, {{"eve", "looks", false}});
  EXPECT_FALSE(accounts.verify("bob", std::string(4000, 's')));
  EXPECT_FALSE(accounts.verify("eve", std::string(4000, 's')));
  EXPECT_FALSE(accounts.verify("nobody", std::string(4000, 's')));
}

// CPU time, not the clock on the wall: the machine may be busy with something else.
double cpu_seconds_of(const Accounts& accounts, const std::string& name) {
  const std::clock_t begun = std::clock();
  EXPECT_FALSE(accounts.verify(name, "wrong"));
  return static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
}

TEST(Accounts, TakeAsLongForAnUnknownNameAsForAWrongPassword) {
  const Accounts accounts = from_file("bob:" + slow_hash, {{"eve", "looks", false}});
  const double known = cpu_seconds_of(accounts, "bob");
  EXPECT_GT(cpu_seconds_of(accounts, "nobody"), known / 4);
  EXPECT_GT(cpu_seconds_of(accounts, "eve"), known / 4);
}

TEST(Accounts, NameFileAndLineOfWhatIsWrong) {
  EXPECT_NE(complaint("#\nbob:" + fast_hash + "\nhunter2\n").find("users:3: expected NAME:HASH"), std::string::npos);
  EXPECT_NE(complaint(":" + fast_hash).find("users:1: expected NAME:HASH"), std::string::npos);
  EXPECT_NE(complaint("bob:hunter2").find("users:1: the password is no hash"), std::string::npos);
  EXPECT_NE(complaint("bob:").find("users:1: the password is no hash"), std::string::npos);
  EXPECT_NE(complaint("bob:$nope$x").find("users:1: the password is no hash"), std::string::npos);
  EXPECT_NE(complaint("bob:" + fast_hash + ":rw").find("users:1: behind the hash"), std::string::npos);
  EXPECT_NE(complaint("a:" + fast_hash + "\na:" + old_hash).find("users:2: there is an account"), std::string::npos);
}

TEST(Accounts, NeverQuoteWhatMayBeAPassword) {
  for (const char* content : {"hunter2", "bob:hunter2", ":hunter2", "bob:$1$kitsalt$x:hunter2"}) {
    EXPECT_NE(complaint(content), "") << content;
    EXPECT_EQ(complaint(content).find("hunter2"), std::string::npos) << content;
  }
}

TEST(Accounts, RefuseAFileThatCannotBeRead) {
  const TemporaryDirectory directory;
  ServerOptions options;
  options.users_file = directory.string("missing");
  EXPECT_THROW(Accounts{options}, UsageError);
  options.users_file = directory.string();  // a directory
  EXPECT_THROW(Accounts{options}, UsageError);
}

TEST(Accounts, RefuseTwoAccountsOfOneName) {
  EXPECT_THROW(Accounts(with_users({{"bob", "a", false}, {"bob", "b", false}})), UsageError);
}

}  // namespace
}  // namespace kit
