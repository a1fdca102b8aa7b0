#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <optional>
#include <string>

#include "facts.h"
#include "perm_letters.h"
#include "root.h"
#include "session.h"
#include "virtual_path.h"

namespace kit {

/// Finds out what MLST and MLSD tell of the files in one directory, for the user of one session and from where he
/// stands. What is the same for all of them is found out once: an object is for one command. Refers to the Root.
class FactFinder {
 public:
  /// Throws std::system_error: ENOENT and so on, as Root does; EACCES too if the directory may not be entered.
  FactFinder(Session& session, const VirtualPath& directory);

  /// Of the name in that directory; "." is the directory itself. A symbolic link is what it points to (RFC 3659 7.5.1.5
  /// would have it so), if that can be reached; else it is "OS.unix=slink". Throws std::system_error if there is
  /// nothing of that name, or it may not be known. From any thread.
  [[nodiscard]] FileFacts of(const std::string& name) const;

 private:
  struct Found {
    struct stat status {};
    std::uint64_t mount = 0;
    bool guarded = true;  // something beside the mode may forbid to write
  };
  static Found look_at(const FileDescriptor& directory, const std::string& name);
  [[nodiscard]] Rights rights_to(const std::string& name, const Found& found) const;
  [[nodiscard]] bool is_kept(const struct stat& file) const;

  const Root& root_;
  const VirtualPath path_;
  const uid_t me_;
  const bool may_write_;
  std::optional<std::string> occupied_;  // the name of where the session stands
  FileDescriptor directory_;
  Found found_;    // of the directory
  Rights rights_;  // to it
};

/// What FactFinder finds out of the file that a path names.
FileFacts facts_of(Session& session, const VirtualPath& path);

}  // namespace kit
