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

// BEGIN PRIVATE
std::vector<std::string> found(Session& session, const Pattern& pattern) {
  std::vector<std::string> names = names_matching(session.service<Root>(), pattern.directory, pattern.pattern);
  return names.empty() ? throw ReplyError(550, "No name fits that pattern") : names;
}
// END PRIVATE

/// As NLST of passive_commands(); of a pattern the names that fit, each as RETR would understand it: with what stood in
/// front of the pattern. 550 if none fits.
Reply nlst(Session& session, const Argument& argument) {
  // BEGIN SOLUTION nlst
  const std::optional<Pattern> pattern = pattern_of(session, argument.text());
  if (!pattern) {
    return list_before("NLST", session, argument);
  }
  Transfer transfer(session);
  const std::vector<std::string> names = found(session, *pattern);
  return transfer.run("Here come the names", [&](TcpStream& data) {
    LineSender sender(session, data);
    for (const std::string& name : names) {
      sender.write(pattern->before + name);
    }
    sender.finish();
  });
  // END SOLUTION
}

/// As LIST of passive_commands(); of a pattern a line for each name that fits. 550 if none fits.
Reply list(Session& session, const Argument& argument) {
  // BEGIN SOLUTION list
  const std::optional<Pattern> pattern = pattern_of(session, argument.text());
  if (!pattern) {
    return list_before("LIST", session, argument);
  }
  Transfer transfer(session);
  const Root& root = session.service<Root>();
  const std::vector<std::string> names = found(session, *pattern);
  return transfer.run("Here comes the list", [&, now = std::time(nullptr)](TcpStream& data) {
    LineSender sender(session, data);
    sender.write_each(names.size(), [&](std::size_t number) -> std::optional<std::string> {
      const auto entry = entry_of(root, pattern->directory.resolve(names[number]));
      return entry ? std::optional(listing_line(*entry, now)) : std::nullopt;
    });
    sender.finish();
  });
  // END SOLUTION
}

}  // namespace

std::vector<std::string> names_matching(const Root& root, const VirtualPath& directory, const std::string& pattern) {
  // BEGIN SOLUTION names_matching
  std::vector<std::string> fitting;
  const DirectoryListing listing(root, directory);
  if (!listing.is_directory()) {
    throw std::system_error(std::make_error_code(std::errc::not_a_directory), "list");
  }
  listing.names("", [&](std::string_view name) {
    if (matches(pattern, name)) {
      fitting.emplace_back(name);
    }
  });
  return fitting;
  // END SOLUTION
}

CommandTable pattern_commands() {
  constexpr Policy reads{};
  return {
      {"LIST", reads, takes::anything, list, "[<SP> pathname or pattern]"},
      {"NLST", reads, takes::anything, nlst, "[<SP> pathname or pattern]"},
  };
}

}  // namespace kit
