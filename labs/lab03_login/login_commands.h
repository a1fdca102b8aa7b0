#pragma once

#include "command_table.h"

namespace kit {

/// USER PASS ACCT REIN QUIT NOOP SYST HELP STAT (RFC 959 4.1.1, 4.1.3), and with nullptr for a handler the verbs of RFC
/// 959 and of the registry (RFC 5797) that no lab offers or a later lab brings: they get 502, not 500. USER is answered
/// 331 whether the name exists or not (RFC 2577 7). After `--login-attempts` wrong passwords: 421 and the end.
CommandTable login_commands();

}  // namespace kit
