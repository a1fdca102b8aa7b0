#include "splice_pipe.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "loopback.h"
#include "temporary_directory.h"

namespace kit {
namespace {

using namespace test;

class SplicePipeTest : public testing::Test {
 protected:
  FileDescriptor open_file(int flags) {
    return FileDescriptor(::open(tree_.string("file").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0644));
  }
  /// Puts bytes into the pipe, as they come from a socket.
  void fill(SplicePipe& pipe, const std::string& bytes) {
    pair_.near.write_all(bytes, soon());
    pair_.waiter.wait(pair_.far.descriptor(), POLLIN, soon(), "bytes");
    ASSERT_EQ(pipe.fill_from(pair_.far.descriptor()), bytes.size());
  }

  TemporaryDirectory tree_;
  ConnectedPair pair_;
};

TEST_F(SplicePipeTest, IsAsLargeAsItSays) {
  EXPECT_GE(SplicePipe().size(), std::size_t{4096});
  EXPECT_GE(SplicePipe(65536).size(), std::size_t{65536});
}

TEST_F(SplicePipeTest, ASizeThatIsNotToBeHadIsNoError) { EXPECT_GE(SplicePipe(std::size_t{1} << 30U).size(), 4096U); }

TEST_F(SplicePipeTest, MovesBytesFromASocketToAFile) {
  SplicePipe pipe;
  const FileDescriptor file = open_file(0);
  const std::string bytes = pattern(10'000);
  fill(pipe, bytes);
  EXPECT_TRUE(pipe.empty_into(file.get()));
  EXPECT_EQ(tree_.read("file"), bytes);
  pair_.near.shutdown_write();
  pair_.waiter.wait(pair_.far.descriptor(), POLLIN, soon(), "the end");
  EXPECT_EQ(pipe.fill_from(pair_.far.descriptor()), 0U);
}

TEST_F(SplicePipeTest, SaysThatThereIsNothingYet) {
  SplicePipe pipe;
  try {
    pipe.fill_from(pair_.far.descriptor());
    FAIL() << "nothing was sent";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code(), std::errc::resource_unavailable_try_again);
  }
}

TEST_F(SplicePipeTest, CopiesWhereTheFileTakesNoSplice) {
  tree_.write("file", "before ");
  SplicePipe pipe;
  const FileDescriptor file = open_file(O_APPEND);
  const std::string bytes = pattern(200'000);
  fill(pipe, bytes.substr(0, 100'000));
  EXPECT_FALSE(pipe.empty_into(file.get()));
  fill(pipe, bytes.substr(100'000));
  EXPECT_FALSE(pipe.empty_into(file.get()));
  EXPECT_EQ(tree_.read("file"), "before " + bytes) << "bytes that have left the socket are nowhere else";
}

TEST_F(SplicePipeTest, AFullDiskIsAnErrorOfTheFile) {
  SplicePipe pipe;
  const FileDescriptor full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  fill(pipe, "bytes");
  try {
    pipe.empty_into(full.get());
    FAIL() << "/dev/full is always full";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code(), std::errc::no_space_on_device);
  }
}

}  // namespace
}  // namespace kit
