#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

#include "log.h"
#include "metrics.h"
#include "tcp_listener.h"
#include "wait.h"
#include "wake_up.h"

namespace kit {

/// The whole answer to an HTTP request of which `request` is the first line: the metrics for GET /metrics, 404 for any
/// other path, 405 for any other method, 400 for what is no request. Pure.
std::string answer_http(std::string_view request, const Metrics& metrics, const Gauges& now);

/// Serves the metrics by HTTP/1.0, in a thread of its own, to whoever asks on this machine: it listens on loopback
/// only, for numbers tell a lot. One request at a time, each of which has two seconds; FTP sessions never wait for it.
class MetricsServer {
 public:
  /// Port 0 takes a free one; the log tells which. `now` is asked at each request, in that thread. Refers to the
  /// metrics and the log. Throws std::system_error.
  MetricsServer(std::uint16_t port, const Metrics& metrics, std::function<Gauges()> now, Log& log);
  MetricsServer(const MetricsServer&) = delete;
  MetricsServer& operator=(const MetricsServer&) = delete;
  ~MetricsServer();

  [[nodiscard]] Address local() const { return listener_.local(); }

 private:
  void run();

  const Metrics& metrics_;
  std::function<Gauges()> now_;
  Log& log_;
  WakeUp end_;
  Waiter waiter_{end_.descriptor()};
  TcpListener listener_;
  std::thread thread_;  // the last: it uses all of the others
};

}  // namespace kit
