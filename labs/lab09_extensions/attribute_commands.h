#pragma once

#include "command_table.h"

namespace kit {

/// SIZE, MDTM (RFC 3659 4, 3), MFMT (draft-somers-ftp-mfxx) and AVBL
/// (draft-peterson-streamlined-ftp-command-extensions): one number about one path, asked for by programs. Names are
/// taken as they are: no wildcards.
CommandTable attribute_commands();

}  // namespace kit
