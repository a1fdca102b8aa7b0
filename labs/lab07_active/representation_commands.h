#pragma once

#include "command_table.h"

namespace kit {

/// STRU and MODE as this lab offers them (RFC 959 3.1.2, 3.4, 4.1.2): STRU F and R, MODE S and B are 200; STRU P and
/// MODE C 504; anything else 501. STAT without a path tells them; STAT with one is that of passive_commands(). TYPE
/// stays what parameter_commands() makes of it: it is the converters that give it its meaning.
CommandTable representation_commands();

}  // namespace kit
