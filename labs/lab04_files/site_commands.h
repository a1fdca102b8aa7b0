#pragma once

#include "command_table.h"

namespace kit {

/// SITE (RFC 959 4.1.3, RFC 1123 4.1.2.8), and what stands behind it:
///
///     SITE CHMOD mode pathname                      mode in octal; setuid, setgid and the sticky bit are not given:
///     504 SITE UTIME YYYYMMDDhhmm[ss] pathname          times in UTC (RFC 3659 2.3) SITE UTIME pathname access
///     modification creation UTC    the third time is read and cannot be set SITE HELP [command]
///
/// A command behind SITE is a row like any other, with a verb such as "SITE CHMOD": a later lab adds one by adding a
/// row. No client reaches such a row but through SITE, for the verb of a line holds only letters. SITE alone is
/// answered 501, an unknown command behind it 504. Root must be among the services of the context.
CommandTable site_commands();

}  // namespace kit
