#include "log.h"

#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>

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
    line += " " + field.name + "=";
    line += field.is_number ? field.value : "\"" + escape_json(escape_controls(field.value)) + "\"";
  }
  return line + "\n";
}

std::string as_json(std::string_view level, std::string_view message, const std::vector<LogField>& fields) {
  std::string line = R"({"time":")" + timestamp() + R"(","level":")" + std::string(level) + R"(","message":")" +
                     escape_json(message) + "\"";
  for (const LogField& field : fields) {
    line += ",\"" + field.name + "\":";
    line += field.is_number ? field.value : "\"" + escape_json(field.value) + "\"";
  }
  return line + "}\n";
}

}  // namespace

LogField::LogField(std::string_view field_name, double number) : name(field_name), is_number(true) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.6f", number);
  value = text.data();
}

Log::Log(LogLevel level, LogFormat format, int descriptor) : level_(level), format_(format), descriptor_(descriptor) {}

void Log::write(LogLevel level, std::string_view message, const std::vector<LogField>& fields) {
  if (level > level_) {
    return;
  }
  const std::string_view name = level_names.at(static_cast<std::size_t>(level));
  const std::string line = format_ == LogFormat::json ? as_json(name, message, fields) : as_text(name, message, fields);
  const std::lock_guard lock(mutex_);
  // One write(2) a line: lines of several processes do not mix either. What cannot be written is dropped.
  [[maybe_unused]] const ssize_t written = ::write(descriptor_, line.data(), line.size());
}

}  // namespace kit
