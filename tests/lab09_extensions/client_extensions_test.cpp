#include <sys/stat.h>

#include <array>
#include <cstdlib>

#include <gtest/gtest.h>

#include "arguments.h"
#include "extended_shell_fixture.h"
#include "netrc.h"
#include "retry.h"

namespace kit {
namespace {

using namespace test;

ClientOptions parse(std::vector<std::string> words) {
  words.insert(words.begin(), "ftp_client");
  std::vector<char*> arguments;
  for (std::string& word : words) {
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);
  return parse_client_options(static_cast<int>(words.size()), arguments.data(), extended_options());
}

class ClientExtensions : public ExtendedShellTest {
 protected:
  ClientExtensions() { ::setenv("HOME", folder.c_str(), 1); }

  void write_netrc(const std::string& name, const std::string& text, mode_t mode = 0600) const {
    write(name, text);
    EXPECT_EQ(::chmod(local(name).c_str(), mode), 0);
  }

  // Opens a session as the options say, while the server greets and plays `script`.
  void open(const std::vector<std::string>& words, std::function<void()> script, Destination destination = {}) {
    server.play([this, script = std::move(script)] {
      server.say("220 Hello\r\n");
      script();
    });
    prepare_extensions(extended, parse(words));
    destination.host = "127.0.0.1";
    destination.port = server.port();
    open_session(extended, destination);
  }
};

TEST_F(ClientExtensions, OptionsSetWhatTheyName) {
  prepare_extensions(extended, parse({"--retries", "7"}));
  EXPECT_EQ(extended.part<RetrySettings>().most, 7);
  EXPECT_TRUE(extended.part<PromptSettings>().asks);
  prepare_extensions(extended, parse({"-e", "pwd", "host"}));
  EXPECT_EQ(extended.part<RetrySettings>().most, 0);
  EXPECT_FALSE(extended.part<PromptSettings>().asks) << "-e runs unattended";
  for (const char* number : {"", "-1", "1001", "x"}) {
    EXPECT_THROW(parse({"--retries", number}), UsageError) << number;
  }
}

TEST_F(ClientExtensions, RetriesCanBeSetByACommand) {
  extended.run_line("retries 3");
  extended.run_line("retries");
  extended.run_line("retries many");
  EXPECT_EQ(output.content(), "retries: 3\nretries: 3\n");
  EXPECT_TRUE(extended.failed());
}

TEST_F(ClientExtensions, TheNetrcAtHomeSaysWhoToBe) {
  write_netrc(".netrc", "machine 127.0.0.1 login bob password secret");
  open({}, [&] {
    server.answer("USER bob", "331 Password");
    server.answer("PASS secret", "230 Welcome");
  });
}

TEST_F(ClientExtensions, TheAccountIsSentWhereTheServerAsksForIt) {
  write_netrc("rc", "default login bob password secret account acc");
  open({"--netrc", local("rc")}, [&] {
    server.answer("USER bob", "331 Password");
    server.answer("PASS secret", "332 Account");
    server.answer("ACCT acc", "230 Welcome");
  });
}

TEST_F(ClientExtensions, AUserWhoIsNamedGetsThatUsersPassword) {
  write_netrc(".netrc", "machine 127.0.0.1 login bob password wrong machine 127.0.0.1 login alice password right");
  open({},
       [&] {
         server.answer("USER alice", "331 Password");
         server.answer("PASS right", "230 Welcome");
       },
       {.host = {}, .user = "alice", .password = {}, .path = {}});
}

TEST_F(ClientExtensions, WhatIsGivenIsNotLookedUp) {
  write_netrc(".netrc", "default login bob password secret");
  open({},
       [&] {
         server.answer("USER bob", "331 Password");
         server.answer("PASS mine", "230 Welcome");
       },
       {.host = {}, .user = "bob", .password = "mine", .path = {}});
}

TEST_F(ClientExtensions, WithoutNetrcItIsAnonymous) {
  write_netrc(".netrc", "default login bob password secret");
  open({"-n"}, [&] { server.answer("USER anonymous", "230 Welcome"); });
}

TEST_F(ClientExtensions, ANetrcThatIsNamedHasToBeThereAndSecret) {
  write_netrc("open", "default login bob password secret", 0644);
  for (const char* name : {"open", "missing"}) {
    prepare_extensions(extended, parse({"--netrc", local(name)}));
    EXPECT_THROW(open_session(extended, {"127.0.0.1", server.port(), {}, {}, {}}), NetrcError) << name;
  }
}

TEST_F(ClientExtensions, ASessionCanBeOpenedAgainAsItWas) {
  open({"-n"}, [&] {
    server.answer("USER anonymous", "331 Password");
    server.answer("PASS anonymous@", "230 Welcome");
    server.answer("USER bob", "331 Password");
    server.answer("PASS secret", "230 Welcome");
  });
  extended.run_line("user bob secret");
  const Destination& last = extended.part<LastSession>().destination;
  EXPECT_EQ(last.user, "bob");
  EXPECT_EQ(last.password, "secret");
  EXPECT_EQ(last.port, server.port());
}

}  // namespace
}  // namespace kit
