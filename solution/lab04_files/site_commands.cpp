#include "site_commands.h"

#include <algorithm>
#include <charconv>

#include "ascii.h"
#include "path_commands.h"
#include "root.h"
#include "session.h"
#include "timestamp.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

constexpr std::string_view prefix = "SITE ";

struct ModeChange {
  mode_t mode;
  VirtualPath path;
};

struct TimesChange {
  std::time_t access;
  std::time_t modification;
  VirtualPath path;
};

VirtualPath resolve(Session& session, std::string_view name) {
  return session.part<WorkingDirectory>().path.resolve(name);
}

// Takes the word behind the last blank off `text`.
std::string_view take_last_word(std::string_view& text) {
  const std::size_t blank = text.rfind(' ');
  const std::string_view word = blank == std::string_view::npos ? "" : text.substr(blank + 1);
  text = text.substr(0, blank);
  return word;
}

// "pathname access modification creation UTC"
std::optional<TimesChange> parse_three_times(Session& session, std::string_view text) {
  if (to_upper(take_last_word(text)) != "UTC") {
    return std::nullopt;
  }
  const auto creation = parse_timestamp(take_last_word(text));
  const auto modification = parse_timestamp(take_last_word(text));
  const auto access = parse_timestamp(take_last_word(text));
  if (!creation || !modification || !access || text.empty()) {
    return std::nullopt;
  }
  return TimesChange{*access, *modification, resolve(session, text)};
}

// "YYYYMMDDhhmm[ss] pathname"
std::optional<TimesChange> parse_one_time(Session& session, std::string_view text) {
  const std::string_view word = text.substr(0, text.find(' '));
  const auto time = parse_timestamp(word);
  if (!time || text.size() < word.size() + 2) {
    return std::nullopt;
  }
  return TimesChange{*time, *time, resolve(session, text.substr(word.size() + 1))};
}

// The rows behind SITE, under the verbs that stand there.
CommandTable rows_behind_site(const CommandTable& commands) {
  CommandTable behind;
  for (const CommandRow* row : commands.rows()) {
    if (row->verb.starts_with(prefix)) {
      CommandRow shortened = *row;
      shortened.verb.remove_prefix(prefix.size());
      behind += CommandTable{shortened};
    }
  }
  return behind;
}

}  // namespace
// END PRIVATE

namespace {

/// Reads "mode pathname".
void mode_and_path(Session& session, Argument& argument) {
  // BEGIN SOLUTION mode_and_path
  const std::string text = argument.text();
  const std::size_t blank = text.find(' ');
  unsigned mode = 0;
  const char* const end = text.data() + std::min(blank, text.size());
  const auto [stopped, error] = std::from_chars(text.data(), end, mode, 8);
  if (error != std::errc{} || stopped != end || blank == std::string::npos || blank + 1 == text.size()) {
    throw ReplyError(501, "Write: SITE CHMOD mode pathname, the mode in octal");
  }
  if (mode > 0777) {
    throw ReplyError(504, "Only the nine permission bits can be set");
  }
  argument.set(ModeChange{mode, resolve(session, text.substr(blank + 1))});
  // END SOLUTION
}

/// Reads either form of UTIME's argument; what fits both is taken for the longer one.
void times_and_path(Session& session, Argument& argument) {
  // BEGIN SOLUTION times_and_path
  const std::string text = argument.text();
  std::optional<TimesChange> change = parse_three_times(session, text);
  if (!change) {
    change = parse_one_time(session, text);
  }
  if (!change) {
    throw ReplyError(501, "Write: SITE UTIME YYYYMMDDhhmmss pathname");
  }
  argument.set(*std::move(change));
  // END SOLUTION
}

/// 200, or 550.
Reply chmod(Session& session, const Argument& argument) {
  // BEGIN SOLUTION chmod
  const auto& change = argument.as<ModeChange>();
  session.service<Root>().change_mode(change.path, change.mode);
  return {200, "Mode changed"};
  // END SOLUTION
}

/// 200, or 550.
Reply utime(Session& session, const Argument& argument) {
  // BEGIN SOLUTION utime
  const auto& change = argument.as<TimesChange>();
  session.service<Root>().change_times(change.path, {change.access, 0}, {change.modification, 0});
  return {200, "Times changed"};
  // END SOLUTION
}

/// 214: how the commands behind SITE are written, or one of them; 501 for one that does not exist.
Reply site_help(Session& session, const Argument& argument) {
  // BEGIN SOLUTION site_help
  const std::string wanted = std::string(prefix) + to_upper(argument.text());
  std::vector<std::string> lines{"Behind SITE:"};
  for (const CommandRow* row : session.context().commands.rows()) {
    if (argument.given() ? row->verb == wanted : row->verb.starts_with(prefix)) {
      lines.push_back(" " + std::string(row->verb) + " " + std::string(row->syntax));
    }
  }
  if (lines.size() == 1) {
    return {501, "There is no such command behind SITE"};
  }
  lines.emplace_back("End");
  return {214, std::move(lines)};
  // END SOLUTION
}

/// Hands the argument to the row of the command behind SITE, with that row's policy; 504 if there is none.
Reply site(Session& session, const Argument& argument) {
  // BEGIN SOLUTION site
  const CommandTable behind = rows_behind_site(session.context().commands);
  const std::string line = argument.text();
  const std::optional<Command> command = parse_command(line);
  if (!command || behind.find(command->verb) == nullptr) {
    return {504, "There is no such command behind SITE: see SITE HELP"};
  }
  return behind.dispatch(session, {line});
  // END SOLUTION
}

}  // namespace

CommandTable site_commands() {
  // BEGIN SOLUTION site_commands
  constexpr Policy writes{.writes = true};
  return {
      {"SITE", {}, takes::text, site, "<SP> ( CHMOD | UTIME | HELP ) ..."},
      {"SITE CHMOD", writes, mode_and_path, chmod, "<SP> mode <SP> pathname"},
      {"SITE UTIME", writes, times_and_path, utime, "<SP> YYYYMMDDhhmmss <SP> pathname"},
      {"SITE HELP", {.may_block = false}, takes::anything, site_help, "[<SP> command]"},
  };
  // END SOLUTION
}

}  // namespace kit
