#include "arguments.h"

#include "escape.h"

namespace kit {

std::uint16_t port_argument(std::string_view text) {
  const auto port = parse_number<std::uint16_t>(text, 0, 65535);
  if (!port) {
    throw UsageError("'" + escape_controls(text) + "' is not a port: expected a number from 0 to 65535");
  }
  return *port;
}

}  // namespace kit
