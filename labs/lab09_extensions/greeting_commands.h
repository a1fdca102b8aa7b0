#pragma once

#include <string>

#include "command_table.h"

namespace kit {

/// What a client says of itself, and of whom it wants to talk to: HOST (RFC 7151), LANG (RFC 2640 4), CLNT (which no
/// RFC knows and many clients send).
CommandTable greeting_commands();

/// Whether `text` is a language tag (RFC 1766: "en", "en-GB"): words of one to eight letters, those behind a '-' digits
/// as well. Pure.
bool is_language_tag(std::string_view text);

}  // namespace kit
