#include "log.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <climits>
#include <csignal>
#include <cstdio>
#include <ctime>

#include "check.h"
#include "escape.h"

namespace kit {
namespace {

constexpr std::array<std::string_view, 4> level_names{"error", "warning", "info", "debug"};

// UTC with milliseconds, RFC 3339: sorts as text and means the same everywhere.
std::string timestamp() {
  const auto now = std::chrono::system_clock::now();
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count() % 1000;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900, parts.tm_mon + 1,
                parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, static_cast<int>(since));
  return text.data();
}

std::string as_text(std::string_view level, std::string_view message, const std::vector<LogField>& fields) {
  std::string line = timestamp() + " " + std::string(level) + " " + std::string(message);
  for (const LogField& field : fields) {
    line.append(" ").append(field.name).append("=");
    line += field.is_number ? field.value : "\"" + escape_json(escape_controls(field.value)) + "\"";
  }
  return line + "\n";
}

std::string as_json(std::string_view level, std::string_view message, const std::vector<LogField>& fields) {
  std::string line = R"({"time":")" + timestamp() + R"(","level":")" + std::string(level) + R"(","message":")" +
                     escape_json(message) + "\"";
  for (const LogField& field : fields) {
    line.append(",\"").append(field.name).append("\":");
    line += field.is_number ? field.value : "\"" + escape_json(field.value) + "\"";
  }
  return line + "}\n";
}

// Holds SIGPIPE back from this thread: to write into a pipe whose reader has left must not end the program.
class PipeSignalHeld {
 public:
  PipeSignalHeld() {
    ::sigemptyset(&pipe_);
    ::sigaddset(&pipe_, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~PipeSignalHeld() {
    constexpr timespec at_once{};
    ::sigtimedwait(&pipe_, nullptr, &at_once);  // one that came meanwhile would strike as soon as it is let through
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  PipeSignalHeld(const PipeSignalHeld&) = delete;
  PipeSignalHeld& operator=(const PipeSignalHeld&) = delete;
  PipeSignalHeld(PipeSignalHeld&&) = delete;
  PipeSignalHeld& operator=(PipeSignalHeld&&) = delete;

 private:
  sigset_t pipe_{};
  sigset_t before_{};
};

}  // namespace

LogField::LogField(std::string_view field_name, double number) : name(field_name), is_number(true) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.6f", number);
  value = text.data();
}

Log::Log(LogLevel level, LogFormat format, int descriptor) : level_(level), format_(format), descriptor_(descriptor) {}

std::string Log::format(LogLevel level, std::string_view message, const std::vector<LogField>& fields) const {
  const std::string_view name = level_names.at(static_cast<std::size_t>(level));
  return format_ == LogFormat::json ? as_json(name, message, fields) : as_text(name, message, fields);
}

void Log::write(LogLevel level, std::string_view message, const std::vector<LogField>& fields) {
  if (observer_) {
    observer_(message, fields);
  }
  if (level > level_) {
    return;
  }
  const std::string line = format(level, message, fields);
  const std::lock_guard lock(mutex_);
  const PipeSignalHeld held;
  if (lost_ > 0 && put(format(LogLevel::warning, "log lines were lost: nobody took them", {{"lines", lost_}}))) {
    lost_ = 0;
  }
  if (lost_ > 0 || !put(line)) {
    ++lost_;
  }
}

bool Log::put(std::string_view line) const {
  constexpr int patience = 1000;  // milliseconds, once: as long as nothing is taken the next lines do not wait
  // poll(2) promises room for this much in a pipe. A line is hardly ever longer: it is one write(2), so that lines of
  // several processes do not mix either.
  constexpr std::size_t piece = PIPE_BUF;
  while (!line.empty()) {
    pollfd out{descriptor_, POLLOUT, 0};
    if (retry_eintr([&] { return ::poll(&out, 1, lost_ > 0 ? 0 : patience); }) <= 0) {
      return false;
    }
    const ssize_t written = ::write(descriptor_, line.data(), std::min(line.size(), piece));
    if (written < 0) {
      return false;
    }
    line.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace kit
