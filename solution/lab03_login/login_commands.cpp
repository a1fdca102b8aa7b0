#include "login_commands.h"

#include <array>

#include "ascii.h"
#include "session.h"
#include "todo.h"
#include "transfer_parameters.h"

namespace kit {
namespace {

// Verbs that are known but not carried out: 502, not 500. The row of a later lab replaces the one made here.
CommandTable unimplemented_commands() {
  constexpr std::array<std::string_view, 49> verbs{
      "ABOR", "ADAT", "APPE", "AUTH", "CCC",  "CDUP", "CONF", "CWD",  "DELE", "ENC",  "EPRT", "EPSV", "FEAT",
      "HASH", "HOST", "LANG", "LIST", "LPRT", "LPSV", "MDTM", "MFCT", "MFF",  "MFMT", "MIC",  "MKD",  "MLSD",
      "MLST", "NLST", "OPTS", "PASV", "PBSZ", "PORT", "PROT", "PWD",  "REST", "RETR", "RMD",  "RNFR", "RNTO",
      "SITE", "SIZE", "SMNT", "STOR", "STOU", "XCUP", "XCWD", "XMKD", "XPWD", "XRMD"};
  CommandTable table;
  for (const std::string_view verb : verbs) {
    table += CommandTable{{verb, Policy{}, takes::anything, nullptr, ""}};
  }
  return table;
}

}  // namespace

namespace {
// BEGIN PRIVATE

// Whom USER named, for the PASS right behind it. A part of the session.
struct LoginState {
  std::string name;
};

std::string syntax_of(const CommandRow& row) {
  const std::string behind = row.syntax.empty() ? "" : " " + std::string(row.syntax);
  return "Syntax: " + std::string(row.verb) + behind;
}
// STARTER
//:
//: // What USER keeps for the PASS right behind it: a small struct of yours, a part of the session.
// END PRIVATE

/// 331, whether there is such a user or not. Whoever was logged in is not any more (RFC 959 4.1.1).
Reply user(Session& session, const Argument& argument) {
  // BEGIN SOLUTION user
  session.log_out();
  session.part<LoginState>().name = argument.text();
  return {331, "Send the password"};
  // END SOLUTION
}

/// 230 and the session is the user's, or 530. At the last attempt allowed (0: any number): 421 and the end.
Reply pass(Session& session, const Argument& argument) {
  // BEGIN SOLUTION pass
  std::optional<User> user = session.context().accounts.verify(session.part<LoginState>().name, argument.text());
  if (user) {
    session.log_in(*std::move(user));
    return {230, "Logged in"};
  }
  if (session.count_failed_login() == session.options().login_attempts) {
    session.end();
    return {421, "Too many wrong passwords: closing the connection"};
  }
  return {530, "Wrong user name or password"};
  // END SOLUTION
}

/// 202: there is nothing here that an account would be needed for.
Reply acct(Session& /*session*/, const Argument& /*argument*/) {
  // BEGIN SOLUTION acct
  return {202, "No account is needed"};
  // END SOLUTION
}

/// 220: everything is as it was after the connect.
Reply rein(Session& session, const Argument& /*argument*/) {
  // BEGIN SOLUTION rein
  session.reinitialize();
  return {220, "Ready for a new user"};
  // END SOLUTION
}

/// 221, and the connection is closed behind it.
Reply quit(Session& session, const Argument& /*argument*/) {
  // BEGIN SOLUTION quit
  session.end();
  return {221, "Goodbye"};
  // END SOLUTION
}

/// 200.
Reply noop(Session& /*session*/, const Argument& /*argument*/) {
  // BEGIN SOLUTION noop
  return {200, "OK"};
  // END SOLUTION
}

/// 215 and the system's registered name first (RFC 959 4.1.3): "UNIX Type: L8".
Reply syst(Session& /*session*/, const Argument& /*argument*/) {
  // BEGIN SOLUTION syst
  return {215, "UNIX Type: L8"};
  // END SOLUTION
}

/// Without an argument 211: who is connected and as whom, and the transfer parameters. About a file: 504, until there
/// are files.
Reply stat(Session& session, const Argument& argument) {
  // BEGIN SOLUTION stat
  if (argument.given()) {
    return {504, "STAT of a file is not implemented"};
  }
  const User& user = session.user().value();
  const bool ascii = session.part<TransferParameters>().type == TransferParameters::Type::ascii;
  return {211,
          {"Status of this session",             //
           " Connected from " + session.peer(),  //
           " Logged in as " + user.name + (user.read_only ? " (may read)" : " (may read and write)"),
           std::string(" TYPE: ") + (ascii ? "ASCII, FORM: Nonprint" : "Image") + "; STRU: File; MODE: Stream",
           " No data connection",  //
           "End of status"}};
  // END SOLUTION
}

/// 214: all verbs that have a handler, or how one of them is written. 501 for a verb that is not known, 502 for one
/// without a handler. Made from the rows of the table: a new command has its help without a line written here.
Reply help(Session& session, const Argument& argument) {
  // BEGIN SOLUTION help
  const CommandTable& commands = session.context().commands;
  if (argument.given()) {
    const CommandRow* row = commands.find(to_upper(argument.text()));
    if (row == nullptr) {
      return {501, "There is no such command"};
    }
    return row->handler == nullptr ? Reply(502, "This command is not implemented") : Reply(214, syntax_of(*row));
  }
  std::vector<std::string> lines{"These commands are implemented:"};
  int verbs = 0;
  for (const CommandRow* row : commands.rows()) {
    if (row->handler != nullptr) {
      if (verbs++ % 8 == 0) {
        lines.emplace_back();
      }
      lines.back() += " " + std::string(row->verb);
    }
  }
  lines.emplace_back("HELP <SP> verb tells how one is written");
  return {214, std::move(lines)};
  // END SOLUTION
}

}  // namespace

CommandTable login_commands() {
  // BEGIN SOLUTION login_commands
  constexpr Policy anytime{.login = false, .may_block = false};
  constexpr Policy logged_in{.may_block = false};
  constexpr Policy behind_user{.login = false, .follows = "USER"};
  return unimplemented_commands() + CommandTable{
                                        {"USER", anytime, takes::text, user, "<SP> username"},
                                        {"PASS", behind_user, takes::anything, pass, "<SP> password"},
                                        {"ACCT", logged_in, takes::text, acct, "<SP> account"},
                                        {"REIN", anytime, takes::nothing, rein, ""},
                                        {"QUIT", anytime, takes::nothing, quit, ""},
                                        {"NOOP", anytime, takes::nothing, noop, ""},
                                        {"SYST", anytime, takes::nothing, syst, ""},
                                        {"STAT", logged_in, takes::anything, stat, "[<SP> pathname]"},
                                        {"HELP", anytime, takes::anything, help, "[<SP> verb]"},
                                    };
  // END SOLUTION
}

}  // namespace kit
