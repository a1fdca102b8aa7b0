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
  // BEGIN SOLUTION host
  if (session.user()) {
    return {503, "HOST comes before USER"};
  }
  const std::optional<std::string> name = parse_host(argument.text());
  if (!name) {
    return {501, "That is no host name and no address"};
  }
  if (!answers_to(*name, session.control().stream().local())) {
    return {504, "There is no such host here"};
  }
  return {220, "This is " + *name};
  // END SOLUTION
}

/// 200 for English, in which this server speaks, and without an argument for the default, which is the same. 504 for
/// another language, 501 for what is no language tag.
Reply lang(Session& /*session*/, const Argument& argument) {
  // BEGIN SOLUTION lang
  const std::string tag = to_upper(argument.text());
  if (argument.given() && !is_language_tag(tag)) {
    return {501, "That is no language tag"};
  }
  const bool english = tag.empty() || tag == "EN" || tag.starts_with("EN-");
  return english ? Reply(200, "This is English") : Reply(504, "English only");
  // END SOLUTION
}

/// 200: the name of the client's program is for the log.
Reply clnt(Session& /*session*/, const Argument& /*argument*/) {
  // BEGIN SOLUTION clnt
  return {200, "Noted"};
  // END SOLUTION
}

}  // namespace

bool is_language_tag(std::string_view text) {
  // BEGIN SOLUTION is_language_tag
  constexpr std::size_t longest = 8;
  for (bool first = true;; first = false) {
    const std::size_t dash = text.find('-');
    const std::string_view word = text.substr(0, dash);
    const auto fits = [&](char c) { return is_letter(c) || (!first && c >= '0' && c <= '9'); };
    if (word.empty() || word.size() > longest || !std::all_of(word.begin(), word.end(), fits)) {
      return false;
    }
    if (dash == std::string_view::npos) {
      return true;
    }
    text.remove_prefix(dash + 1);
  }
  // END SOLUTION
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
