#include "site_commands.h"

#include <algorithm>
#include <charconv>

#include "ascii.h"
#include "path_commands.h"
#include "root.h"
#include "session.h"
#include "timestamp.h"
#include "todo.h"

namespace kit {

namespace {

/// Reads "mode pathname".
void mode_and_path(Session& session, Argument& argument) {
  KIT_TODO("lab 4, mode_and_path");
}

/// Reads either form of UTIME's argument; what fits both is taken for the longer one.
void times_and_path(Session& session, Argument& argument) {
  KIT_TODO("lab 4, times_and_path");
}

/// 200, or 550.
Reply chmod(Session& session, const Argument& argument) {
  KIT_TODO("lab 4, chmod");
}

/// 200, or 550.
Reply utime(Session& session, const Argument& argument) {
  KIT_TODO("lab 4, utime");
}

/// 214: how the commands behind SITE are written, or one of them; 501 for one that does not exist.
Reply site_help(Session& session, const Argument& argument) {
  KIT_TODO("lab 4, site_help");
}

/// Hands the argument to the row of the command behind SITE, with that row's policy; 504 if there is none.
Reply site(Session& session, const Argument& argument) {
  KIT_TODO("lab 4, site");
}

}  // namespace

CommandTable site_commands() {
  KIT_TODO("lab 4, site_commands");
}

}  // namespace kit
