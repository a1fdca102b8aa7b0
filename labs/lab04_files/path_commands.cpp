#include "path_commands.h"

#include "root.h"
#include "session.h"
#include "site_commands.h"
#include "todo.h"

namespace kit {

namespace takes {

void path(Session& session, Argument& argument) {
  KIT_TODO("lab 4, takes::path");
}

void optional_path(Session& session, Argument& argument) {
  KIT_TODO("lab 4, takes::optional_path");
}

}  // namespace takes

std::string quoted(const VirtualPath& path) {
  KIT_TODO("lab 4, quoted");
}

namespace {

/// 257 and the working directory, even if somebody has removed it meanwhile.
Reply pwd(Session& session, const Argument& /*argument*/) {
  KIT_TODO("lab 4, pwd");
}

/// 250, or 550 and the session stays where it is: the path is no directory, or may not be entered.
Reply cwd(Session& session, const Argument& argument) {
  KIT_TODO("lab 4, cwd");
}

/// As CWD to the directory above; at the root 250 too, and the session stays there.
Reply cdup(Session& session, const Argument& /*argument*/) {
  KIT_TODO("lab 4, cdup");
}

/// 257 and the path of the new directory; its mode is 0777 less the umask.
Reply mkd(Session& session, const Argument& argument) {
  KIT_TODO("lab 4, mkd");
}

/// 250 if the directory was empty. The root, and the directory that the session stands in, are never removed: 550.
Reply rmd(Session& session, const Argument& argument) {
  KIT_TODO("lab 4, rmd");
}

/// 250; of a link the link goes, not what it points to. A directory is not deleted: 550.
Reply dele(Session& session, const Argument& argument) {
  KIT_TODO("lab 4, dele");
}

/// 350 if there is something of that name; the root can't be renamed: 550.
Reply rnfr(Session& session, const Argument& argument) {
  KIT_TODO("lab 4, rnfr");
}

/// 250; a file of the new name is replaced, a directory never.
Reply rnto(Session& session, const Argument& argument) {
  KIT_TODO("lab 4, rnto");
}

}  // namespace

CommandTable path_commands() {
  KIT_TODO("lab 4, path_commands");
}

}  // namespace kit
