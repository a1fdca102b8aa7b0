#pragma once

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace kit::test {

/// A directory of its own for one test, gone with everything in it when the test ends. Paths are relative to it.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "kit-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
      throw std::runtime_error("no temporary directory");
    }
    root_ = pattern;
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }

  [[nodiscard]] std::filesystem::path path(const std::string& name = "") const { return root_ / name; }
  [[nodiscard]] std::string string(const std::string& name = "") const { return path(name).string(); }

  void write(const std::string& name, const std::string& content) const {
    std::ofstream(path(name), std::ios::binary) << content;
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void make_directory(const std::string& name) const { std::filesystem::create_directory(path(name)); }

  /// `target` is stored as it is: relative ones start at the link.
  void link(const std::string& name, const std::string& target) const {
    std::filesystem::create_symlink(target, path(name));
  }
  void make_fifo(const std::string& name) const { ::mkfifo(path(name).c_str(), 0600); }

  /// Whether anything has this name, be it a link that points nowhere.
  [[nodiscard]] bool has(const std::string& name) const {
    return std::filesystem::symlink_status(path(name)).type() != std::filesystem::file_type::not_found;
  }
  [[nodiscard]] bool is_empty(const std::string& name = "") const { return std::filesystem::is_empty(path(name)); }

 private:
  std::filesystem::path root_;
};

}  // namespace kit::test
