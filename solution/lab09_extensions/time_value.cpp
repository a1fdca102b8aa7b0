#include "time_value.h"

#include <algorithm>
#include <chrono>

#include "arguments.h"
#include "timestamp.h"
#include "todo.h"

namespace kit {

std::string time_text(std::time_t time) {
  // BEGIN SOLUTION time_text
  using namespace std::chrono;
  constexpr std::time_t first = -62167219200;  // 0000-01-01 00:00:00
  constexpr std::time_t last = 253402300799;   // 9999-12-31 23:59:59
  // MLSD asks for each of 100,000 names, in several threads: gmtime(3) takes a lock, printf(3) its time.
  const sys_seconds moment{seconds(std::clamp(time, first, last))};
  const sys_days day = floor<days>(moment);
  const year_month_day date(day);
  const hh_mm_ss clock(moment - day);
  std::string text;
  const auto append = [&text](auto number) {
    text += static_cast<char>('0' + number / 10);
    text += static_cast<char>('0' + number % 10);
  };
  append(int{date.year()} / 100);
  append(int{date.year()} % 100);
  append(unsigned{date.month()});
  append(unsigned{date.day()});
  append(clock.hours().count());
  append(clock.minutes().count());
  append(clock.seconds().count());
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
