#pragma once

#include "command_table.h"

namespace kit {

/// PORT (RFC 959 4.1.2), EPRT and EPSV (RFC 2428), and PASV again, which EPSV ALL rules out. Whatever of the four came
/// last holds for the next transfer; the one before is closed. To be added behind passive_commands(), whose PASV does
/// the work still.
CommandTable active_commands();

}  // namespace kit
