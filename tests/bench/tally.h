#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "event_loop.h"

namespace bench {

/// The value below which `part` (0 to 1) of the sorted values lie, by the nearest rank; 0 when there are none.
std::uint64_t quantile(const std::vector<std::uint64_t>& sorted, double part);

/// What a run has counted: operations, bytes, how long each operation took, and what went wrong.
class Tally {
 public:
  void begin() { began_ = ended_ = Clock::now(); }
  /// `operations` that began together at `since` are done (a batch of pipelined commands counts as one latency).
  void done(Clock::time_point since, std::uint64_t operations, std::uint64_t bytes);
  void failed(const std::string& why);
  [[nodiscard]] std::uint64_t failures() const { return failures_; }

  /// One line of JSON: count, seconds (from begin() to the last operation's end), bytes, latency in microseconds,
  /// errors by their text.
  [[nodiscard]] std::string json() const;

 private:
  Clock::time_point began_;
  Clock::time_point ended_;
  std::uint64_t count_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t failures_ = 0;
  std::vector<std::uint64_t> nanoseconds_;
  std::map<std::string, std::uint64_t> errors_;
};

}  // namespace bench
