#pragma once

#include <string>
#include <vector>

#include "command_table.h"
#include "root.h"
#include "virtual_path.h"

namespace kit {

/// LIST and NLST of a pattern: `NLST *.txt`, `LIST /pub/[a-c]*`. Wildcards stand in the last component of the path
/// only, and only where there is no file of that very name; see matches(). Of a directory that fits, its own line is
/// shown, not what is in it. Anything else is left to passive_commands(), behind which these rows belong.
CommandTable pattern_commands();

/// The names in `directory` that fit `pattern` and can be listed, in their order. Throws std::system_error.
std::vector<std::string> names_matching(const Root& root, const VirtualPath& directory, const std::string& pattern);

}  // namespace kit
