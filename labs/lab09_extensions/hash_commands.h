#pragma once

#include <string>

#include "command_table.h"
#include "digest.h"
#include "session.h"

namespace kit {

/// Which checksum HASH makes in this session: a part of it.
struct SelectedDigest {
  const DigestKind* kind = digest_kinds.data();
};

/// What FEAT says behind HASH: all kinds, the selected one with a '*': "SHA-256*;CRC32". Pure.
std::string hash_feature(const DigestKind& selected);

/// HASH (draft-bryan-ftpext-hash) and "OPTS HASH": a client can see whether a file has arrived as it was without
/// fetching it once more.
CommandTable hash_commands();

}  // namespace kit
