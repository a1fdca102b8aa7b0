#include "progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "escape.h"

namespace kit {
namespace {

using namespace std::chrono_literals;

constexpr auto first_drawn_after = 500ms;
constexpr auto drawn_every = 100ms;
constexpr std::size_t usual_width = 80;
constexpr std::size_t name_width = 24;
constexpr std::size_t bar_width = 20;

std::string fixed(double number, int decimals) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*f", decimals, number);
  return text.data();
}

// The first `columns` characters; a character of several bytes is not cut in two.
std::string first_columns(const std::string& text, std::size_t columns) {
  const bool wide = is_utf8(text);
  std::size_t end = 0;
  for (std::size_t count = 0; end < text.size(); ++end) {
    const bool begins = !wide || (static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80;
    if (begins && count++ == columns) {
      break;
    }
  }
  return text.substr(0, end);
}

std::string bar(double share) {
  const auto full = static_cast<std::size_t>(std::lround(share * static_cast<double>(bar_width)));
  return "[" + std::string(full, '#') + std::string(bar_width - full, '.') + "]";
}

std::size_t width_of(int terminal) {
  winsize size{};
  return ::ioctl(terminal, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usual_width;
}

}  // namespace

std::string format_size(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 6> units{"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  if (bytes < 1024) {
    return std::to_string(bytes) + " B";
  }
  double size = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  while (size >= 1023.95 && unit + 1 < units.size()) {  // what would be printed as 1024.0
    size /= 1024;
    ++unit;
  }
  return fixed(size, 1) + " " + std::string(units.at(unit));
}

std::string format_duration(std::chrono::seconds time) {
  const auto seconds = std::max<long long>(time.count(), 0);
  const auto two_digits = [](long long number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  const std::string tail = ":" + two_digits(seconds % 60);
  return seconds < 3600 ? std::to_string(seconds / 60) + tail
                        : std::to_string(seconds / 3600) + ":" + two_digits(seconds / 60 % 60) + tail;
}

std::string progress_line(std::string_view name, const TransferStatus& status, double seconds, std::size_t width) {
  const double rate = seconds > 0 ? static_cast<double>(status.bytes) / seconds : 0;
  std::string line = first_columns(escape_controls(name), name_width);
  const std::uint64_t total = std::max(status.total.value_or(0), status.bytes);  // servers have announced too little
  if (status.total && total > 0) {
    const double share = static_cast<double>(status.bytes) / static_cast<double>(total);
    line += "  " + bar(share) + " " + std::to_string(static_cast<int>(share * 100)) + "%";
  }
  line += "  " + format_size(status.bytes) + "  " + format_size(static_cast<std::uint64_t>(rate)) + "/s";
  if (status.total && rate >= 1) {
    const double left = static_cast<double>(total - status.bytes) / rate;
    line += "  " + format_duration(std::chrono::seconds(std::llround(std::min(left, 1e9)))) + " left";
  }
  return first_columns(line, width);
}

std::string transfer_summary(std::string_view name, const TransferResult& result, std::string_view done) {
  const std::string unit = result.bytes == 1 ? " byte " : " bytes ";
  return escape_controls(name) + ": " + std::to_string(result.bytes) + unit + std::string(done) + " in " +
         fixed(result.seconds, 2) + " s";
}

ProgressBar::ProgressBar(int terminal, std::string name)
    : terminal_(terminal), name_(std::move(name)), next_(start_ + first_drawn_after) {}

void ProgressBar::update(const TransferStatus& status) {
  const Clock::time_point now = Clock::now();
  if (terminal_ < 0 || now < next_) {
    return;
  }
  next_ = now + drawn_every;
  drawn_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  // One column is left free: a full line would make some terminals scroll.
  const std::string line = "\r" + progress_line(name_, status, seconds, width_of(terminal_) - 1) + "\x1b[K";
  [[maybe_unused]] const ssize_t written = ::write(terminal_, line.data(), line.size());
}

ProgressBar::~ProgressBar() {
  if (drawn_) {
    constexpr std::string_view wipe = "\r\x1b[K";
    [[maybe_unused]] const ssize_t written = ::write(terminal_, wipe.data(), wipe.size());
  }
}

}  // namespace kit
