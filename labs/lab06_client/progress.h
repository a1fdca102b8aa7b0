#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "client_transfer.h"

namespace kit {

/// A number of bytes as people read it: "512 B", "1.5 KiB", "3.0 GiB". Pure.
std::string format_size(std::uint64_t bytes);

/// A span of time as people read it: "0:07", "12:05", "1:02:03". Pure.
std::string format_duration(std::chrono::seconds time);

/// One line of at most `width` columns that shows how far a transfer is: name, bytes and rate; where the total is
/// known, also a bar and the time that is left. `name` is the file's name, from whoever. Pure.
std::string progress_line(std::string_view name, const TransferStatus& status, double seconds, std::size_t width);

/// What stands below a finished transfer: "hello.txt: 1234 bytes received in 0.01 s". `done` is "received" or "sent".
/// Pure.
std::string transfer_summary(std::string_view name, const TransferResult& result, std::string_view done);

/// A progress line on a terminal that is drawn over and over, and wiped off in the end. A transfer of less than half a
/// second leaves no trace. Refers to the terminal's descriptor, or to none (-1) and does nothing.
class ProgressBar {
 public:
  ProgressBar(int terminal, std::string name);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ProgressBar(ProgressBar&&) = delete;
  ProgressBar& operator=(ProgressBar&&) = delete;

  /// Draws, if the last time is not too near.
  void update(const TransferStatus& status);

 private:
  using Clock = std::chrono::steady_clock;

  int terminal_;
  std::string name_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_;
  bool drawn_ = false;
};

}  // namespace kit
