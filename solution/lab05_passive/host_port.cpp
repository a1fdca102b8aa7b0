#include "host_port.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace kit {
// BEGIN PRIVATE
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view digits_and_commas = "0123456789,";

}  // namespace
// END PRIVATE

std::string HostPort::host_text() const {
  // BEGIN SOLUTION HostPort::host_text
  std::string text = std::to_string(host[0]);
  for (std::size_t i = 1; i < host.size(); ++i) {
    text += "." + std::to_string(host.at(i));
  }
  return text;
  // END SOLUTION
}

std::string format_host_port(const HostPort& address) {
  // BEGIN SOLUTION format_host_port
  std::string text;
  for (const std::uint8_t number : address.host) {
    text += std::to_string(number) + ",";
  }
  return text + std::to_string(address.port / 256) + "," + std::to_string(address.port % 256);
  // END SOLUTION
}

std::optional<HostPort> parse_host_port(std::string_view text) {
  // BEGIN SOLUTION parse_host_port
  std::array<std::uint8_t, 6> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0) {
      if (!text.starts_with(',')) {
        return std::nullopt;
      }
      text.remove_prefix(1);
    }
    // from_chars takes neither a blank nor a sign in front, and refuses what does not fit into the byte.
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), numbers.at(i));
    if (error != std::errc{}) {
      return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  }
  if (!text.empty()) {
    return std::nullopt;
  }
  return HostPort{{numbers[0], numbers[1], numbers[2], numbers[3]},
                  static_cast<std::uint16_t>(numbers[4] * 256 + numbers[5])};
  // END SOLUTION
}

std::optional<HostPort> find_host_port(std::string_view text) {
  // BEGIN SOLUTION find_host_port
  while (true) {
    text.remove_prefix(std::min(text.find_first_of(digits), text.size()));
    if (text.empty()) {
      return std::nullopt;
    }
    const std::string_view run = text.substr(0, text.find_first_not_of(digits_and_commas));
    if (const auto found = parse_host_port(run.substr(0, run.find_last_of(digits) + 1))) {
      return found;
    }
    text.remove_prefix(run.size());
  }
  // END SOLUTION
}

std::optional<HostPort> host_port_of(const Address& address) { return host_port_of(address.host(), address.port()); }

std::optional<HostPort> host_port_of(const std::string& dotted, std::uint16_t port) {
  // BEGIN SOLUTION host_port_of
  HostPort address{{}, port};
  if (::inet_pton(AF_INET, dotted.c_str(), address.host.data()) != 1) {
    return std::nullopt;
  }
  return address;
  // END SOLUTION
}

}  // namespace kit
