#include "fact_commands.h"

#include <optional>
#include <string>
#include <system_error>

#include "data_channel.h"
#include "directory_listing.h"
#include "facts.h"
#include "file_facts.h"
#include "line_sender.h"
#include "path_commands.h"
#include "root.h"
#include "session.h"
#include "todo.h"
#include "transfer.h"

namespace kit {
namespace {

/// 250 and, over the control connection, one line about what the path names: a blank, its facts, a blank, its whole
/// path. Without an argument about the working directory. 550 if there is nothing.
Reply mlst(Session& session, const Argument& argument) {
  KIT_TODO("lab 9, mlst");
}

/// 150, then over the data connection a line for the directory itself (type=cdir, "."), one for that above it
/// (type=pdir, ".."; the root has none) and one for each name in it; 226. Each line: the facts, a blank, the name,
/// CRLF; whatever TYPE says, and names with CR or LF in them are left out. 501 for what is no directory, 550 for
/// nothing.
Reply mlsd(Session& session, const Argument& argument) {
  KIT_TODO("lab 9, mlsd");
}

/// 200, and the facts are those named, in that order; none without an argument. 501 leaves them as they were.
Reply select_facts(Session& session, const Argument& argument) {
  KIT_TODO("lab 9, select_facts");
}

}  // namespace

CommandTable fact_commands() {
  constexpr Policy reads{};
  constexpr Policy anytime{.login = false, .may_block = false};
  return {
      {"MLST", reads, takes::optional_path, mlst, "[<SP> pathname]"},
      {"MLSD", reads, takes::optional_path, mlsd, "[<SP> pathname]"},
      {"OPTS MLST", anytime, takes::anything, select_facts, "[<SP> fact;fact;]"},
  };
}

}  // namespace kit
