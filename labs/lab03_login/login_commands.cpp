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

// What USER keeps for the PASS right behind it: a small struct of yours, a part of the session.

/// 331, whether there is such a user or not. Whoever was logged in is not any more (RFC 959 4.1.1).
Reply user(Session& session, const Argument& argument) {
  KIT_TODO("lab 3, user");
}

/// 230 and the session is the user's, or 530. At the last attempt allowed (0: any number): 421 and the end.
Reply pass(Session& session, const Argument& argument) {
  KIT_TODO("lab 3, pass");
}

/// 202: there is nothing here that an account would be needed for.
Reply acct(Session& /*session*/, const Argument& /*argument*/) {
  KIT_TODO("lab 3, acct");
}

/// 220: everything is as it was after the connect.
Reply rein(Session& session, const Argument& /*argument*/) {
  KIT_TODO("lab 3, rein");
}

/// 221, and the connection is closed behind it.
Reply quit(Session& session, const Argument& /*argument*/) {
  KIT_TODO("lab 3, quit");
}

/// 200.
Reply noop(Session& /*session*/, const Argument& /*argument*/) {
  KIT_TODO("lab 3, noop");
}

/// 215 and the system's registered name first (RFC 959 4.1.3): "UNIX Type: L8".
Reply syst(Session& /*session*/, const Argument& /*argument*/) {
  KIT_TODO("lab 3, syst");
}

/// Without an argument 211: who is connected and as whom, and the transfer parameters. About a file: 504, until there
/// are files.
Reply stat(Session& session, const Argument& argument) {
  KIT_TODO("lab 3, stat");
}

/// 214: all verbs that have a handler, or how one of them is written. 501 for a verb that is not known, 502 for one
/// without a handler. Made from the rows of the table: a new command has its help without a line written here.
Reply help(Session& session, const Argument& argument) {
  KIT_TODO("lab 3, help");
}

}  // namespace

CommandTable login_commands() {
  KIT_TODO("lab 3, login_commands");
}

}  // namespace kit
