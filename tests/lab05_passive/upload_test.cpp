#include "upload.h"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "upload_fixture.h"

namespace kit {
namespace {

using namespace test;

TEST_F(UploadTest, ReplacesTheFileOnlyWhenCommitted) {
  tree_.write("root/f", "the old content");
  Upload upload = Upload::replacing(root_, at("f"));
  fill(upload, "new");
  EXPECT_EQ(tree_.read("root/f"), "the old content");
  upload.commit();
  EXPECT_EQ(tree_.read("root/f"), "new");
  EXPECT_EQ(names(), std::vector<std::string>{"f"});
}

TEST_F(UploadTest, MakesANewFile) {
  {
    Upload upload = Upload::replacing(root_, at("f"));
    fill(upload, "new");
    EXPECT_FALSE(tree_.has("root/f"));
    upload.commit();
  }
  EXPECT_EQ(tree_.read("root/f"), "new");
}

TEST_F(UploadTest, HoldsAtMostTheFileThatItHasReplaced) {
  EXPECT_FALSE(replace("f", "old")) << "there was none";
  struct stat old {};
  ASSERT_EQ(::stat(tree_.string("root/f").c_str(), &old), 0);
  if (const FileDescriptor replaced = replace("f", "new")) {  // or nothing, which is allowed
    struct stat held {};
    ASSERT_EQ(::fstat(replaced.get(), &held), 0);
    EXPECT_EQ(held.st_ino, old.st_ino);
  }
}

TEST_F(UploadTest, LeavesEverythingAsItWasWhenNotCommitted) {
  tree_.write("root/f", "old");
  {
    Upload upload = Upload::replacing(root_, at("f"));
    fill(upload, "half");
  }
  EXPECT_EQ(tree_.read("root/f"), "old");
  EXPECT_EQ(names(), std::vector<std::string>{"f"});
}

TEST_F(UploadTest, ChangesNothingBeforeItIsOpened) {
  {
    const Upload replacing = Upload::replacing(root_, at("f"));
    const Upload appending = Upload::in_place(root_, at("g"));
    EXPECT_TRUE(names().empty());
  }
  EXPECT_TRUE(names().empty());
}

TEST_F(UploadTest, WritesToAHiddenTemporaryBesideTheTarget) {
  tree_.make_directory("root/d");
  Upload upload = Upload::replacing(root_, at("d/f"));
  fill(upload, "x");
  const auto entry = *std::filesystem::directory_iterator(tree_.path("root/d"));
  EXPECT_TRUE(is_upload_temporary(entry.path().filename().string())) << entry.path();
  EXPECT_EQ(entry.path().filename().string().front(), '.');
}

TEST_F(UploadTest, KeepsThePermissionsOfTheFileThatItReplaces) {
  tree_.write("root/f", "");
  ASSERT_EQ(::chmod(tree_.string("root/f").c_str(), 0640), 0);
  replace("f", "x");
  EXPECT_EQ(mode("root/f"), 0640U);
}

TEST_F(UploadTest, GivesANewFileThePermissionsOfTheProcess) {
  const mode_t before = ::umask(027);
  replace("f", "x");
  ::umask(before);
  EXPECT_EQ(mode("root/f"), 0640U);
}

TEST_F(UploadTest, RefusesWhatCannotBecomeAFile) {
  tree_.make_directory("root/d");
  tree_.write("root/f", "");
  tree_.make_fifo("root/pipe");
  tree_.write("secret", "secret");
  tree_.link("root/out", "../secret");
  EXPECT_EQ(refusal("d"), EISDIR);
  EXPECT_EQ(refusal("/"), EISDIR);
  EXPECT_EQ(refusal("none/f"), ENOENT);
  EXPECT_EQ(refusal("f/f"), ENOTDIR);
  EXPECT_NE(refusal("pipe"), 0);
  EXPECT_NE(refusal("out"), 0);
  EXPECT_EQ(refusal(std::string(300, 'n')), ENAMETOOLONG);
  EXPECT_EQ(refusal("f"), 0);
  EXPECT_EQ(refusal("new"), 0);
  EXPECT_EQ(tree_.read("secret"), "secret");
}

TEST_F(UploadTest, ReplacesALinkAndNotWhatItPointsTo) {
  tree_.write("root/f", "pointed to");
  tree_.link("root/l", "f");
  replace("l", "x");
  EXPECT_EQ(tree_.read("root/l"), "x");
  EXPECT_EQ(tree_.read("root/f"), "pointed to");
}

TEST_F(UploadTest, FindsItsPlaceThoughTheDirectoryWasRenamedMeanwhile) {
  tree_.make_directory("root/d");
  Upload upload = Upload::replacing(root_, at("d/f"));
  fill(upload, "x");
  std::filesystem::rename(tree_.path("root/d"), tree_.path("root/e"));
  upload.commit();
  EXPECT_EQ(tree_.read("root/e/f"), "x");
}

TEST_F(UploadTest, TwoOfOneNameDoNotMix) {
  Upload first = Upload::replacing(root_, at("f"));
  Upload second = Upload::replacing(root_, at("f"));
  fill(first, "first");
  fill(second, "second");
  first.commit();
  EXPECT_EQ(tree_.read("root/f"), "first");
  second.commit();
  EXPECT_EQ(tree_.read("root/f"), "second");
}

}  // namespace
}  // namespace kit
