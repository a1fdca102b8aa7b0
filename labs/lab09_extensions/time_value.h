#pragma once

#include <ctime>
#include <optional>
#include <string>
#include <string_view>

namespace kit {

/// A point in time as FTP writes it (RFC 3659 2.3): "YYYYMMDDhhmmss", always UTC; a year of four digits, so
/// "00000101..." or "99991231..." for what lies beyond. Pure.
std::string time_text(std::time_t time);

/// What a client sends as a point in time: 14 digits, and behind a '.' any number of digits of the second, of which the
/// first nine count. Nothing if `text` is anything else, or is no date: the 30th of February. Pure.
std::optional<timespec> parse_time_value(std::string_view text);

}  // namespace kit
