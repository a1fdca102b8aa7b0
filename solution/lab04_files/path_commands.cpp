#include "path_commands.h"

#include "root.h"
#include "session.h"
#include "site_commands.h"
#include "todo.h"

namespace kit {

namespace takes {

void path(Session& session, Argument& argument) {
  // BEGIN SOLUTION takes::path
  text(session, argument);
  optional_path(session, argument);
  // END SOLUTION
}

void optional_path(Session& session, Argument& argument) {
  // BEGIN SOLUTION takes::optional_path
  argument.set(session.part<WorkingDirectory>().path.resolve(argument.text()));
  // END SOLUTION
}

}  // namespace takes

std::string quoted(const VirtualPath& path) {
  // BEGIN SOLUTION quoted
  std::string text = "\"";
  for (const char c : path.text()) {
    text.append(c == '"' ? 2 : 1, c);
  }
  return text + '"';
  // END SOLUTION
}

namespace {

/// 257 and the working directory, even if somebody has removed it meanwhile.
Reply pwd(Session& session, const Argument& /*argument*/) {
  // BEGIN SOLUTION pwd
  return {257, quoted(session.part<WorkingDirectory>().path) + " is the working directory"};
  // END SOLUTION
}

// BEGIN PRIVATE
Reply enter(Session& session, const VirtualPath& path) {
  session.service<Root>().require_directory(path);
  session.part<WorkingDirectory>().path = path;
  return {250, "The working directory is " + quoted(path)};
}

// END PRIVATE
/// 250, or 550 and the session stays where it is: the path is no directory, or may not be entered.
Reply cwd(Session& session, const Argument& argument) {
  // BEGIN SOLUTION cwd
  return enter(session, argument.as<VirtualPath>());
  // END SOLUTION
}

/// As CWD to the directory above; at the root 250 too, and the session stays there.
Reply cdup(Session& session, const Argument& /*argument*/) {
  // BEGIN SOLUTION cdup
  return enter(session, session.part<WorkingDirectory>().path.parent());
  // END SOLUTION
}

/// 257 and the path of the new directory; its mode is 0777 less the umask.
Reply mkd(Session& session, const Argument& argument) {
  // BEGIN SOLUTION mkd
  const auto& path = argument.as<VirtualPath>();
  session.service<Root>().make_directory(path);
  return {257, quoted(path) + " created"};
  // END SOLUTION
}

/// 250 if the directory was empty. The root, and the directory that the session stands in, are never removed: 550.
Reply rmd(Session& session, const Argument& argument) {
  // BEGIN SOLUTION rmd
  const auto& path = argument.as<VirtualPath>();
  if (path.is_root() || path == session.part<WorkingDirectory>().path) {
    return {550, "You are standing on it"};
  }
  session.service<Root>().remove_directory(path);
  return {250, "Directory removed"};
  // END SOLUTION
}

/// 250; of a link the link goes, not what it points to. A directory is not deleted: 550.
Reply dele(Session& session, const Argument& argument) {
  // BEGIN SOLUTION dele
  session.service<Root>().remove_file(argument.as<VirtualPath>());
  return {250, "File deleted"};
  // END SOLUTION
}

/// 350 if there is something of that name; the root can't be renamed: 550.
Reply rnfr(Session& session, const Argument& argument) {
  // BEGIN SOLUTION rnfr
  const auto& path = argument.as<VirtualPath>();
  if (path.is_root()) {
    return {550, "The root cannot be renamed"};
  }
  static_cast<void>(session.service<Root>().link_status(path));
  session.part<RenameState>().from = path;
  return {350, "Send RNTO with the new name"};
  // END SOLUTION
}

/// 250; a file of the new name is replaced, a directory never.
Reply rnto(Session& session, const Argument& argument) {
  // BEGIN SOLUTION rnto
  session.service<Root>().rename(session.part<RenameState>().from, argument.as<VirtualPath>());
  return {250, "Renamed"};
  // END SOLUTION
}

}  // namespace

CommandTable path_commands() {
  // BEGIN SOLUTION path_commands
  constexpr Policy reads{};
  constexpr Policy writes{.writes = true};
  constexpr Policy behind_rnfr{.follows = "RNFR", .writes = true};
  constexpr std::string_view path = "<SP> pathname";
  const CommandTable paths{
      {"PWD", {.may_block = false}, takes::nothing, pwd, ""},
      {"XPWD", {.may_block = false}, takes::nothing, pwd, ""},
      {"CWD", reads, takes::path, cwd, path},
      {"XCWD", reads, takes::path, cwd, path},
      {"CDUP", reads, takes::nothing, cdup, ""},
      {"XCUP", reads, takes::nothing, cdup, ""},
      {"MKD", writes, takes::path, mkd, path},
      {"XMKD", writes, takes::path, mkd, path},
      {"RMD", writes, takes::path, rmd, path},
      {"XRMD", writes, takes::path, rmd, path},
      {"DELE", writes, takes::path, dele, path},
      {"RNFR", writes, takes::path, rnfr, path},
      {"RNTO", behind_rnfr, takes::path, rnto, path},
  };
  return paths + site_commands();
  // END SOLUTION
}

}  // namespace kit
