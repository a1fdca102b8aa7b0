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

// BEGIN PRIVATE
std::string line_of(const FileFacts& facts, const FactSelection& selection, const std::string& name) {
  std::string line = facts_text(facts, selection);
  line.append(" ").append(name);
  return line;
}

// Nothing: gone meanwhile, or nobody may know.
template <typename Find>
std::optional<FileFacts> if_known(Find find) {
  try {
    return find();
  } catch (const std::system_error&) {
    return std::nullopt;
  }
}

void send_listing(Session& session, const VirtualPath& path, const DirectoryListing& listing, const FactFinder& finder,
                  TcpStream& data) {
  LineSender sender(session, data);
  const FactSelection selection = session.part<SelectedFacts>().facts;
  const auto write_own = [&](const VirtualPath& directory, const std::string& type, const std::string& name) {
    if (std::optional<FileFacts> facts = if_known([&] { return facts_of(session, directory); })) {
      facts->type = type;
      sender.write(line_of(*facts, selection, name));
    }
  };
  write_own(path, "cdir", ".");
  if (!path.is_root()) {
    write_own(path.parent(), "pdir", "..");
  }
  sender.write_each(listing.size(), [&](std::size_t number) {
    const std::string& name = listing.name(number);
    const std::optional<FileFacts> facts = if_known([&] { return finder.of(name); });
    return facts ? std::optional(line_of(*facts, selection, name)) : std::nullopt;
  });
  sender.finish();
}
// END PRIVATE

/// 250 and, over the control connection, one line about what the path names: a blank, its facts, a blank, its whole
/// path. Without an argument about the working directory. 550 if there is nothing.
Reply mlst(Session& session, const Argument& argument) {
  // BEGIN SOLUTION mlst
  const auto& path = argument.as<VirtualPath>();
  const FileFacts facts = facts_of(session, path);
  return {250,
          {"About " + path.text(), " " + facts_text(facts, session.part<SelectedFacts>().facts) + " " + path.text(),
           "End"}};
  // END SOLUTION
}

/// 150, then over the data connection a line for the directory itself (type=cdir, "."), one for that above it
/// (type=pdir, ".."; the root has none) and one for each name in it; 226. Each line: the facts, a blank, the name,
/// CRLF; whatever TYPE says, and names with CR or LF in them are left out. 501 for what is no directory, 550 for
/// nothing.
Reply mlsd(Session& session, const Argument& argument) {
  // BEGIN SOLUTION mlsd
  Transfer transfer(session);
  const auto& path = argument.as<VirtualPath>();
  const DirectoryListing listing(session.service<Root>(), path);
  if (!listing.is_directory()) {
    return {501, "That is no directory: MLST tells of a file"};
  }
  const FactFinder finder(session, path);
  return transfer.run("Here comes the list",
                      [&](TcpStream& data) { send_listing(session, path, listing, finder, data); });
  // END SOLUTION
}

/// 200, and the facts are those named, in that order; none without an argument. 501 leaves them as they were.
Reply select_facts(Session& session, const Argument& argument) {
  // BEGIN SOLUTION select_facts
  std::optional<FactSelection> selection = parse_facts(argument.text());
  if (!selection) {
    return {501, "Write: OPTS MLST fact;fact;"};
  }
  FactSelection& facts = session.part<SelectedFacts>().facts;
  facts = *std::move(selection);
  return {200, facts.empty() ? "MLST OPTS" : "MLST OPTS " + facts_text(facts)};
  // END SOLUTION
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
