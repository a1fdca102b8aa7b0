#include "metrics.h"

#include <future>
#include <vector>

#include <gtest/gtest.h>

#include "loopback.h"
#include "metrics_server.h"

namespace kit {
namespace {

using namespace test;

std::vector<LogField> request(std::string_view verb, int code, long long bytes, double seconds) {
  return {{"verb", verb}, {"reply", static_cast<long long>(code)}, {"bytes", bytes}, {"seconds", seconds}};
}

// Whether the text has this line.
testing::AssertionResult has(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos ? testing::AssertionSuccess()
                                                                     : testing::AssertionFailure() << text;
}

TEST(Metrics, CountsRepliesByTheirCode) {
  Metrics metrics;
  metrics.observe("SUCCESS", request("NOOP", 200, 0, 0.00001));
  metrics.observe("SUCCESS", request("TYPE", 200, 0, 0.00001));
  metrics.observe("FAILURE", request("RETR", 550, 0, 0.00001));
  const std::string text = metrics.text({});
  EXPECT_TRUE(has(text, "ftp_replies_total{code=\"200\"} 2"));
  EXPECT_TRUE(has(text, "ftp_replies_total{code=\"550\"} 1"));
  EXPECT_EQ(text.find("code=\"226\""), std::string::npos) << "what never happened has no line";
}

TEST(Metrics, CountsBytesByTheirDirection) {
  Metrics metrics;
  metrics.observe("SUCCESS", request("RETR", 226, 1000, 0.1));
  metrics.observe("SUCCESS", request("LIST", 226, 10, 0.1));
  metrics.observe("FAILURE", request("STOR", 426, 5, 0.1));
  metrics.observe("SUCCESS", request("APPE", 226, 3'000'000'000, 0.1));
  const std::string text = metrics.text({});
  EXPECT_TRUE(has(text, "ftp_bytes_total{direction=\"sent\"} 1010"));
  EXPECT_TRUE(has(text, "ftp_bytes_total{direction=\"received\"} 3000000005"));
}

TEST(Metrics, CountsSessionsAndTheirLack) {
  Metrics metrics;
  metrics.observe("session begins", {});
  metrics.observe("session begins", {});
  metrics.observe("session ends", {});
  metrics.observe("client turned away", {});
  metrics.observe("no client accepted", {});
  const std::string text = metrics.text({3, 4, 5, 6});
  EXPECT_TRUE(has(text, "ftp_sessions_total 2"));
  EXPECT_TRUE(has(text, "ftp_refused_total 1"));
  EXPECT_TRUE(has(text, "ftp_accept_errors_total 1"));
  EXPECT_TRUE(has(text, "ftp_sessions{state=\"parked\"} 3"));
  EXPECT_TRUE(has(text, "ftp_sessions{state=\"running\"} 4"));
  EXPECT_TRUE(has(text, "ftp_workers 5"));
  EXPECT_TRUE(has(text, "ftp_transfers 6"));
}

TEST(Metrics, AHistogramsBucketsHoldTheSmallerOnes) {
  Histogram histogram;
  for (const double seconds : {0.0001, 0.0002, 0.2, 100.0}) {
    histogram.count(seconds);
  }
  const std::string text = histogram.text("x");
  EXPECT_TRUE(has(text, "x_bucket{le=\"0.000100\"} 1")) << "a bound belongs to its bucket";
  EXPECT_TRUE(has(text, "x_bucket{le=\"0.000500\"} 2"));
  EXPECT_TRUE(has(text, "x_bucket{le=\"0.100000\"} 2"));
  EXPECT_TRUE(has(text, "x_bucket{le=\"0.500000\"} 3"));
  EXPECT_TRUE(has(text, "x_bucket{le=\"30.000000\"} 3"));
  EXPECT_TRUE(has(text, "x_bucket{le=\"+Inf\"} 4"));
  EXPECT_TRUE(has(text, "x_count 4"));
  EXPECT_TRUE(has(text, "x_sum 100.200300"));
}

TEST(Metrics, TransfersAndCommandsAreTimedApart) {
  Metrics metrics;
  metrics.observe("SUCCESS", request("NOOP", 200, 0, 0.00001));
  metrics.observe("SUCCESS", request("MLSD", 226, 0, 2));
  const std::string text = metrics.text({});
  EXPECT_TRUE(has(text, "ftp_command_seconds_count 1"));
  EXPECT_TRUE(has(text, "ftp_transfer_seconds_count 1"));
}

TEST(Metrics, LoseNothingBetweenThreads) {
  Metrics metrics;
  std::vector<std::future<void>> threads;
  for (int i = 0; i < 4; ++i) {
    threads.push_back(std::async(std::launch::async, [&] {
      for (int round = 0; round < 1000; ++round) {
        metrics.observe("SUCCESS", request("RETR", 226, 1, 0.001));
      }
    }));
  }
  for (std::future<void>& thread : threads) {
    thread.get();
  }
  const std::string text = metrics.text({});
  EXPECT_TRUE(has(text, "ftp_replies_total{code=\"226\"} 4000"));
  EXPECT_TRUE(has(text, "ftp_bytes_total{direction=\"sent\"} 4000"));
}

TEST(MetricsAnswer, HasOnePageAndOneMethod) {
  const Metrics metrics;
  const auto status = [&](std::string_view line) { return answer_http(line, metrics, {}).substr(0, 12); };
  EXPECT_EQ(status("GET /metrics HTTP/1.1"), "HTTP/1.0 200");
  EXPECT_EQ(status("GET /metrics?x=1 HTTP/1.1"), "HTTP/1.0 200");
  EXPECT_EQ(status("GET / HTTP/1.1"), "HTTP/1.0 404");
  EXPECT_EQ(status("GET /metricsx HTTP/1.1"), "HTTP/1.0 404");
  EXPECT_EQ(status("POST /metrics HTTP/1.1"), "HTTP/1.0 405");
  EXPECT_EQ(status(""), "HTTP/1.0 400");
  EXPECT_EQ(status("GET"), "HTTP/1.0 400");
  EXPECT_EQ(status("GET /metrics"), "HTTP/1.0 400");
}

class MetricsServerTest : public testing::Test {
 protected:
  TcpStream connect() { return TcpStream::connect(std::array{server_.local()}, waiter_, soon()); }

  Metrics metrics_;
  Log quiet_{LogLevel::error};
  Waiter waiter_;
  MetricsServer server_{0, metrics_, [] { return Gauges{7, 0, 0, 0}; }, quiet_};
};

TEST_F(MetricsServerTest, AnswersOneRequestPerConnection) {
  for (int i = 0; i < 3; ++i) {
    TcpStream client = connect();
    client.write_all("GET /metrics HTTP/1.1\r\nHost: x\r\n", soon());
    client.write_all("\r\n", soon());
    const std::string answer = read_to_end(client);
    EXPECT_NE(answer.find("text/plain; version=0.0.4"), std::string::npos);
    EXPECT_TRUE(has(answer, "ftp_sessions{state=\"parked\"} 7"));
  }
}

TEST_F(MetricsServerTest, ListensOnLoopbackOnly) { EXPECT_EQ(server_.local().host(), "127.0.0.1"); }

TEST_F(MetricsServerTest, EndsThoughSomebodyIsConnectedAndSilent) { const TcpStream silent = connect(); }

}  // namespace
}  // namespace kit
