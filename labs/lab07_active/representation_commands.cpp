#include "representation_commands.h"

#include <string>

#include "ascii.h"
#include "data_channel.h"
#include "passive_commands.h"
#include "session.h"
#include "todo.h"
#include "transfer_parameters.h"

namespace kit {
namespace {

using Type = TransferParameters::Type;
using Form = TransferParameters::Form;
using Structure = TransferParameters::Structure;
using Mode = TransferParameters::Mode;

const CommandRow& stat_before() {
  static const CommandTable before = passive_commands();
  return *before.find("STAT");
}

/// STRU: 200 and the session's structure is changed; 504 for P, 501 for what is no structure.
Reply stru(Session& session, const Argument& argument) {
  KIT_TODO("lab 7, stru");
}

/// MODE: 200 and the session's mode is changed; 504 for C, 501 for what is no mode.
Reply mode(Session& session, const Argument& argument) {
  KIT_TODO("lab 7, mode");
}

/// Without a path 211: who is connected and as whom, the transfer parameters, and what the next data connection will
/// be.
Reply stat(Session& session, const Argument& argument) {
  if (argument.given()) {
    return stat_before().handler(session, argument);
  }
  const User& user = session.user().value();
  const auto& parameters = session.part<TransferParameters>();
  const std::string type = parameters.type == Type::image    ? "Image"
                           : parameters.form == Form::telnet ? "ASCII, FORM: Telnet"
                                                             : "ASCII, FORM: Nonprint";
  return {211,
          {"Status of this session",             //
           " Connected from " + session.peer(),  //
           " Logged in as " + user.name + (user.read_only ? " (may read)" : " (may read and write)"),
           " TYPE: " + type + "; STRU: " + (parameters.structure == Structure::record ? "Record" : "File") +
               "; MODE: " + (parameters.mode == Mode::block ? "Block" : "Stream"),
           session.part<DataChannel>().connector ? " The next data connection is agreed on" : " No data connection",
           "End of status"}};
}

}  // namespace

CommandTable representation_commands() {
  constexpr Policy policy{.may_block = false};
  CommandRow status = stat_before();
  status.handler = stat;
  return {
      {"STRU", policy, takes::text, stru, "<SP> ( F | R )"},
      {"MODE", policy, takes::text, mode, "<SP> ( S | B )"},
      status,
  };
}

}  // namespace kit
