#include "hash_commands.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "check.h"
#include "path_commands.h"
#include "root.h"
#include "todo.h"
#include "transfer_seams.h"
#include "transfer_waiter.h"

namespace kit {
namespace {

/// 213 and the kind, the first and the last byte that went into it, the checksum and the path: "213 SHA-256 0-49
/// 1f2e... /a". Of the bytes as they are stored, whatever TYPE says. While it lasts ABOR and STAT are obeyed as in a
/// transfer: ABOR gets 426 for HASH and 226 for itself. 550 for what is no file.
Reply hash_file(Session& session, const Argument& argument) {
  KIT_TODO("lab 9, hash_file");
}

/// Without an argument 200 and the kind selected. With one 200, and it is selected; 501 for a kind that is not here.
Reply select_digest(Session& session, const Argument& argument) {
  KIT_TODO("lab 9, select_digest");
}

}  // namespace

std::string hash_feature(const DigestKind& selected) {
  KIT_TODO("lab 9, hash_feature");
}

CommandTable hash_commands() {
  return {
      {"HASH", {}, takes::path, hash_file, "<SP> pathname"},
      {"OPTS HASH", {.login = false, .may_block = false}, takes::anything, select_digest, "[<SP> name]"},
  };
}

}  // namespace kit
