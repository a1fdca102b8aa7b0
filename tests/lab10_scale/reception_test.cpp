#include "reception.h"

#include <fcntl.h>
#include <sys/resource.h>

#include <vector>

#include <gtest/gtest.h>

#include "loopback.h"
#include "visit_runner.h"

namespace kit {
namespace {

using namespace test;

/// No descriptor is left for this process while this lives.
class NoDescriptors {
 public:
  NoDescriptors() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const FileDescriptor lowest(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    rlimit none = before_;
    none.rlim_cur = static_cast<rlim_t>(lowest.get());
    ::setrlimit(RLIMIT_NOFILE, &none);
  }
  ~NoDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  NoDescriptors(const NoDescriptors&) = delete;
  NoDescriptors& operator=(const NoDescriptors&) = delete;

 private:
  rlimit before_{};
};

class ReceptionTest : public testing::Test {
 protected:
  TcpStream connect() { return TcpStream::connect(std::array{listener_.local()}, waiter_, soon()); }
  void in_line() { waiter_.wait(listener_.descriptor(), POLLIN, soon(), "the client in the line"); }

  Waiter waiter_;
  NeverWaiter never_;
  Log quiet_{LogLevel::error};
  TcpListener listener_{loopback(), waiter_};
  Reception reception_{listener_, never_, quiet_};
};

TEST_F(ReceptionTest, HasNobodyWithoutWaitingForAnybody) {
  EXPECT_FALSE(reception_.next());
  EXPECT_FALSE(reception_.exhausted());
}

TEST_F(ReceptionTest, TakesClientsInTheirOrderAndKnowsThem) {
  const TcpStream first = connect();
  const TcpStream second = connect();
  in_line();
  for (const TcpStream* client : {&first, &second}) {
    const auto taken = reception_.next();
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->address.to_string(), client->local().to_string());
    EXPECT_NE(::fcntl(taken->stream.descriptor(), F_GETFL) & O_NONBLOCK, 0);
    EXPECT_NE(::fcntl(taken->stream.descriptor(), F_GETFD) & FD_CLOEXEC, 0);
  }
  EXPECT_FALSE(reception_.next());
}

TEST_F(ReceptionTest, TellsAClientThatThereIsNoDescriptorAndEmptiesTheLine) {
  std::vector<TcpStream> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(connect());
  }
  in_line();
  {
    const NoDescriptors none;
    EXPECT_FALSE(reception_.next());
    EXPECT_FALSE(reception_.exhausted());
  }
  EXPECT_EQ(reception_.failures(), 4U) << "once for each client, and for the end of the line";
  for (TcpStream& client : clients) {
    EXPECT_EQ(read_to_end(client).substr(0, 4), "421 ");
  }
  const TcpStream later = connect();
  in_line();
  EXPECT_TRUE(reception_.next());
}

}  // namespace
}  // namespace kit
