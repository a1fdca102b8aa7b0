#pragma once

#include "command_table.h"

namespace kit {

/// FEAT and OPTS (RFC 2389). FEAT tells what this server has beyond RFC 959, and is made from the rows of the table: an
/// extension is named if and only if its command has a handler, so what is said is always true. OPTS is handled by rows
/// too: "OPTS MLST" and the like, as those behind SITE; a line cannot reach them but through OPTS. "OPTS UTF8" is here:
/// names travel in the bytes in which they are stored, so it has nothing to switch.
CommandTable feature_commands();

}  // namespace kit
