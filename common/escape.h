#pragma once

#include <string>
#include <string_view>

namespace kit {

/// Text that cannot harm a terminal or a log: control bytes become \r, \n, \t or \xHH, a backslash is doubled;
/// everything from 0x80 up is kept when `text` is valid UTF-8 without C1 controls, and becomes \xHH otherwise.
std::string escape_controls(std::string_view text);

/// `text` as the inside of a JSON string (RFC 8259): quotes, backslashes and control bytes escaped; bytes that are not
/// valid UTF-8 are first escaped as by escape_controls, so that the result is always valid JSON.
std::string escape_json(std::string_view text);

/// Whether `text` is well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

}  // namespace kit
