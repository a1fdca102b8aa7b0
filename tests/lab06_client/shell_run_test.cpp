#include <gtest/gtest.h>

#include <ostream>

#include "paper.h"
#include "shell.h"

namespace kit {
namespace {

using namespace test;

// What a person types, and what is on the screen at the end.
struct Conversation {
  std::string typed;
  std::string shown;
  bool failed;

  friend void PrintTo(const Conversation& conversation, std::ostream* out) {
    *out << testing::PrintToString(conversation.typed.substr(0, 40));
  }
};

class ShellRun : public testing::TestWithParam<Conversation> {};

TEST_P(ShellRun, PromptsUntilItEnds) {
  Waiter waiter;
  Client client(waiter);
  const Paper input(GetParam().typed);
  const Paper output;
  const Paper errors;
  Console console(waiter, input.descriptor(), output.descriptor(), errors.descriptor());
  Shell shell(client, console, all_shell_commands());
  shell.run();
  console.flush();
  EXPECT_EQ(output.content(), GetParam().shown);
  EXPECT_EQ(shell.failed(), GetParam().failed);
}

INSTANTIATE_TEST_SUITE_P(
    Ends, ShellRun,
    testing::Values(Conversation{"", "ftp> \n", false}, Conversation{"quit\n", "ftp> ", false},
                    Conversation{"quit", "ftp> ", false}, Conversation{"\n \n", "ftp> ftp> ftp> \n", false},
                    Conversation{"exit\nverbose\n", "ftp> ", false}, Conversation{"what\nbye\r\n", "ftp> ftp> ", true},
                    Conversation{"verbose\nverbose", "ftp> verbose: on\nftp> verbose: off\nftp> \n", false},
                    Conversation{"\"\nquit\n", "ftp> ftp> ", true},
                    Conversation{std::string(100'000, 'x') + "\nquit\n", "ftp> ftp> ", true}));

TEST(ShellTable, LetsALaterRowReplaceAnEarlierOne) {
  const ShellTable first{{"a b", "", Needs::nothing, 0, 0, nullptr, "old"},
                         {"c", "", Needs::nothing, 0, 0, nullptr, ""}};
  const ShellTable second{{"a", "", Needs::nothing, 0, 0, nullptr, "new"},
                          {"d", "", Needs::nothing, 0, 0, nullptr, ""}};
  const ShellTable sum = first + second;
  ASSERT_EQ(sum.rows().size(), 3U);
  EXPECT_EQ(sum.find("A")->help, "new");
  EXPECT_EQ(sum.find("b"), nullptr);
  EXPECT_EQ(sum.find(""), nullptr);
  EXPECT_NE(sum.find("d"), nullptr);
}

}  // namespace
}  // namespace kit
