#pragma once

#include <optional>
#include <utility>

#include "facts.h"
#include "perm_letters.h"
#include "root.h"
#include "session.h"
#include "virtual_path.h"

namespace kit {

/// Finds out what MLST and MLSD tell of files, for the user of one session and from where he stands. Refers to the
/// session. What it has found out about a directory is kept for the next file in it: an object is for one command.
class FactFinder {
 public:
  explicit FactFinder(Session& session);

  /// A symbolic link is what it points to (RFC 3659 7.5.1.5 would have it so), if that can be reached; else it is
  /// "OS.unix=slink". Throws std::system_error if there is nothing of that name, or it may not be known.
  FileFacts of(const VirtualPath& path);

 private:
  struct Directory {
    FileDescriptor opened;
    Rights rights;
    struct stat status {};
  };
  /// What is known of the directory that `path` stands in.
  const Directory& parent_of(const VirtualPath& path);

  Session& session_;
  const Root& root_;
  std::optional<std::pair<VirtualPath, Directory>> parent_;
};

}  // namespace kit
