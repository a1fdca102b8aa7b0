#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "address.h"

namespace kit {

/// The networks that RFC 2428 2 numbers.
constexpr unsigned ipv4_network = 1;
constexpr unsigned ipv6_network = 2;

/// An address as EPRT writes it (RFC 2428 2): a delimiter, the network's number, the delimiter, the host, the
/// delimiter, the port, the delimiter. |1|127.0.0.1|1234| and |2|::1|1234|. A value.
struct ExtendedAddress {
  unsigned network = 0;  ///< 1 is IPv4, 2 is IPv6; of any other the host was not looked at
  std::string host;      ///< as numbers: what Address::resolve takes
  std::uint16_t port = 0;

  bool operator==(const ExtendedAddress&) const = default;
};

/// Reads exactly that, with any printable character but the blank as the delimiter. Nothing if a field is missing or
/// too many, the number or the port (1 to 65535) is none, or the host is no address of the networks 1 and 2. A network
/// that nobody here knows is not wrong: it deserves another answer (522) than nonsense (501). Pure.
std::optional<ExtendedAddress> parse_extended_address(std::string_view text);

/// "|2|::1|1234|". Pure.
std::string format_extended_address(const Address& address);

/// The network of an address. An IPv4 address inside IPv6 is IPv4.
unsigned network_of(const Address& address);

/// "(|||1234|)": what stands in the reply to EPSV (RFC 2428 3). The host is left out: it is that of the control
/// connection.
std::string format_extended_port(std::uint16_t port);

/// The port in the text of a 229: in round brackets, behind three delimiters and before a fourth, whichever character
/// that is. Nothing if there is none. Pure.
std::optional<std::uint16_t> find_extended_port(std::string_view text);

}  // namespace kit
