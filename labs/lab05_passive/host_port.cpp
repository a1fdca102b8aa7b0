#include "host_port.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "todo.h"

namespace kit {

std::string HostPort::host_text() const {
  KIT_TODO("lab 5, HostPort::host_text");
}

std::string format_host_port(const HostPort& address) {
  KIT_TODO("lab 5, format_host_port");
}

std::optional<HostPort> parse_host_port(std::string_view text) {
  KIT_TODO("lab 5, parse_host_port");
}

std::optional<HostPort> find_host_port(std::string_view text) {
  KIT_TODO("lab 5, find_host_port");
}

std::optional<HostPort> host_port_of(const Address& address) { return host_port_of(address.host(), address.port()); }

std::optional<HostPort> host_port_of(const std::string& dotted, std::uint16_t port) {
  KIT_TODO("lab 5, host_port_of");
}

}  // namespace kit
