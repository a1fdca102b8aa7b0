#include "attribute_commands.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <cstdint>
#include <optional>
#include <string>

#include "check.h"
#include "path_commands.h"
#include "representation_size.h"
#include "root.h"
#include "session.h"
#include "time_value.h"
#include "todo.h"

namespace kit {
namespace {

/// 213 and the number of bytes that RETR would send now, and nothing else in the text. 550 for what is no file, and
/// with the reason for a file so large that it would take too long to count (see representation_size).
Reply size(Session& session, const Argument& argument) {
  KIT_TODO("lab 9, size");
}

/// 213 and when the file, or directory, was last changed, in UTC. A time in front of the name belongs to the name: it
/// is MFMT that sets times (RFC 3659 3.4). 550 if there is nothing.
Reply mdtm(Session& session, const Argument& argument) {
  KIT_TODO("lab 9, mdtm");
}

/// "YYYYMMDDhhmmss[.fraction] pathname": 213 and what has become of it, "Modify=YYYYMMDDhhmmss; pathname". The time is
/// set, and the time of the last access stays. 501 for anything else in the argument, 550 if there is nothing.
Reply mfmt(Session& session, const Argument& argument) {
  KIT_TODO("lab 9, mfmt");
}

/// 213 and how many bytes could be stored in the directory, by default the working directory.
Reply avbl(Session& session, const Argument& argument) {
  KIT_TODO("lab 9, avbl");
}

}  // namespace

CommandTable attribute_commands() {
  constexpr Policy reads{};
  constexpr Policy writes{.writes = true};
  constexpr std::string_view path = "<SP> pathname";
  return {
      {"SIZE", reads, takes::path, size, path},
      {"MDTM", reads, takes::path, mdtm, path},
      {"MFMT", writes, takes::text, mfmt, "<SP> YYYYMMDDhhmmss <SP> pathname"},
      {"AVBL", reads, takes::optional_path, avbl, "[<SP> pathname]"},
  };
}

}  // namespace kit
