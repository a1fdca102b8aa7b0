#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <gtest/gtest.h>

#include "temporary_directory.h"
#include "upload.h"

namespace kit::test {

inline VirtualPath at(std::string_view name) { return VirtualPath().resolve(name); }

/// Uploads to the folder `root` of a directory of their own.
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

}  // namespace kit::test
