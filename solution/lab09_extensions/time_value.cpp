#include "time_value.h"

#include <algorithm>

#include "arguments.h"
#include "timestamp.h"
#include "todo.h"

namespace kit {

std::string time_text(std::time_t time) {
  // BEGIN SOLUTION time_text
  constexpr std::time_t first = -62167219200;  // 0000-01-01 00:00:00
  constexpr std::time_t last = 253402300799;   // 9999-12-31 23:59:59
  const std::time_t shown = std::clamp(time, first, last);
  std::tm parts{};
  ::gmtime_r(&shown, &parts);
  const int year = parts.tm_year + 1900;
  std::string text;
  for (const int number :
       {year / 100, year % 100, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec}) {
    text += static_cast<char>('0' + number / 10);  // MLSD asks for each of 100,000 names: printf(3) would be half of it
    text += static_cast<char>('0' + number % 10);
  }
  return text;
  // END SOLUTION
}

std::optional<timespec> parse_time_value(std::string_view text) {
  // BEGIN SOLUTION parse_time_value
  constexpr std::size_t digits = 14;
  constexpr std::size_t counting = 9;
  const auto seconds = text.size() < digits ? std::nullopt : parse_timestamp(text.substr(0, digits));
  if (!seconds) {
    return std::nullopt;
  }
  text.remove_prefix(digits);
  if (text.empty()) {
    return timespec{*seconds, 0};
  }
  const std::string_view behind = text.substr(1);
  if (text.front() != '.' || behind.empty() || behind.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  std::string nanoseconds(behind.substr(0, counting));
  nanoseconds.append(counting - nanoseconds.size(), '0');
  return timespec{*seconds, parse_number<long>(nanoseconds, 0, 999'999'999).value()};
  // END SOLUTION
}

}  // namespace kit
