#include "remote_entry.h"

#include "arguments.h"
#include "ascii.h"
#include "timestamp.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

using Kind = RemoteEntry::Kind;

// What `type` says; nothing for the directory itself and its parent.
std::optional<Kind> kind_of(std::string_view type) {
  const std::string name = to_upper(type);
  if (name == "CDIR" || name == "PDIR") {
    return std::nullopt;
  }
  if (name == "FILE" || name == "DIR") {
    return name == "FILE" ? Kind::file : Kind::directory;
  }
  const bool link = name.starts_with("OS.UNIX=SLINK") || name.starts_with("OS.UNIX=SYMLINK");
  return link ? Kind::link : Kind::other;
}

// Takes one fact in; false if there can be no entry with it.
bool take_fact(std::string_view fact, RemoteEntry& entry) {
  const std::size_t equals = fact.find('=');
  if (equals == std::string_view::npos) {
    return false;
  }
  const std::string name = to_upper(fact.substr(0, equals));
  const std::string_view value = fact.substr(equals + 1);
  if (name == "TYPE") {
    const auto kind = kind_of(value);
    entry.kind = kind.value_or(entry.kind);
    return kind.has_value();
  }
  if (name == "SIZE") {
    entry.size = parse_number<std::uint64_t>(value, 0, UINT64_MAX);
  } else if (name == "MODIFY") {
    entry.modified = parse_fact_time(value);
  } else if (name == "UNIQUE") {
    entry.unique = value;
  }
  return true;
}

}  // namespace
// END PRIVATE

std::optional<RemoteEntry> parse_facts_line(std::string_view line) {
  // BEGIN SOLUTION parse_facts_line
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || space + 1 == line.size()) {
    return std::nullopt;
  }
  RemoteEntry entry;
  entry.name = line.substr(space + 1);
  std::string_view facts = line.substr(0, space);
  while (!facts.empty()) {
    const std::size_t end = facts.find(';');
    if (end == std::string_view::npos || !take_fact(facts.substr(0, end), entry)) {
      return std::nullopt;
    }
    facts.remove_prefix(end + 1);
  }
  return entry;
  // END SOLUTION
}

std::optional<std::time_t> parse_fact_time(std::string_view text) {
  // BEGIN SOLUTION parse_fact_time
  const std::size_t point = text.find('.');
  if (point != std::string_view::npos &&
      (point + 1 == text.size() || text.find_first_not_of("0123456789", point + 1) != std::string_view::npos)) {
    return std::nullopt;
  }
  const std::string_view whole = text.substr(0, point);
  return whole.size() == 14 ? parse_timestamp(whole) : std::nullopt;
  // END SOLUTION
}

}  // namespace kit
