#pragma once

#include <ctime>
#include <optional>
#include <string_view>

namespace kit {

/// A point in time as FTP writes it, "YYYYMMDDhhmmss" in UTC (RFC 3659 2.3), as seconds since 1970; the seconds may be
/// left out. Nothing if `text` is anything else: a sign, a blank, a month 13, a 30th of February. Pure.
std::optional<std::time_t> parse_timestamp(std::string_view text);

}  // namespace kit
