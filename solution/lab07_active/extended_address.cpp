#include "extended_address.h"

#include <arpa/inet.h>

#include <array>

#include "arguments.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

bool is_delimiter(char c) { return c > ' ' && c <= '~'; }

std::optional<std::uint16_t> parse_port(std::string_view text) { return parse_number<std::uint16_t>(text, 1, 65535); }

bool is_numeric_host(unsigned network, const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> ignored{};
  return ::inet_pton(network == ipv4_network ? AF_INET : AF_INET6, host.c_str(), ignored.data()) == 1;
}

}  // namespace
// END PRIVATE

std::optional<ExtendedAddress> parse_extended_address(std::string_view text) {
  // BEGIN SOLUTION parse_extended_address
  if (text.empty() || !is_delimiter(text.front())) {
    return std::nullopt;
  }
  const char delimiter = text.front();
  text.remove_prefix(1);
  std::array<std::string_view, 3> fields;
  for (std::string_view& field : fields) {
    const std::size_t end = text.find(delimiter);
    if (end == std::string_view::npos) {
      return std::nullopt;
    }
    field = text.substr(0, end);
    text.remove_prefix(end + 1);
  }
  const auto network = parse_number<unsigned>(fields[0], 0, 65535);
  const auto port = parse_port(fields[2]);
  if (!text.empty() || !network || !port) {
    return std::nullopt;
  }
  ExtendedAddress address{*network, std::string(fields[1]), *port};
  const bool known = *network == ipv4_network || *network == ipv6_network;
  return known && !is_numeric_host(*network, address.host) ? std::nullopt : std::optional(address);
  // END SOLUTION
}

std::string format_extended_address(const Address& address) {
  // BEGIN SOLUTION format_extended_address
  return "|" + std::to_string(network_of(address)) + "|" + address.host() + "|" + std::to_string(address.port()) + "|";
  // END SOLUTION
}

unsigned network_of(const Address& address) {
  return address.host().find(':') == std::string::npos ? ipv4_network : ipv6_network;
}

std::string format_extended_port(std::uint16_t port) { return "(|||" + std::to_string(port) + "|)"; }

std::optional<std::uint16_t> find_extended_port(std::string_view text) {
  // BEGIN SOLUTION find_extended_port
  for (std::size_t open = text.find('('); open != std::string_view::npos; open = text.find('(', open + 1)) {
    const std::size_t close = text.find(')', open);
    if (close == std::string_view::npos) {
      return std::nullopt;
    }
    const std::string_view inside = text.substr(open + 1, close - open - 1);
    if (inside.size() > 4 && is_delimiter(inside[0]) && inside[1] == inside[0] && inside[2] == inside[0] &&
        inside.back() == inside[0]) {
      if (const auto port = parse_port(inside.substr(3, inside.size() - 4))) {
        return port;
      }
    }
  }
  return std::nullopt;
  // END SOLUTION
}

}  // namespace kit
