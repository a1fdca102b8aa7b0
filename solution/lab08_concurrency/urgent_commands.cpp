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
  // BEGIN SOLUTION abor
  session.part<DataChannel>().connector.reset();
  return {226, "Nothing is being transferred any more"};
  // END SOLUTION
}

/// In the middle of a transfer and without a path 213: how many bytes have been moved so far. Else what STAT said
/// before this lab.
Reply stat(Session& session, const Argument& argument) {
  // BEGIN SOLUTION stat
  const auto& watch = session.part<TransferWatch>();
  if (argument.given() || !watch.running) {
    return stat_before().handler(session, argument);
  }
  return {213, "Transfer in progress: " + std::to_string(watch.bytes) + " bytes so far"};
  // END SOLUTION
}

/// As lab 3 has it; but the answer to a wrong password is held back (LoginTimes::after_wrong_password), so that
/// guessing takes time. Only this session waits, no longer than its client does, and not when the server stops.
Reply pass(Session& session, const Argument& argument) {
  // BEGIN SOLUTION pass
  Reply reply = pass_before().handler(session, argument);
  if (reply.failed()) {
    const TcpStream& control = session.control().stream();
    const Deadline until = Deadline::after(session.service<LoginTimes>().after_wrong_password);
    try {
      control.waiter().wait(control.descriptor(), POLLRDHUP, until, "a wrong password");
    } catch (const TimedOut&) {
      // As it should be. Without it the client has gone.
    }
  }
  return reply;
  // END SOLUTION
}

}  // namespace

CommandTable urgent_commands() {
  // BEGIN SOLUTION urgent_commands
  constexpr Policy urgent{.urgent = true};
  CommandRow password = pass_before();
  password.handler = pass;
  CommandRow status = stat_before();
  status.handler = stat;
  status.policy.urgent = true;
  return {
      {"ABOR", urgent, takes::nothing, abor, ""},
      status,
      password,
  };
  // END SOLUTION
}

}  // namespace kit
