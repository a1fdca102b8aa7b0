#include "timestamp.h"

#include <chrono>

#include "arguments.h"
#include "todo.h"

namespace kit {

std::optional<std::time_t> parse_timestamp(std::string_view text) {
  // BEGIN SOLUTION parse_timestamp
  if (text.size() != 12 && text.size() != 14) {
    return std::nullopt;
  }
  const auto year = parse_number<int>(text.substr(0, 4), 0, 9999);
  const auto month = parse_number<unsigned>(text.substr(4, 2), 1, 12);
  const auto day = parse_number<unsigned>(text.substr(6, 2), 1, 31);
  const auto hour = parse_number<int>(text.substr(8, 2), 0, 23);
  const auto minute = parse_number<int>(text.substr(10, 2), 0, 59);
  const auto second = text.size() == 12 ? 0 : parse_number<int>(text.substr(12), 0, 60);  // 60: a leap second
  if (!year || !month || !day || !hour || !minute || !second) {
    return std::nullopt;
  }
  namespace chrono = std::chrono;
  const chrono::year_month_day date{chrono::year(*year), chrono::month(*month), chrono::day(*day)};
  if (!date.ok()) {
    return std::nullopt;
  }
  const auto time = chrono::sys_days(date) + chrono::hours(*hour) + chrono::minutes(*minute) + chrono::seconds(*second);
  return static_cast<std::time_t>(time.time_since_epoch().count());
  // END SOLUTION
}

}  // namespace kit
