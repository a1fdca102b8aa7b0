#include "completion.h"

#include <gtest/gtest.h>

#include "command_line.h"
#include "extended_shell_commands.h"

namespace kit {
namespace {

using Point = CompletionPoint;

const ShellTable& table() {
  static const ShellTable commands = session_shell_commands() + transfer_shell_commands() + remote_shell_commands() +
                                     local_shell_commands() + resume_shell_commands() + multiple_shell_commands();
  return commands;
}

TEST(CompletionPoint, TheWordBeforeTheCursor) {
  EXPECT_EQ(completion_point(""), (Point{0, "", 0, ""}));
  EXPECT_EQ(completion_point("  ge"), (Point{2, "ge", 0, ""}));
  EXPECT_EQ(completion_point("get "), (Point{4, "", 1, "get"}));
  EXPECT_EQ(completion_point("get fi"), (Point{4, "fi", 1, "get"}));
  EXPECT_EQ(completion_point("get a  b/c"), (Point{7, "b/c", 2, "get"}));
}

TEST(CompletionPoint, OptionsDoNotCount) {
  EXPECT_EQ(completion_point("get -r di"), (Point{7, "di", 1, "get"}));
  EXPECT_EQ(completion_point("get -"), (Point{4, "-", 1, "get"})) << "not yet known to be one";
}

TEST(CompletionPoint, QuotesAndBackslashes) {
  EXPECT_EQ(completion_point("get a\\ b"), (Point{4, "a b", 1, "get"}));
  EXPECT_EQ(completion_point("get \"a b"), (Point{4, "a b", 1, "get"}));
  EXPECT_EQ(completion_point("get 'a\\ b"), (Point{4, "a\\ b", 1, "get"}));
  EXPECT_EQ(completion_point("get \"a b\"c d"), (Point{11, "d", 2, "get"}));
  EXPECT_EQ(completion_point("get a\\"), (Point{4, "a", 1, "get"}));
  EXPECT_EQ(completion_point("get \"\""), (Point{4, "", 1, "get"}));
}

TEST(Completes, ByThePlaceInTheLine) {
  const auto at = [](std::string_view line) { return what_completes(table(), completion_point(line)); };
  EXPECT_EQ(at("g"), Completes::command);
  EXPECT_EQ(at("help g"), Completes::command);
  EXPECT_EQ(at("get "), Completes::remote);
  EXPECT_EQ(at("get a "), Completes::local);
  EXPECT_EQ(at("get a b "), Completes::nothing);
  EXPECT_EQ(at("GET -r "), Completes::remote);
  EXPECT_EQ(at("put "), Completes::local);
  EXPECT_EQ(at("put a "), Completes::remote);
  EXPECT_EQ(at("mput a b c "), Completes::local);
  EXPECT_EQ(at("mget a b c "), Completes::remote);
  EXPECT_EQ(at("cd "), Completes::remote);
  EXPECT_EQ(at("lcd "), Completes::local);
  EXPECT_EQ(at("rename a "), Completes::remote);
  EXPECT_EQ(at("ls -l "), Completes::remote);
  EXPECT_EQ(at("quit "), Completes::nothing);
  EXPECT_EQ(at("open "), Completes::nothing);
  EXPECT_EQ(at("nonsense "), Completes::nothing);
  EXPECT_EQ(at("! l"), Completes::nothing);
}

TEST(TypedWord, IsReadBackAsItWas) {
  for (const char* text : {"plain", "a b", "tab\there", "it's", "\"q\"", "back\\slash", "\xC3\xBC\xFF", "a;b"}) {
    EXPECT_EQ(split_words(typed_word(text)), std::vector<std::string>{text});
  }
}

TEST(CommonBeginning, ByWholeCharacters) {
  EXPECT_EQ(common_beginning({}), "");
  EXPECT_EQ(common_beginning({"one"}), "one");
  EXPECT_EQ(common_beginning({"file1", "file2", "fix"}), "fi");
  EXPECT_EQ(common_beginning({"a", "b"}), "");
  EXPECT_EQ(common_beginning({"a\xC3\xBC", "a\xC3\xA4"}), "a") << "two characters with the same first byte";
  EXPECT_EQ(common_beginning({"abc", "ab"}), "ab");
}

}  // namespace
}  // namespace kit
