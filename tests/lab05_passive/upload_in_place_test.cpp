#include "upload.h"

#include <sys/stat.h>

#include <cerrno>
#include <set>
#include <string>
#include <system_error>

#include <gtest/gtest.h>

#include "unprivileged.h"
#include "upload_fixture.h"

namespace kit {
namespace {

using namespace test;

TEST_F(UploadTest, AppendsInPlace) {
  tree_.write("root/f", "abc");
  append("f", "def");
  EXPECT_EQ(tree_.read("root/f"), "abcdef");
}

TEST_F(UploadTest, AppendsToNothing) {
  append("f", "abc");
  EXPECT_EQ(tree_.read("root/f"), "abc");
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
