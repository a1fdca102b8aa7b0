#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kit {

enum class LogLevel { error, warning, info, debug };
enum class LogFormat { text, json };

/// One named value of a log line. Numbers are printed bare in JSON.
struct LogField {
  LogField(std::string_view field_name, std::string_view text) : name(field_name), value(text) {}
  LogField(std::string_view field_name, long long number)
      : name(field_name), value(std::to_string(number)), is_number(true) {}
  LogField(std::string_view field_name, double number);

  std::string_view name;  ///< the program's own word: not copied
  std::string value;
  bool is_number = false;
};

/// Writes one line per event to a descriptor (stderr unless told otherwise). Every value is escaped, so no byte that a
/// client sends can forge a line or reach the terminal. Lines of several threads do not mix. A log must not take the
/// server down: into a pipe that is full or has no reader any more, lines are dropped, and counted for when it is read
/// again. The first that finds it full waits for a second.
class Log {
 public:
  explicit Log(LogLevel level = LogLevel::info, LogFormat format = LogFormat::text, int descriptor = 2);

  /// Somebody who is told of every event, whatever its level, in the thread in which it happens. To be called before
  /// there are threads; at most once.
  using Observer = std::function<void(std::string_view message, const std::vector<LogField>& fields)>;
  void observe(Observer observer) { observer_ = std::move(observer); }

  /// Whether an event of that level would be heeded at all: to put one together for nobody takes time.
  [[nodiscard]] bool heeds(LogLevel level) const { return level <= level_ || observer_; }

  /// Writes `message` and `fields` if `level` is within the limit. The message is the program's own text.
  void write(LogLevel level, std::string_view message, const std::vector<LogField>& fields = {});

  void error(std::string_view message, const std::vector<LogField>& fields = {}) {
    write(LogLevel::error, message, fields);
  }
  void warning(std::string_view message, const std::vector<LogField>& fields = {}) {
    write(LogLevel::warning, message, fields);
  }
  void info(std::string_view message, const std::vector<LogField>& fields = {}) {
    write(LogLevel::info, message, fields);
  }
  void debug(std::string_view message, const std::vector<LogField>& fields = {}) {
    write(LogLevel::debug, message, fields);
  }

 private:
  [[nodiscard]] std::string format(LogLevel level, std::string_view message, const std::vector<LogField>& fields) const;
  /// Returns whether all of `line` was taken.
  [[nodiscard]] bool put(std::string_view line) const;

  LogLevel level_;
  LogFormat format_;
  int descriptor_;
  Observer observer_;
  std::mutex mutex_;
  long long lost_ = 0;  // lines since the last one that was taken
};

}  // namespace kit
