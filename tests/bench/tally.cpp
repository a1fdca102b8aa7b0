#include "tally.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace bench {
namespace {

/// `text` as a JSON string: bytes that could break it are replaced.
std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    result += c < ' ' || c > '~' || c == '"' || c == '\\' ? '?' : c;
  }
  return result + "\"";
}

std::string number(double value) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.3f", value);
  return text.data();
}

std::string microseconds(std::uint64_t nanoseconds) { return number(static_cast<double>(nanoseconds) / 1000); }

}  // namespace

std::uint64_t quantile(const std::vector<std::uint64_t>& sorted, double part) {
  if (sorted.empty()) {
    return 0;
  }
  const double rank = std::ceil(part * static_cast<double>(sorted.size()));
  return sorted[static_cast<std::size_t>(std::clamp(rank, 1.0, static_cast<double>(sorted.size()))) - 1];
}

void Tally::done(Clock::time_point since, std::uint64_t operations, std::uint64_t bytes) {
  ended_ = Clock::now();
  count_ += operations;
  bytes_ += bytes;
  const auto took = std::chrono::duration_cast<std::chrono::nanoseconds>(ended_ - since);
  nanoseconds_.push_back(static_cast<std::uint64_t>(took.count()));
}

void Tally::failed(const std::string& why) {
  ++failures_;
  if (errors_.size() < 20 || errors_.contains(why)) {
    ++errors_[why];
  }
}

std::string Tally::json() const {
  std::vector<std::uint64_t> sorted = nanoseconds_;
  std::sort(sorted.begin(), sorted.end());
  std::string text = R"({"count": )" + std::to_string(count_) + R"(, "seconds": )" +
                     std::to_string(std::chrono::duration<double>(ended_ - began_).count()) + R"(, "bytes": )" +
                     std::to_string(bytes_) + R"(, "latency_us": {"p50": )" + microseconds(quantile(sorted, 0.5)) +
                     R"(, "p90": )" + microseconds(quantile(sorted, 0.9)) + R"(, "p99": )" +
                     microseconds(quantile(sorted, 0.99)) + R"(, "max": )" + microseconds(quantile(sorted, 1)) +
                     R"(}, "errors": {)";
  const char* separator = "";
  for (const auto& [why, times] : errors_) {
    text += separator + quoted(why) + ": " + std::to_string(times);
    separator = ", ";
  }
  return text + "}}";
}

}  // namespace bench
