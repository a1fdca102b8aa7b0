#include "path_commands.h"

#include "files_fixture.h"

namespace kit::test {
namespace {

class RenameCommands : public FilesFixture {};

TEST_F(RenameCommands, RenameInTwoSteps) {
  tree_.write("root/a", "text");
  tree_.make_directory("root/d");
  EXPECT_EQ(code("RNFR a"), 350);
  EXPECT_EQ(code("RNTO d/b"), 250);
  EXPECT_FALSE(tree_.has("root/a"));
  EXPECT_EQ(tree_.read("root/d/b"), "text");
}

TEST_F(RenameCommands, RememberWhatIsToBeRenamedByItsWholePath) {
  tree_.write("root/a", "text");
  EXPECT_EQ(code("RNFR a"), 350);
  EXPECT_EQ(code("RNFR ./a"), 350);  // names it anew
  EXPECT_EQ(code("RNTO b"), 250);
  EXPECT_EQ(tree_.read("root/b"), "text");
}

TEST_F(RenameCommands, RenameOnlyRightBehindARenameFrom) {
  tree_.write("root/a", "text");
  EXPECT_EQ(code("RNTO b"), 503);
  EXPECT_EQ(code("RNFR nope"), 550);
  EXPECT_EQ(code("RNTO b"), 503);
  EXPECT_EQ(code("RNFR a"), 350);
  EXPECT_EQ(code("NOOP"), 200);
  EXPECT_EQ(code("RNTO b"), 503);
  EXPECT_EQ(code("RNFR a"), 350);
  EXPECT_EQ(code("RNTO b"), 250);
  EXPECT_EQ(code("RNTO c"), 503);
  EXPECT_EQ(code("RNFR b"), 350);
  EXPECT_EQ(code("RNTO"), 501);
  EXPECT_EQ(code("RNTO c"), 503);
  EXPECT_EQ(tree_.read("root/b"), "text");
}

TEST_F(RenameCommands, RenameReplacesFilesAndNoDirectory) {
  tree_.write("root/a", "new");
  tree_.write("root/b", "old");
  tree_.make_directory("root/d");
  tree_.make_directory("root/e");
  for (const char* from : {"a", "e"}) {
    EXPECT_EQ(code(std::string("RNFR ") + from), 350);
    EXPECT_EQ(code("RNTO d"), 550) << from;
    EXPECT_TRUE(tree_.has(std::string("root/") + from));
  }
  EXPECT_EQ(code("RNFR a"), 350);
  EXPECT_EQ(code("RNTO b"), 250);
  EXPECT_EQ(tree_.read("root/b"), "new");
  EXPECT_EQ(code("RNFR /"), 550);
  EXPECT_EQ(code("RNFR d"), 350);
  EXPECT_EQ(code("RNTO d/e"), 550);
}

}  // namespace
}  // namespace kit::test
