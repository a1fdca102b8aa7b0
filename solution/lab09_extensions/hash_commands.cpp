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

// BEGIN PRIVATE
struct Hashed {
  std::uint64_t bytes = 0;
  std::string checksum;
};

// A large file takes long. So every piece goes through the waiting door of transfers, though a file is always ready:
// ABOR ends it (426), STAT is answered, and neither a client that has gone nor a server that stops has to wait.
Hashed hash(Session& session, int file, const DigestKind& kind) {
  constexpr std::size_t chunk_size = std::size_t{256} << 10U;
  const std::unique_ptr<Waiter> waiter = session.service<TransferSeams>().waiter(session);
  const std::unique_ptr<Digest> digest = kind.make();
  std::vector<char> buffer(chunk_size);
  Hashed hashed;
  for (;;) {
    waiter->wait(file, POLLIN, Deadline::never(), "reading the file");
    const ssize_t got = check(retry_eintr([&] { return ::read(file, buffer.data(), buffer.size()); }), "read");
    if (got == 0) {
      hashed.checksum = digest->finish();
      return hashed;
    }
    digest->update({buffer.data(), static_cast<std::size_t>(got)});
    hashed.bytes += static_cast<std::uint64_t>(got);
  }
}
// END PRIVATE

/// 213 and the kind, the first and the last byte that went into it, the checksum and the path: "213 SHA-256 0-49
/// 1f2e... /a". Of the bytes as they are stored, whatever TYPE says. While it lasts ABOR and STAT are obeyed as in a
/// transfer: ABOR gets 426 for HASH and 226 for itself. 550 for what is no file.
Reply hash_file(Session& session, const Argument& argument) {
  // BEGIN SOLUTION hash_file
  const auto& path = argument.as<VirtualPath>();
  const DigestKind& kind = *session.part<SelectedDigest>().kind;
  const FileDescriptor file = session.service<Root>().open_file(path, O_RDONLY);
  const Hashed hashed = hash(session, file.get(), kind);
  const std::uint64_t last = std::max<std::uint64_t>(hashed.bytes, 1) - 1;
  return {213, std::string(kind.name) + " 0-" + std::to_string(last) + " " + hashed.checksum + " " + path.text()};
  // END SOLUTION
}

/// Without an argument 200 and the kind selected. With one 200, and it is selected; 501 for a kind that is not here.
Reply select_digest(Session& session, const Argument& argument) {
  // BEGIN SOLUTION select_digest
  auto& selected = session.part<SelectedDigest>();
  const DigestKind* kind = argument.given() ? find_digest(argument.text()) : selected.kind;
  if (kind == nullptr) {
    return {501, "There is no such hash function here: see FEAT"};
  }
  selected.kind = kind;
  return {200, std::string(kind->name)};
  // END SOLUTION
}

}  // namespace

std::string hash_feature(const DigestKind& selected) {
  // BEGIN SOLUTION hash_feature
  std::string text;
  for (const DigestKind& kind : digest_kinds) {
    text.append(text.empty() ? "" : ";").append(kind.name).append(&kind == &selected ? "*" : "");
  }
  return text;
  // END SOLUTION
}

CommandTable hash_commands() {
  return {
      {"HASH", {}, takes::path, hash_file, "<SP> pathname"},
      {"OPTS HASH", {.login = false, .may_block = false}, takes::anything, select_digest, "[<SP> name]"},
  };
}

}  // namespace kit
