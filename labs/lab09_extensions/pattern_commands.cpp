#include "pattern_commands.h"

#include <ctime>
#include <optional>
#include <system_error>

#include "directory_listing.h"
#include "line_sender.h"
#include "listing.h"
#include "passive_commands.h"
#include "path_commands.h"
#include "session.h"
#include "todo.h"
#include "transfer.h"
#include "wildcard.h"

namespace kit {
namespace {

// What LIST and NLST are to show if their argument is a pattern.
struct Pattern {
  std::string before;  // what stood in front of the last component: "" or "dir/"
  VirtualPath directory;
  std::string pattern;
};

bool exists(const Root& root, const VirtualPath& path) {
  try {
    static_cast<void>(root.link_status(path));
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

// Nothing: the argument is an ordinary path.
std::optional<Pattern> pattern_of(Session& session, const std::string& text) {
  const std::string given(listing_path(text));
  const std::string before = given.substr(0, given.rfind('/') + 1);  // npos + 1 is 0
  const std::string last = given.substr(before.size());
  const VirtualPath& here = session.part<WorkingDirectory>().path;
  if (!has_wildcard(last) || exists(session.service<Root>(), here.resolve(given))) {
    return std::nullopt;
  }
  return Pattern{before, here.resolve(before), last};
}

Reply list_before(std::string_view verb, Session& session, const Argument& argument) {
  static const CommandTable before = passive_commands();
  const CommandRow& row = *before.find(verb);
  Argument copy = argument;
  row.takes(session, copy);
  return row.handler(session, copy);
}

std::optional<ListingEntry> entry_of(const Root& root, const VirtualPath& path) {
  try {
    ListingEntry entry{path.name(), root.link_status(path), ""};
    entry.link_target = S_ISLNK(entry.status.st_mode) ? root.link_target(path) : "";
    return entry;
  } catch (const std::system_error&) {
    return std::nullopt;  // gone meanwhile
  }
}

/// As NLST of passive_commands(); of a pattern the names that fit, each as RETR would understand it: with what stood in
/// front of the pattern. 550 if none fits.
Reply nlst(Session& session, const Argument& argument) {
  KIT_TODO("lab 9, nlst");
}

/// As LIST of passive_commands(); of a pattern a line for each name that fits. 550 if none fits.
Reply list(Session& session, const Argument& argument) {
  KIT_TODO("lab 9, list");
}

}  // namespace

std::vector<std::string> names_matching(const Root& root, const VirtualPath& directory, const std::string& pattern) {
  KIT_TODO("lab 9, names_matching");
}

CommandTable pattern_commands() {
  constexpr Policy reads{};
  return {
      {"LIST", reads, takes::anything, list, "[<SP> pathname or pattern]"},
      {"NLST", reads, takes::anything, nlst, "[<SP> pathname or pattern]"},
  };
}

}  // namespace kit
