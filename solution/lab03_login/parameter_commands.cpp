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

// BEGIN PRIVATE
namespace {

using Type = TransferParameters::Type;
using Form = TransferParameters::Form;

struct Representation {
  std::string_view argument;  // of TYPE, in upper case
  Type type;
  Form form;
};

constexpr std::array offered{
    Representation{"A", Type::ascii, Form::non_print},   Representation{"A N", Type::ascii, Form::non_print},
    Representation{"A T", Type::ascii, Form::telnet},    Representation{"I", Type::image, Form::non_print},
    Representation{"L 8", Type::image, Form::non_print},
};

// What RFC 959 has and this server has not.
bool is_missing(std::string_view argument) {
  constexpr std::array<std::string_view, 5> types{"A C", "E", "E N", "E T", "E C"};
  const bool other_byte_size = argument.starts_with("L ") && parse_number<int>(argument.substr(2), 1, 255);
  return other_byte_size || std::find(types.begin(), types.end(), argument) != types.end();
}

// The answer of a parameter that has one letter, of which only `chosen` is offered and `others` exist in RFC 959.
Reply answer_letter(const Argument& argument, char chosen, std::string_view others) {
  const std::string text = to_upper(argument.text());
  if (text == std::string_view(&chosen, 1)) {
    return {200, std::string("Set to ") + chosen};
  }
  if (text.size() == 1 && others.find(text) != std::string_view::npos) {
    return {504, std::string("Only ") + chosen + " is implemented"};
  }
  return {501, "There is no such value"};
}

}  // namespace
// END PRIVATE

namespace {

/// TYPE: 200 and the session's representation type is changed; 504, 501 as the header says.
Reply type(Session& session, const Argument& argument) {
  // BEGIN SOLUTION type
  const std::string text = to_upper(argument.text());
  for (const Representation& choice : offered) {
    if (choice.argument == text) {
      auto& parameters = session.part<TransferParameters>();
      parameters.type = choice.type;
      parameters.form = choice.form;
      return {200, "Type set to " + text};
    }
  }
  return is_missing(text) ? Reply(504, "This type is not implemented") : Reply(501, "There is no such type");
  // END SOLUTION
}

/// MODE: only S; the others of RFC 959 are B and C.
Reply mode(Session& /*session*/, const Argument& argument) {
  // BEGIN SOLUTION mode
  return answer_letter(argument, 'S', "BC");
  // END SOLUTION
}

/// STRU: only F; the others of RFC 959 are R and P.
Reply stru(Session& /*session*/, const Argument& argument) {
  // BEGIN SOLUTION stru
  return answer_letter(argument, 'F', "RP");
  // END SOLUTION
}

/// ALLO: `<SP> bytes` or `<SP> bytes <SP> R <SP> record size`. 202: room is made as the bytes come.
Reply allo(Session& /*session*/, const Argument& argument) {
  // BEGIN SOLUTION allo
  const auto is_number = [](std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  const std::string text = to_upper(argument.text());
  const std::size_t records = text.find(" R ");
  if (!is_number(text.substr(0, records)) || (records != std::string::npos && !is_number(text.substr(records + 3)))) {
    return {501, "That is not a number of bytes"};
  }
  return {202, "Nothing has to be allocated"};
  // END SOLUTION
}

}  // namespace

CommandTable parameter_commands() {
  // BEGIN SOLUTION parameter_commands
  constexpr Policy policy{.may_block = false};
  return {
      {"TYPE", policy, takes::text, type, "<SP> ( A [<SP> N|T] | I | L <SP> 8 )"},
      {"MODE", policy, takes::text, mode, "<SP> S"},
      {"STRU", policy, takes::text, stru, "<SP> F"},
      {"ALLO", policy, takes::text, allo, "<SP> bytes [<SP> R <SP> record size]"},
  };
  // END SOLUTION
}

}  // namespace kit
