#pragma once

#include "command_table.h"

namespace kit {

/// TYPE MODE STRU ALLO (RFC 959 4.1.2, 4.1.3). They change the session's TransferParameters.
/// TYPE A, A N, A T, I and L 8 are 200; A C, E and other byte sizes 504; anything else 501. STRU F and MODE S are 200;
/// the other letters of RFC 959 504; anything else 501. ALLO is superfluous here: 202, but 501 for what is not a
/// number.
CommandTable parameter_commands();

}  // namespace kit
