#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "address.h"

namespace kit {

/// The argument of HOST (RFC 7151 3.1), in one spelling: a host name in small letters, an IPv4 address, an IPv6 address
/// without its brackets and as short as it can be written. Nothing if it is none of these: a port, an IPv6 address
/// without brackets, an empty label, one of more than 63 bytes, a name of more than 253, a name of digits only. Pure.
std::optional<std::string> parse_host(std::string_view text);

/// Whether this server answers to `host`, as parse_host() gives it: the address that the client has connected to, the
/// name of this machine, and "localhost" for a client on this machine. No name is looked up: that could take long, and
/// anybody may ask.
bool answers_to(const std::string& host, const Address& local);

}  // namespace kit
