#include "greeting_commands.h"

#include <algorithm>
#include <optional>

#include "ascii.h"
#include "host_name.h"
#include "session.h"
#include "todo.h"

namespace kit {
namespace {

/// 220: this is the host that the client wants (RFC 7151 3). Whatever it is called, it serves the same files. 501 for
/// what is no host, or a host with a port; 504 for another host; 503 behind a login.
Reply host(Session& session, const Argument& argument) {
  KIT_TODO("lab 9, host");
}

/// 200 for English, in which this server speaks, and without an argument for the default, which is the same. 504 for
/// another language, 501 for what is no language tag.
Reply lang(Session& /*session*/, const Argument& argument) {
  KIT_TODO("lab 9, lang");
}

/// 200: the name of the client's program is for the log.
Reply clnt(Session& /*session*/, const Argument& /*argument*/) {
  KIT_TODO("lab 9, clnt");
}

}  // namespace

bool is_language_tag(std::string_view text) {
  KIT_TODO("lab 9, is_language_tag");
}

CommandTable greeting_commands() {
  constexpr Policy anytime{.login = false, .may_block = false};
  return {
      {"HOST", anytime, takes::text, host, "<SP> host"},
      {"LANG", anytime, takes::anything, lang, "[<SP> language]"},
      {"CLNT", anytime, takes::text, clnt, "<SP> program"},
  };
}

}  // namespace kit
