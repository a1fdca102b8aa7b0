#pragma once

#include "command_table.h"

namespace kit {

/// ABOR; STAT again, which shows a transfer that is running; PASS again, with a delay behind a wrong password. To be
/// added behind login_commands() and representation_commands(), whose PASS and STAT still do the work. The service
/// LoginTimes must be in the context.
CommandTable urgent_commands();

}  // namespace kit
