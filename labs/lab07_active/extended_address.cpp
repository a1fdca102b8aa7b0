#include "extended_address.h"

#include <arpa/inet.h>

#include <array>

#include "arguments.h"
#include "todo.h"

namespace kit {

std::optional<ExtendedAddress> parse_extended_address(std::string_view text) {
  KIT_TODO("lab 7, parse_extended_address");
}

std::string format_extended_address(const Address& address) {
  KIT_TODO("lab 7, format_extended_address");
}

unsigned network_of(const Address& address) {
  return address.host().find(':') == std::string::npos ? ipv4_network : ipv6_network;
}

std::string format_extended_port(std::uint16_t port) { return "(|||" + std::to_string(port) + "|)"; }

std::optional<std::uint16_t> find_extended_port(std::string_view text) {
  KIT_TODO("lab 7, find_extended_port");
}

}  // namespace kit
