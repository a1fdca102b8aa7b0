#pragma once

#include <ostream>
#include <system_error>

#include <gtest/gtest.h>

#include "root.h"
#include "temporary_directory.h"

namespace kit {

inline void PrintTo(Root::Resolution resolution, std::ostream* out) {
  *out << (resolution == Root::Resolution::automatic ? "automatic" : "by_component");
}

namespace test {

inline VirtualPath at(std::string_view name) { return VirtualPath().resolve(name); }

/// The number of the error that `action` throws; 0 if it throws none.
template <typename Action>
int error_of(Action action) {
  try {
    static_cast<void>(action());
  } catch (const std::system_error& error) {
    return error.code().value();
  }
  return 0;
}

/// A root directory `root` with a neighbour `outside` that nobody may get at. Every test runs with both ways to walk a
/// path.
class RootTest : public testing::TestWithParam<Root::Resolution> {
 protected:
  RootTest() {
    tree_.make_directory("outside");
    tree_.write("outside/secret", "secret");
  }

  [[nodiscard]] bool kernel_resolves() const { return GetParam() == Root::Resolution::automatic; }

  /// Everything that shows whether something was done outside.
  void expect_outside_untouched() const {
    EXPECT_EQ(tree_.read("outside/secret"), "secret");
    std::size_t entries = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(tree_.path("outside"))) {
      ++entries;
    }
    EXPECT_EQ(entries, 1U);
  }

  TemporaryDirectory tree_;
  Root root_ = (tree_.make_directory("root"), Root(tree_.string("root"), GetParam()));
};

}  // namespace test
}  // namespace kit
