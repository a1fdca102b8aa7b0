#include "telnet.h"

#include <utility>

#include "todo.h"

namespace kit {

void TelnetDecoder::decode(std::string_view bytes, std::string& data) {
  KIT_TODO("lab 2, TelnetDecoder::decode");
}

std::string TelnetDecoder::take_answers() {
  KIT_TODO("lab 2, TelnetDecoder::take_answers");
}

std::string telnet_encode(std::string_view data) {
  KIT_TODO("lab 2, telnet_encode");
}

}  // namespace kit
