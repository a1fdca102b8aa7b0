#pragma once

#include <string>

#include "command_table.h"
#include "virtual_path.h"

namespace kit {

/// Where the session stands. A part of the session: nothing else in the server knows it, no chdir(2) is made.
struct WorkingDirectory {
  VirtualPath path;
};

/// What RNFR named, for the RNTO right behind it. A part of the session.
struct RenameState {
  VirtualPath from;
};

namespace takes {
/// A path, resolved against the working directory: argument.as<VirtualPath>(). 501 if there is none.
void path(Session& session, Argument& argument);
/// The same, but without an argument the working directory itself.
void optional_path(Session& session, Argument& argument);
}  // namespace takes

/// `path` as 257 shows it: in double quotes, each '"' inside doubled (RFC 959 Appendix II).
std::string quoted(const VirtualPath& path);

/// PWD CWD CDUP MKD RMD DELE RNFR RNTO, the X-aliases XPWD XCWD XCUP XMKD XRMD (RFC 1123 4.1.3.1), and site_commands().
/// Root must be among the services of the context.
CommandTable path_commands();

}  // namespace kit
