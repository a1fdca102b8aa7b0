#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "address.h"

namespace kit {

/// An IPv4 address and a TCP port as FTP writes them (RFC 959 4.1.2): h1,h2,h3,h4,p1,p2, six decimal numbers of one
/// byte each, the high byte of the port first. 127,0,0,1,4,210 is port 4 * 256 + 210 = 1234 of 127.0.0.1. A value;
/// pure.
struct HostPort {
  std::array<std::uint8_t, 4> host{};
  std::uint16_t port = 0;

  /// "127.0.0.1": what Address::resolve takes.
  [[nodiscard]] std::string host_text() const;

  bool operator==(const HostPort&) const = default;
};

/// "127,0,0,1,4,210": no blanks, no leading zeros.
std::string format_host_port(const HostPort& address);

/// Reads exactly six numbers from 0 to 255 with commas between them, and nothing else: no blanks, no signs, no
/// brackets, not five and not seven. Nothing if `text` is anything else. Leading zeros ("007") are allowed.
std::optional<HostPort> parse_host_port(std::string_view text);

/// Finds the six numbers in the text of a 227 reply, whatever stands around them: RFC 959 never said that it is
/// brackets, so a client has to look for the first digit (RFC 1123 4.1.2.6). Where the digits and commas that begin
/// there are not six numbers ("Passive mode 2: ..."), the search goes on behind them. Nothing if there are none.
std::optional<HostPort> find_host_port(std::string_view text);

/// An IPv4 address, also one that travels inside IPv6, with its port. Nothing for IPv6: six numbers cannot hold it.
std::optional<HostPort> host_port_of(const Address& address);

/// An IPv4 address written with dots, with `port`. Nothing if `dotted` is anything else.
std::optional<HostPort> host_port_of(const std::string& dotted, std::uint16_t port);

}  // namespace kit
