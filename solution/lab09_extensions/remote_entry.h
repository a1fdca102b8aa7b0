#pragma once

#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>

namespace kit {

/// One name in a remote directory, and what is known of it. The name is as the server wrote it: see is_safe_name().
struct RemoteEntry {
  enum class Kind { file, directory, link, other };

  std::string name;
  Kind kind = Kind::file;
  std::optional<std::uint64_t> size = {};
  std::optional<std::time_t> modified = {};  ///< in UTC; LIST does not say in which zone it means its own
  std::string unique = {};                   ///< the same for the same object under two names; "" where not told

  bool operator==(const RemoteEntry&) const = default;
};

/// A line of MLSD or MLST (RFC 3659 7.2): facts, one space, the name with all its blanks. `type=file;size=3; a b`.
/// Names of facts, and values of `type`, come in upper or lower case and in any order; unknown ones are passed over.
/// Nothing for what is no such line, and for the directory itself and its parent (cdir, pdir). Pure.
std::optional<RemoteEntry> parse_facts_line(std::string_view line);

/// A point in time as MLSD and MDTM write it, "20240229123059.5": a fraction of a second is cut off. Pure.
std::optional<std::time_t> parse_fact_time(std::string_view text);

/// A line of LIST, which no standard describes: that of `ls -l`, with or without a group, or that of MS-DOS:
///
///     -rw-r--r--   1 owner  group     1234 Feb 29 12:30 name with  blanks
///     02-29-24  12:30PM       <DIR>          name
///
/// Nothing for anything else: a title, "total 5", an error that lies between the lines; nor for "." and "..". Pure.
std::optional<RemoteEntry> parse_list_line(std::string_view line);

}  // namespace kit
