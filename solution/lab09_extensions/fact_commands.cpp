#include "fact_commands.h"

#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "data_channel.h"
#include "directory_listing.h"
#include "facts.h"
#include "file_facts.h"
#include "path_commands.h"
#include "root.h"
#include "session.h"
#include "text_sender.h"
#include "todo.h"
#include "transfer.h"

namespace kit {
namespace {

// BEGIN PRIVATE
// A line of MLSD. Of a directory of the listing itself `type` is another: "cdir", "pdir".
std::optional<std::string> line_of(FactFinder& finder, const FactSelection& selection, const VirtualPath& path,
                                   const std::string& name, const std::string& type = "") {
  try {
    FileFacts facts = finder.of(path);
    facts.type = type.empty() ? facts.type : type;
    return facts_text(facts, selection) + " " + name;
  } catch (const std::system_error&) {
    return std::nullopt;  // gone meanwhile, or nobody may know
  }
}

void send_listing(Session& session, const VirtualPath& path, const DirectoryListing& listing, TcpStream& data) {
  TextSender sender(session, data);
  FactFinder finder(session);
  const FactSelection selection = session.part<SelectedFacts>().facts;
  const auto write = [&](const std::optional<std::string>& line) {
    if (line) {
      sender.write(*line);
    }
  };
  write(line_of(finder, selection, path, ".", "cdir"));
  if (!path.is_root()) {
    write(line_of(finder, selection, path.parent(), "..", "pdir"));
  }
  listing.names(
      "", [&](std::string_view name) { write(line_of(finder, selection, path.resolve(name), std::string(name))); });
  sender.finish();
}
// END PRIVATE

/// 250 and, over the control connection, one line about what the path names: a blank, its facts, a blank, its whole
/// path. Without an argument about the working directory. 550 if there is nothing.
Reply mlst(Session& session, const Argument& argument) {
  // BEGIN SOLUTION mlst
  const auto& path = argument.as<VirtualPath>();
  const FileFacts facts = FactFinder(session).of(path);
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
  return transfer.run("Here comes the list", [&](TcpStream& data) { send_listing(session, path, listing, data); });
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
