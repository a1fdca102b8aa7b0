#pragma once

#include "command_table.h"

namespace kit {

/// MLST and MLSD (RFC 3659 7), the listings for programs, and "OPTS MLST", which selects their facts. Names are taken
/// as they are: no wildcards (RFC 3659 2.2.2).
CommandTable fact_commands();

}  // namespace kit
