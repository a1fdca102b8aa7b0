#include "urgent_commands.h"

#include <string>

#include "concurrent_session.h"
#include "data_channel.h"
#include "login_commands.h"
#include "representation_commands.h"
#include "session.h"
#include "todo.h"
#include "transfer_watch.h"

namespace kit {
namespace {

const CommandRow& pass_before() {
  static const CommandTable before = login_commands();
  return *before.find("PASS");
}

const CommandRow& stat_before() {
  static const CommandTable before = representation_commands();
  return *before.find("STAT");
}

/// 226. When this is called no transfer runs: if there was one, the line has ended it already (see UrgentWaiter). What
/// was agreed on for the next data connection is void.
Reply abor(Session& session, const Argument& /*argument*/) {
  KIT_TODO("lab 8, abor");
}

/// In the middle of a transfer and without a path 213: how many bytes have been moved so far. Else what STAT said
/// before this lab.
Reply stat(Session& session, const Argument& argument) {
  KIT_TODO("lab 8, stat");
}

/// As lab 3 has it; but the answer to a wrong password is held back (LoginTimes::after_wrong_password), so that
/// guessing takes time. Only this session waits, no longer than its client does, and not when the server stops.
Reply pass(Session& session, const Argument& argument) {
  KIT_TODO("lab 8, pass");
}

}  // namespace

CommandTable urgent_commands() {
  KIT_TODO("lab 8, urgent_commands");
}

}  // namespace kit
