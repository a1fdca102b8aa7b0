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
  // BEGIN SOLUTION size
  const FileDescriptor file = session.service<Root>().open_file(argument.as<VirtualPath>(), O_RDONLY);
  const std::optional<std::uint64_t> bytes = representation_size(session, file.get());
  return bytes ? Reply(213, std::to_string(*bytes)) : Reply(550, "Too large to be counted as it would be sent: TYPE I");
  // END SOLUTION
}

/// 213 and when the file, or directory, was last changed, in UTC. A time in front of the name belongs to the name: it
/// is MFMT that sets times (RFC 3659 3.4). 550 if there is nothing.
Reply mdtm(Session& session, const Argument& argument) {
  // BEGIN SOLUTION mdtm
  return {213, time_text(session.service<Root>().status(argument.as<VirtualPath>()).st_mtime)};
  // END SOLUTION
}

/// "YYYYMMDDhhmmss[.fraction] pathname": 213 and what has become of it, "Modify=YYYYMMDDhhmmss; pathname". The time is
/// set, and the time of the last access stays. 501 for anything else in the argument, 550 if there is nothing.
Reply mfmt(Session& session, const Argument& argument) {
  // BEGIN SOLUTION mfmt
  const std::string text = argument.text();
  const std::size_t blank = text.find(' ');
  const std::optional<timespec> time = parse_time_value(std::string_view(text).substr(0, blank));
  if (!time || blank == std::string::npos || blank + 1 == text.size()) {
    return {501, "Write: MFMT YYYYMMDDhhmmss pathname"};
  }
  const auto& root = session.service<Root>();
  const VirtualPath path = session.part<WorkingDirectory>().path.resolve(text.substr(blank + 1));
  root.change_times(path, {0, UTIME_OMIT}, *time);
  return {213, "Modify=" + time_text(root.status(path).st_mtime) + "; " + path.text()};
  // END SOLUTION
}

/// 213 and how many bytes could be stored in the directory, by default the working directory.
Reply avbl(Session& session, const Argument& argument) {
  // BEGIN SOLUTION avbl
  const FileDescriptor directory = session.service<Root>().open(argument.as<VirtualPath>(), O_PATH | O_DIRECTORY);
  struct statvfs system {};
  check(::fstatvfs(directory.get(), &system), "statvfs");
  return {213, std::to_string(std::uintmax_t{system.f_bavail} * system.f_frsize)};
  // END SOLUTION
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
