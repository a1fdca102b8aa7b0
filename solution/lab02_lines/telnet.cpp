#include "telnet.h"

#include <utility>

#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

// RFC 854: the bytes that may stand behind IAC and mean more than "leave this out".
constexpr char iac = '\xFF';
constexpr char dont = '\xFE';
constexpr char ask_do = '\xFD';
constexpr char wont = '\xFC';
constexpr char will = '\xFB';
constexpr char subnegotiation_begin = '\xFA';
constexpr char subnegotiation_end = '\xF0';

}  // namespace

// Called with the byte behind IAC.
void TelnetDecoder::begin_command(char command, std::string& data) {
  switch (command) {
    case iac:
      data += iac;
      state_ = State::data;
      break;
    case dont:
    case ask_do:
    case wont:
    case will:
      verb_ = command;
      state_ = State::option;
      break;
    case subnegotiation_begin: state_ = State::subnegotiation; break;
    default: state_ = State::data;
  }
}

// Refusing is answering DO and WILL only: an answer to WONT or DONT could go on for ever (RFC 854).
void TelnetDecoder::refuse(char option) {
  state_ = State::data;
  if ((verb_ == ask_do || verb_ == will) && answers_.size() < answers_limit) {
    answers_ += {iac, verb_ == ask_do ? wont : dont, option};
  }
}
// END PRIVATE

void TelnetDecoder::decode(std::string_view bytes, std::string& data) {
  // BEGIN SOLUTION TelnetDecoder::decode
  for (const char byte : bytes) {
    switch (state_) {
      case State::data:
        if (byte == iac) {
          state_ = State::command;
        } else {
          data += byte;
        }
        break;
      case State::command: begin_command(byte, data); break;
      case State::option: refuse(byte); break;
      case State::subnegotiation:
        if (byte == iac) {
          state_ = State::subnegotiation_command;
        }
        break;
      case State::subnegotiation_command:
        state_ = byte == subnegotiation_end ? State::data : State::subnegotiation;
        break;
    }
  }
  // END SOLUTION
}

std::string TelnetDecoder::take_answers() {
  // BEGIN SOLUTION TelnetDecoder::take_answers
  return std::exchange(answers_, {});
  // END SOLUTION
}

std::string telnet_encode(std::string_view data) {
  // BEGIN SOLUTION telnet_encode
  if (data.find(iac) == std::string_view::npos) {
    return std::string(data);  // as nearly always
  }
  std::string encoded;
  encoded.reserve(data.size());
  for (const char byte : data) {
    encoded.append(byte == iac ? 2 : 1, byte);
  }
  return encoded;
  // END SOLUTION
}

}  // namespace kit
