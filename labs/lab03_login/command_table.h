#pragma once

#include <initializer_list>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "command.h"
#include "line_reader.h"
#include "reply.h"

namespace kit {

class Session;

/// Thrown by a handler or an argument reader that refuses: becomes the reply of the command.
class ReplyError : public std::runtime_error {
 public:
  ReplyError(int code, const std::string& text) : std::runtime_error(text), reply_(code, text) {}
  [[nodiscard]] const Reply& reply() const { return reply_; }

 private:
  Reply reply_;
};

/// What must hold before a handler is called.
struct Policy {
  bool login = true;           ///< 530 unless the user is logged in
  std::string_view follows{};  ///< 503 unless the command just before was this one, and its reply was 3yz
  bool writes = false;         ///< 550 for a user who may only read
  bool urgent = false;         ///< is also acted on while a transfer runs (lab 8)
  bool may_block = true;       ///< may wait for a disk or a peer: needs a worker (lab 10)
};

/// Checks the text of an argument and may leave something better in it (Argument::set). Throws ReplyError 501 or 504.
using ArgumentReader = void (*)(Session& session, Argument& argument);

namespace takes {
void nothing(Session& session, Argument& argument);   ///< 501 if there is an argument
void anything(Session& session, Argument& argument);  ///< any text, or none
void text(Session& session, Argument& argument);      ///< 501 if there is none
}  // namespace takes

/// Carries a command out and returns its one final reply; preliminary replies go through Session::reply().
/// Throws ReplyError, std::system_error (see reply_for), TimedOut, Stopped.
using Handler = Reply (*)(Session& session, const Argument& argument);

/// One command: everything the dispatcher, HELP and (lab 9) FEAT need to know of it.
struct CommandRow {
  std::string_view verb;  ///< upper case
  Policy policy;
  ArgumentReader takes;
  Handler handler;          ///< nullptr: known, but not implemented here (502)
  std::string_view syntax;  ///< what stands behind the verb: "<SP> pathname"; "" for nothing
};

/// The commands of a server. Tables of several labs are added up: `login_commands() + path_commands()`; a later row
/// replaces an earlier one with the same verb.
class CommandTable {
 public:
  CommandTable() = default;
  CommandTable(std::initializer_list<CommandRow> rows);

  CommandTable& operator+=(const CommandTable& later);
  friend CommandTable operator+(CommandTable earlier, const CommandTable& later) { return earlier += later; }

  /// The row of `verb` (upper case), or nullptr.
  [[nodiscard]] const CommandRow* find(std::string_view verb) const;

  /// All rows in the order of their verbs.
  [[nodiscard]] std::vector<const CommandRow*> rows() const&;
  std::vector<const CommandRow*> rows() const&& = delete;  // they would point into a table that is gone

  /// Carries one line out and returns its final reply. In this order: 500 for a line over the limit, without a verb or
  /// with one that nobody knows; 501 for a stray NUL; 502 for a known verb without a handler; 530 (login), 503
  /// (follows), 501 or 504 (argument), 550 (writes); then the handler. Whatever the handler throws becomes a reply.
  /// Afterwards the session knows which command a `follows` may refer to.
  Reply dispatch(Session& session, const Line& line) const;

 private:
  std::map<std::string_view, CommandRow> rows_;
};

/// The reply that an error of the system deserves (RFC 959 4.2): 5yz for what will fail again (no such file, not
/// allowed, is a directory: 550; name too long: 553), 4yz for what may succeed later (no space: 452; busy, too many
/// files: 450, 451). The text is the system's and names no path of the host.
Reply reply_for(const std::error_code& error);

}  // namespace kit
