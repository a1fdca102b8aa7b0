#include <pty.h>

#include <gtest/gtest.h>

#include "extended_shell_fixture.h"

namespace kit {
namespace {

using namespace test;

class Multiple : public ExtendedShellTest {
 protected:
  Multiple() {
    before = std::filesystem::current_path();
    std::filesystem::current_path(folder);
  }
  ~Multiple() override { std::filesystem::current_path(before); }

  void begin_get(const std::string& name, const std::string& bytes) {
    server.answer("TYPE I", "200 Binary");
    send_data("RETR " + name, bytes);
  }

  std::filesystem::path before;
};

TEST_F(Multiple, MgetFetchesAllThatFit) {
  connect([&] {
    answer_features();
    send_data("MLSD", "type=file; b.c\r\ntype=dir; d.c\r\ntype=file; a.c\r\ntype=file; x\r\n");
    begin_get("a.c", "a");
    send_data("RETR b.c", "b");
    send_data("RETR pub/y", "y");
  });
  extended.run_line("mget *.c pub/y");
  EXPECT_EQ(errors.content(), "");
  EXPECT_EQ(content("a.c") + content("b.c") + content("y"), "aby");
}

TEST_F(Multiple, WhatFailsIsToldAndTheRestComes) {
  connect([&] {
    server.answer("TYPE I", "200 Binary");
    {
      const TcpStream data = server.passive();
      server.answer("RETR a", "550 No");
    }
    send_data("RETR b", "b");
    answer_features("500 What?");
    send_data("NLST", "");
  });
  extended.run_line("mget a b .. *.c");
  EXPECT_EQ(content("b"), "b");
  EXPECT_EQ(errors.content(), "a: 550 No\n"
                              "..: ..: not a safe name for a local file: give one of your own behind it\n"
                              "*.c: no remote file fits *.c\n");
}

TEST_F(Multiple, ALostConnectionEndsIt) {
  connect([&] {
    server.answer("TYPE I", "200 Binary");
    const TcpStream data = server.passive();
    EXPECT_EQ(server.hear(), "RETR a");
    server.hang_up();
  });
  extended.run_line("mget a b c");
  EXPECT_EQ(errors.content(), "mget: the server closed the connection\n");
}

TEST_F(Multiple, MputSendsUnderTheLastPartOfTheName) {
  std::filesystem::create_directory("sub");
  write("sub/1.c", "one");
  write("sub/2.c", "two");
  std::vector<std::string> came;
  connect([&] {
    server.answer("TYPE I", "200 Binary");
    came.push_back(take_data("STOR 1.c"));
    came.push_back(take_data("STOR 2.c"));
  });
  extended.run_line("mput sub/*.c missing");
  server.finish();
  EXPECT_EQ(came, (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(errors.content(), "missing: missing: No such file or directory\n");
}

TEST_F(Multiple, MdeleteDeletesWhatFits) {
  connect([&] {
    answer_features("500 What?");
    send_data("NLST", "a\r\n../b\r\nc\r\n");
    server.answer("DELE a", "250 Gone");
    server.answer("DELE c", "550 No");
  });
  extended.run_line("mdelete *");
  const std::string told = errors.content();
  EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 2) << told;
}

TEST_F(Multiple, PromptSwitches) {
  extended.run_line("prompt");
  extended.run_line("prompt");
  EXPECT_EQ(output.content(), "prompt: off\nprompt: on\n");
}

// The same shell, with a person in front of it.
class MultipleAtATerminal : public Multiple {
 protected:
  MultipleAtATerminal() {
    int keyboard = -1;
    int terminal = -1;
    EXPECT_EQ(::openpty(&keyboard, &terminal, nullptr, nullptr, nullptr), 0);
    keyboard_.reset(keyboard);
    terminal_.reset(terminal);
    person_.emplace(waiter, terminal, output.descriptor(), errors.descriptor());
    asked_.emplace(client, *person_, extended_commands);
  }
  void mdelete(const std::string& answers) {
    EXPECT_EQ(::write(keyboard_.get(), answers.data(), answers.size()), static_cast<ssize_t>(answers.size()));
    asked_->run_line("mdelete a b c");
  }

  FileDescriptor keyboard_;
  FileDescriptor terminal_;
  std::optional<Console> person_;
  std::optional<Shell> asked_;
};

TEST_F(MultipleAtATerminal, EachFileIsAskedFor) {
  connect([&] {
    server.answer("DELE a", "250 Gone");
    server.answer("DELE c", "250 Gone");
  });
  mdelete("y\nx\nn\n\n");
  EXPECT_EQ(output.content(), "mdelete a? [y]es, [n]o, [a]ll, [q]uit mdelete b? [y]es, [n]o, [a]ll, [q]uit "
                              "mdelete b? [y]es, [n]o, [a]ll, [q]uit mdelete c? [y]es, [n]o, [a]ll, [q]uit ");
}

TEST_F(MultipleAtATerminal, AllOfTheRestAndNoneOfIt) {
  connect([&] {
    server.answer("DELE b", "250 Gone");
    server.answer("DELE c", "250 Gone");
  });
  mdelete("N\nA\n");
  mdelete("q\n");
}

TEST_F(MultipleAtATerminal, WithoutPromptNobodyIsAsked) {
  connect([&] {
    server.answer("DELE a", "250 Gone");
    server.answer("DELE b", "250 Gone");
    server.answer("DELE c", "250 Gone");
  });
  asked_->part<PromptSettings>().asks = false;
  mdelete("");
  EXPECT_EQ(output.content(), "");
}

using FactsCommands = Multiple;

TEST_F(FactsCommands, SizeAndModtime) {
  connect([&] {
    answer_size("a", "213 1");
    server.answer("MDTM a", "213 20240229120000.123");
    server.answer("MDTM a", "213 soon");
  });
  extended.run_line("size a");
  extended.run_line("modtime a");
  extended.run_line("modtime a");
  EXPECT_EQ(output.content(), "a: 1 byte\na: 2024-02-29 12:00:00 UTC\n");
  EXPECT_EQ(errors.content(), "modtime: no time in the answer to MDTM: 213 soon\n");
}

TEST_F(FactsCommands, MlsAndMlst) {
  connect([&] {
    send_data("MLSD d", "type=file; a\r\n");
    server.answer("MLST", "250-Here\r\n type=dir; /\r\n250 End");
  });
  extended.run_line("mls d");
  extended.run_line("mlst");
  EXPECT_EQ(output.content(), "type=file; a\ntype=dir; /\n");
}

TEST_F(FactsCommands, NewerFetchesWhatIsNewerOrNotHere) {
  write("here", "old");
  connect([&] {
    server.answer("MDTM here", "213 20000101000000");
    server.answer("MDTM here", "213 22991231235959");
    server.answer("TYPE I", "200 Binary");
    send_data("RETR here", "new");
    server.answer("MDTM missing", "213 20000101000000");
    send_data("RETR missing", "came");
  });
  extended.run_line("newer here");
  EXPECT_EQ(content("here"), "old");
  extended.run_line("newer here");
  EXPECT_EQ(content("here"), "new");
  extended.run_line("newer missing");
  EXPECT_EQ(content("missing"), "came");
}

}  // namespace
}  // namespace kit
