#include "zero_copy.h"

#include <sys/mman.h>
#include <sys/resource.h>

#include <csignal>

#include "../lab05_passive/passive_fixture.h"
#include "active_commands.h"
#include "representation.h"
#include "representation_commands.h"
#include "urgent_commands.h"
#include "urgent_waiter.h"

namespace kit::test {
namespace {

// Once so much has been written, the server has begun to read.
// Made when it is asked for: every test is a process of its own.
const std::string& more_than_buffers_hold() {
  static const std::string content(32U << 20U, 'x');
  return content;
}

void write_as_far_as_it_is_taken(TcpStream& data, std::string_view bytes) {
  try {
    data.write_all(bytes, soon());
  } catch (const std::system_error&) {
    // The server has had enough.
  }
}

/// No file of this process becomes larger than a megabyte while this lives.
class SmallFilesOnly {
 public:
  SmallFilesOnly() {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit small = before_;
    small.rlim_cur = 1'000'000;
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallFilesOnly() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  SmallFilesOnly(const SmallFilesOnly&) = delete;
  SmallFilesOnly& operator=(const SmallFilesOnly&) = delete;

 private:
  rlimit before_{};
};

class ZeroCopyTest : public PassiveFixture {
 protected:
  ZeroCopyTest() {
    context_.commands += representation_commands();
    offer_representations(context_);
    offer_zero_copy(context_);
    EXPECT_EQ(code("TYPE I"), 200);
  }
};

TEST_F(ZeroCopyTest, SendsEveryByteOfFilesOfAllSizes) {
  for (const std::size_t size : {0U, 1U, 4096U, 1'000'003U, 5'000'000U}) {
    const std::string content = pattern(size);
    tree_.write("root/f", content);
    session_.take_bytes();
    EXPECT_TRUE(fetch("RETR f") == content) << size;
    EXPECT_EQ(session_.take_bytes(), size);
  }
}

TEST_F(ZeroCopyTest, ReceivesEveryByteOfFilesOfAllSizes) {
  for (const std::size_t size : {0U, 1U, 4096U, 1'000'003U, 5'000'000U}) {
    const std::string content = pattern(size);
    session_.take_bytes();
    store("STOR f", content);
    EXPECT_TRUE(tree_.read("root/f") == content) << size;
    EXPECT_EQ(session_.take_bytes(), size);
  }
}

TEST_F(ZeroCopyTest, BeginsWhereTheFileStands) {
  context_.services.find<TransferSeams>()->restart_offset = [](Session&) { return std::uint64_t{7}; };
  tree_.write("root/f", "0123456789");
  EXPECT_EQ(fetch("RETR f"), "789");
  store("STOR f", "xx");
  EXPECT_EQ(tree_.read("root/f"), "0123456xx9");
}

TEST_F(ZeroCopyTest, AppendsThoughTheKernelDoesNotSpliceThere) {
  tree_.write("root/f", "before ");
  const std::string content = pattern(3'000'000);
  store("APPE f", content);
  EXPECT_TRUE(tree_.read("root/f") == "before " + content);
}

TEST_F(ZeroCopyTest, StillConvertsText) {
  ASSERT_EQ(code("TYPE A"), 200);
  tree_.write("root/f", "one\ntwo\n");
  EXPECT_EQ(fetch("RETR f"), "one\r\ntwo\r\n");
  store("STOR g", "one\r\ntwo\r\n");
  EXPECT_EQ(tree_.read("root/g"), "one\ntwo\n");
}

TEST_F(ZeroCopyTest, StillMakesBlocks) {
  ASSERT_EQ(code("MODE B"), 200);
  tree_.write("root/f", "content");
  EXPECT_NE(fetch("RETR f"), "content");
}

TEST_F(ZeroCopyTest, SendsWhatSendfileCannot) {
  // A pseudo file says that it is empty: nothing is promised but that there is an answer.
  const FileDescriptor pipe_like(::memfd_create("f", MFD_CLOEXEC));
  ASSERT_EQ(::ftruncate(pipe_like.get(), 100'000), 0);
  ConnectedPair pair;
  send_without_copy(session_, pipe_like.get(), pair.near);
  pair.near.shutdown_write();
  EXPECT_EQ(read_to_end(pair.far), std::string(100'000, '\0'));
}

TEST_F(ZeroCopyTest, EndsIn426WhenTheClientDoesNotRead) {
  tree_.write("root/big", more_than_buffers_hold());
  const TcpStream data = open_data();
  begin("RETR big");
  EXPECT_EQ(final().code, 426);
}

TEST_F(ZeroCopyTest, EndsIn426WhenTheClientSendsNothing) {
  const TcpStream data = open_data();
  begin("STOR f");
  EXPECT_EQ(final().code, 426);
  EXPECT_FALSE(tree_.has("root/f"));
}

TEST_F(ZeroCopyTest, AClientThatGoesIsAnErrorAndNotASignal) {
  tree_.write("root/big", more_than_buffers_hold());
  for (int i = 0; i < 3; ++i) {
    {
      TcpStream data = open_data();
      begin("RETR big");
      std::array<char, 1000> some;
      data.read_some(some, soon());
      reset_on_close(data);
    }
    EXPECT_EQ(final().code, 426);
  }
}

TEST_F(ZeroCopyTest, AResetIsNoEndOfAFile) {
  std::optional<TcpStream> data = open_data();
  begin("STOR f");
  write_as_far_as_it_is_taken(*data, more_than_buffers_hold());
  reset_on_close(*data);
  data.reset();
  EXPECT_EQ(final().code, 426);
  EXPECT_FALSE(tree_.has("root/f"));
}

TEST_F(ZeroCopyTest, AFileThatGrowsTooLargeIsRefusedWithoutADeath) {
  const SmallFilesOnly limit;
  TcpStream data = open_data();
  begin("STOR f");
  write_as_far_as_it_is_taken(data, more_than_buffers_hold());
  EXPECT_EQ(final().code, 552);
  EXPECT_FALSE(tree_.has("root/f"));
}

class UrgentZeroCopyTest : public ZeroCopyTest {
 protected:
  UrgentZeroCopyTest() {
    context_.commands += urgent_commands();
    offer_urgent_waiting(context_);
  }
};

TEST_F(UrgentZeroCopyTest, AborEndsAFileThatNobodyReads) {
  tree_.write("root/big", more_than_buffers_hold());
  const TcpStream data = open_data();
  begin("RETR big");
  EXPECT_EQ(preliminary().code, 150);
  replies_.send("ABOR");
  EXPECT_EQ(final().code, 426);
}

TEST_F(UrgentZeroCopyTest, AborEndsAFileThatIsReadAsFastAsItComes) {
  tree_.write("root/big", more_than_buffers_hold());
  std::filesystem::resize_file(tree_.path("root/big"), std::uintmax_t{64} << 30U);
  TcpStream data = open_data();
  begin("RETR big");
  EXPECT_EQ(preliminary().code, 150);
  std::vector<char> buffer(1U << 20U);
  data.read_some(buffer, soon());
  replies_.send("ABOR");
  try {
    while (data.read_some(buffer, soon()) > 0) {
    }
  } catch (const std::system_error&) {
    // Broken off.
  }
  EXPECT_EQ(final().code, 426);
}

}  // namespace
}  // namespace kit::test
