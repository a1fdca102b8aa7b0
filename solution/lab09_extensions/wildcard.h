#pragma once

#include <string_view>

namespace kit {

/// Whether a pattern is one at all: it holds '*', '?' or '['. Pure.
bool has_wildcard(std::string_view text);

/// Whether `name` fits `pattern`, byte for byte and as a whole: '*' stands for any bytes or none, '?' for one, "[abc]",
/// "[a-z]" and "[!a]" (or "[^a]") for one of a set, in which a ']' may stand first; everything else for itself, a '['
/// that nothing closes too. As in a shell, a name that begins with '.' fits only a pattern that does. Takes at most as
/// many steps as both lengths multiplied, whatever the pattern: nobody keeps the server busy with "*a*a*a*a*b". Pure.
bool matches(std::string_view pattern, std::string_view name);

}  // namespace kit
