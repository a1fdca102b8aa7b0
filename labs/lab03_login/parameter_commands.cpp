#include "parameter_commands.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "arguments.h"
#include "ascii.h"
#include "session.h"
#include "todo.h"
#include "transfer_parameters.h"

namespace kit {

namespace {

/// TYPE: 200 and the session's representation type is changed; 504, 501 as the header says.
Reply type(Session& session, const Argument& argument) {
  KIT_TODO("lab 3, type");
}

/// MODE: only S; the others of RFC 959 are B and C.
Reply mode(Session& /*session*/, const Argument& argument) {
  KIT_TODO("lab 3, mode");
}

/// STRU: only F; the others of RFC 959 are R and P.
Reply stru(Session& /*session*/, const Argument& argument) {
  KIT_TODO("lab 3, stru");
}

/// ALLO: `<SP> bytes` or `<SP> bytes <SP> R <SP> record size`. 202: room is made as the bytes come.
Reply allo(Session& /*session*/, const Argument& argument) {
  KIT_TODO("lab 3, allo");
}

}  // namespace

CommandTable parameter_commands() {
  KIT_TODO("lab 3, parameter_commands");
}

}  // namespace kit
