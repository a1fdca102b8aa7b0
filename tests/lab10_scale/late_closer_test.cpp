#include "late_closer.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <future>
#include <string>
#include <thread>
#include <utility>

#include <gtest/gtest.h>

#include "temporary_directory.h"

namespace kit {
namespace {

using namespace test;

class LateCloserTest : public testing::Test {
 protected:
  // As an upload holds what it has replaced: of so many bytes, and without a name unless one is to stay.
  FileDescriptor replaced(std::size_t bytes, bool named = false) {
    tree_.write("f", std::string(bytes, 'x'));
    FileDescriptor file(::open(tree_.string("f").c_str(), O_PATH | O_CLOEXEC));
    if (!named) {
      EXPECT_EQ(::unlink(tree_.string("f").c_str()), 0);
    }
    return file;
  }
  static bool is_open(int descriptor) { return ::fcntl(descriptor, F_GETFD) >= 0; }

  static constexpr std::size_t big = std::size_t{2} << 20U;
  TemporaryDirectory tree_;
};

TEST_F(LateCloserTest, ClosesAFileInAnotherThread) {
  FileDescriptor file = replaced(big);
  const int number = file.get();
  std::thread::id closer;
  {
    LateCloser late([&](FileDescriptor) { closer = std::this_thread::get_id(); });
    late.close(std::move(file));
  }
  EXPECT_FALSE(is_open(number)) << "everything is closed when it ends";
  EXPECT_NE(closer, std::thread::id());
  EXPECT_NE(closer, std::this_thread::get_id());
}

TEST_F(LateCloserTest, KnowsWhatIsSlowToClose) {
  EXPECT_FALSE(is_slow_to_close(replaced(4096).get())) << "it is short";
  EXPECT_FALSE(is_slow_to_close(replaced(big, true).get())) << "it has a name";
  EXPECT_FALSE(is_slow_to_close(FileDescriptor(::open("/dev/null", O_RDWR | O_CLOEXEC)).get())) << "it is no file";
  EXPECT_FALSE(is_slow_to_close(-1));
  struct statfs system {};
  ASSERT_EQ(::statfs(tree_.string().c_str(), &system), 0);
  const bool has_room = system.f_bavail * static_cast<std::uint64_t>(system.f_bsize) > 100 * big;
  EXPECT_EQ(is_slow_to_close(replaced(big).get()), has_room && system.f_type != TMPFS_MAGIC);
}

TEST_F(LateCloserTest, ClosesAtOnceWhatCannotWaitAnyMore) {
  std::promise<void> go_on;
  std::promise<void> begun;
  std::atomic<std::size_t> others = 0;
  std::atomic<std::size_t> own = 0;
  const auto self = std::this_thread::get_id();
  {
    LateCloser late([&, wait = go_on.get_future().share()](FileDescriptor) {
      if (std::this_thread::get_id() == self) {
        ++own;
      } else if (others++ == 0) {
        begun.set_value();
        wait.wait();
      }
    });
    late.close(replaced(big));
    begun.get_future().wait();
    for (std::size_t i = 0; i < LateCloser::most; ++i) {
      late.close(replaced(big));
    }
    EXPECT_EQ(own, 0U);
    late.close(replaced(big));
    EXPECT_EQ(own, 1U) << "as many as may wait are waiting";
    go_on.set_value();
  }
  EXPECT_EQ(others, LateCloser::most + 1);
}

TEST_F(LateCloserTest, BeginsAgainAfterItHadNothingToDo) {
  std::atomic<int> closed = 0;
  LateCloser late([&](FileDescriptor) {
    ++closed;
    closed.notify_all();
  });
  for (int i = 0; i < 20; ++i) {
    late.close(replaced(big));
    closed.wait(i);
    EXPECT_EQ(closed, i + 1);
  }
}

}  // namespace
}  // namespace kit
