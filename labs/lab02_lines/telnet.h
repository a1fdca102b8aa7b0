#pragma once

#include <string>
#include <string_view>

namespace kit {

/// Takes the Telnet layer off the bytes of a control connection (RFC 959 4.1, RFC 854). Pure: touches no socket.
/// A Telnet command may be cut at any byte; what is unfinished is kept for the next call.
class TelnetDecoder {
 public:
  /// Appends to `data` what is left of `bytes` without Telnet commands: IAC IAC is one 0xFF octet of data, every other
  /// command is removed, a subnegotiation (IAC SB ... IAC SE) as a whole.
  void decode(std::string_view bytes, std::string& data);

  /// The refusals that the options seen so far ask for, to be sent to the peer: DO x gets IAC WONT x, WILL x gets
  /// IAC DONT x (RFC 1123 4.1.2.12). Bounded: of a flood of options, those past 64 answers waiting are not answered.
  std::string take_answers();

 private:
  // Keep here how far into a Telnet command the bytes have come, and the answers not taken yet.
};

/// `data` as it travels on a control connection: every 0xFF octet doubled.
std::string telnet_encode(std::string_view data);

}  // namespace kit
