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
}  // namespace

namespace {

/// 211 and a line for each extension that is implemented, behind one blank (RFC 2389 3.2).
Reply feat(Session& session, const Argument& /*argument*/) {
  KIT_TODO("lab 9, feat");
}

/// What the row "OPTS name" says, which gets what stands behind the name; 501 if there is none (RFC 2389 4).
Reply opts(Session& session, const Argument& argument) {
  KIT_TODO("lab 9, opts");
}

/// 200 for nothing, ON and OFF, 501 for anything else. Clients ask before they dare to send a name.
Reply opts_utf8(Session& /*session*/, const Argument& argument) {
  KIT_TODO("lab 9, opts_utf8");
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
