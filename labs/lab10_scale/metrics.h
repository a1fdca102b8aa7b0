#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "log.h"

namespace kit {

/// How often something took how long: how many times at most as long as each bound, as Prometheus wants it. All threads
/// may count at once.
class Histogram {
 public:
  static constexpr std::array bounds{0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0};  ///< seconds

  void count(double seconds);

  /// Its lines in the exposition format: NAME_bucket{le="..."}, NAME_sum, NAME_count.
  [[nodiscard]] std::string text(std::string_view name) const;

 private:
  std::array<std::atomic<std::uint64_t>, bounds.size() + 1> counts_{};  // the last: longer than all bounds
  std::atomic<std::uint64_t> microseconds_ = 0;
};

/// What there is at a moment.
struct Gauges {
  std::uint64_t sessions_parked = 0;
  std::uint64_t sessions_running = 0;
  std::uint64_t workers = 0;
  std::uint64_t transfers = 0;
};

/// What the server has done so far, in numbers: a service. It is counted from the log's events (see Log::observe), so
/// no command needs to say it twice. All threads may use it at once.
class Metrics {
 public:
  /// Counts one event of the log: what its message and fields say of sessions, requests, bytes and time.
  void observe(std::string_view message, const std::vector<LogField>& fields);

  /// Everything in the text exposition format of Prometheus (version 0.0.4).
  [[nodiscard]] std::string text(const Gauges& now) const;

 private:
  void observe_request(const std::vector<LogField>& fields);

  std::atomic<std::uint64_t> sessions_ = 0;
  std::atomic<std::uint64_t> refused_ = 0;
  std::atomic<std::uint64_t> accept_errors_ = 0;
  std::atomic<std::uint64_t> bytes_sent_ = 0;
  std::atomic<std::uint64_t> bytes_received_ = 0;
  std::array<std::atomic<std::uint64_t>, 600> replies_{};  // by code
  Histogram commands_;
  Histogram transfers_;
};

}  // namespace kit
