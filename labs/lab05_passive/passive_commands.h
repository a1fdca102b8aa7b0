#pragma once

#include "command_table.h"

namespace kit {

/// PASV, RETR, STOR, APPE, STOU, LIST, NLST, and STAT with a path (RFC 959 4.1.3). STAT without one is the STAT of
/// login_commands(). The services Root and TransferSeams (see offer_transfers) must be in the context.
CommandTable passive_commands();

}  // namespace kit
