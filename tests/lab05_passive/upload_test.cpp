#include "upload.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "temporary_directory.h"
#include "unprivileged.h"

namespace kit {
namespace {

using namespace test;

VirtualPath at(std::string_view name) { return VirtualPath().resolve(name); }

class UploadTest : public testing::Test {
 protected:
  // The number of the error with which an upload to `name` is refused; 0 if it is not.
  int refusal(const std::string& name) {
    try {
      const Upload upload = Upload::replacing(root_, at(name));
    } catch (const std::system_error& error) {
      return error.code().value();
    }
    return 0;
  }
  static void fill(Upload& upload, const std::string& content) {
    EXPECT_EQ(::write(upload.open(), content.data(), content.size()), static_cast<ssize_t>(content.size()));
  }
  FileDescriptor replace(const std::string& name, const std::string& content) {
    Upload upload = Upload::replacing(root_, at(name));
    fill(upload, content);
    return upload.commit();
  }
  void append(const std::string& name, const std::string& content) {
    Upload upload = Upload::in_place(root_, at(name));
    fill(upload, content);
    upload.commit();
  }
  std::vector<std::string> names() {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(tree_.path("root"))) {
      found.push_back(entry.path().filename());
    }
    return found;
  }
  mode_t mode(const std::string& name) {
    return static_cast<mode_t>(std::filesystem::status(tree_.path(name)).permissions());
  }

  TemporaryDirectory tree_;
  Root root_ = (tree_.make_directory("root"), Root(tree_.string("root")));
};

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
  Upload upload = Upload::replacing(root_, at("f"));
  fill(upload, "new");
  EXPECT_FALSE(tree_.has("root/f"));
  upload.commit();
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

TEST_F(UploadTest, AppendsToNothingAndInPlace) {
  append("f", "abc");
  append("f", "def");
  EXPECT_EQ(tree_.read("root/f"), "abcdef");
}

TEST_F(UploadTest, WritesInPlaceAtAnOffset) {
  tree_.write("root/f", "0123456789");
  Upload upload = Upload::in_place(root_, at("f"), 3);
  fill(upload, "abc");
  upload.commit();
  EXPECT_EQ(tree_.read("root/f"), "012abc6789");
  EXPECT_THROW(Upload::in_place(root_, at("f"), 11), std::system_error);
}

TEST_F(UploadTest, WritesInPlaceWhereNoNewNameCouldBeMade) {
  tree_.write("root/f", "abc");
  ASSERT_EQ(::chmod(tree_.string("root/f").c_str(), 0666), 0);
  ASSERT_EQ(::chmod(tree_.string("root").c_str(), 0555), 0);
  {
    const Unprivileged nobody;
    EXPECT_EQ(refusal("f"), EACCES);
    EXPECT_THROW(Upload::in_place(root_, at("new")), std::system_error);
    append("f", "d");
  }
  ASSERT_EQ(::chmod(tree_.string("root").c_str(), 0755), 0);
  EXPECT_EQ(tree_.read("root/f"), "abcd");
}

TEST_F(UploadTest, KeepsWhatWasWrittenInPlace) {
  tree_.write("root/f", "abc");
  {
    Upload upload = Upload::in_place(root_, at("f"));
    fill(upload, "d");
  }
  EXPECT_EQ(tree_.read("root/f"), "abcd");
}

TEST_F(UploadTest, FindsUniqueNames) {
  std::set<std::string> unique;
  for (int i = 0; i < 20; ++i) {
    Upload upload = Upload::unique(root_, VirtualPath(), "stem");
    fill(upload, upload.name());
    upload.commit();
    EXPECT_TRUE(upload.name().starts_with("stem")) << upload.name();
    EXPECT_EQ(tree_.read("root/" + upload.name()), upload.name());
    unique.insert(upload.name());
  }
  EXPECT_EQ(unique.size(), 20U);
}

TEST_F(UploadTest, TakesAUniqueFileBackWhenNotCommitted) {
  {
    Upload upload = Upload::unique(root_, VirtualPath(), "stem");
    EXPECT_TRUE(tree_.has("root/" + upload.name()));
  }
  EXPECT_TRUE(names().empty());
}

TEST(IsUploadTemporary, KnowsOnlyItsOwnNames) {
  EXPECT_TRUE(is_upload_temporary(".ftp-upload-0123456789abcdef"));
  EXPECT_FALSE(is_upload_temporary(".ftp-upload-"));
  EXPECT_FALSE(is_upload_temporary(".ftp-upload-notes.txt"));
  EXPECT_FALSE(is_upload_temporary("ftp-upload-0123456789abcdef"));
  EXPECT_FALSE(is_upload_temporary(".bashrc"));
}

}  // namespace
}  // namespace kit
