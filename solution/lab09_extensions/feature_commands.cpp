#include "feature_commands.h"

#include <array>
#include <string>
#include <vector>

#include "ascii.h"
#include "facts.h"
#include "hash_commands.h"
#include "session.h"
#include "todo.h"

namespace kit {
namespace {

// One line of FEAT: there if the command of `verb` is implemented ("": always).
struct Feature {
  std::string_view verb;
  std::string_view text;                          // what FEAT calls it
  std::string (*parameters)(Session&) = nullptr;  // what stands behind that
};

constexpr std::array features{
    Feature{"AVBL", "AVBL"},
    Feature{"CLNT", "CLNT"},
    Feature{"EPRT", "EPRT"},
    Feature{"EPSV", "EPSV"},
    Feature{"HASH", "HASH", [](Session& session) { return hash_feature(*session.part<SelectedDigest>().kind); }},
    Feature{"HOST", "HOST"},
    Feature{"LANG", "LANG", [](Session&) { return std::string("EN*"); }},
    Feature{"MDTM", "MDTM"},
    Feature{"MFMT", "MFMT"},
    Feature{"MLST", "MLST", [](Session& session) { return facts_feature(session.part<SelectedFacts>().facts); }},
    Feature{"REST", "REST STREAM"},
    Feature{"SIZE", "SIZE"},
    Feature{"", "TVFS"},
    Feature{"", "UTF8"},
};

// BEGIN PRIVATE
bool is_offered(const CommandTable& commands, const Feature& feature) {
  if (feature.verb.empty()) {
    return true;
  }
  const CommandRow* row = commands.find(feature.verb);
  return row != nullptr && row->handler != nullptr;
}
// END PRIVATE

}  // namespace

namespace {

/// 211 and a line for each extension that is implemented, behind one blank (RFC 2389 3.2).
Reply feat(Session& session, const Argument& /*argument*/) {
  // BEGIN SOLUTION feat
  std::vector<std::string> lines{"Extensions:"};
  for (const Feature& feature : features) {
    if (is_offered(session.context().commands, feature)) {
      const std::string behind = feature.parameters == nullptr ? "" : " " + feature.parameters(session);
      lines.push_back(" " + std::string(feature.text) + behind);
    }
  }
  lines.emplace_back("End");
  return {211, std::move(lines)};
  // END SOLUTION
}

/// What the row "OPTS name" says, which gets what stands behind the name; 501 if there is none (RFC 2389 4).
Reply opts(Session& session, const Argument& argument) {
  // BEGIN SOLUTION opts
  const std::string text = argument.text();
  const std::size_t blank = text.find(' ');
  const std::string name = "OPTS " + to_upper(text.substr(0, blank));
  const CommandRow* row = session.context().commands.find(name);
  if (row == nullptr) {
    return {501, "There are no options for that"};
  }
  Argument behind(blank == std::string::npos ? std::nullopt : std::optional(text.substr(blank + 1)));
  row->takes(session, behind);
  return row->handler(session, behind);
  // END SOLUTION
}

/// 200 for nothing, ON and OFF, 501 for anything else. Clients ask before they dare to send a name.
Reply opts_utf8(Session& /*session*/, const Argument& argument) {
  // BEGIN SOLUTION opts_utf8
  const std::string text = to_upper(argument.text());
  if (!text.empty() && text != "ON" && text != "OFF") {
    return {501, "Write: OPTS UTF8 ON"};
  }
  return {200, "Names travel as they are stored: UTF-8"};
  // END SOLUTION
}

}  // namespace

CommandTable feature_commands() {
  constexpr Policy anytime{.login = false, .may_block = false};
  return {
      {"FEAT", anytime, takes::nothing, feat, ""},
      {"OPTS", anytime, takes::text, opts, "<SP> command [<SP> options]"},
      {"OPTS UTF8", anytime, takes::anything, opts_utf8, "[<SP> ( ON | OFF )]"},
      {"OPTS UTF-8", anytime, takes::anything, opts_utf8, "[<SP> ( ON | OFF )]"},
  };
}

}  // namespace kit
