#include "active_commands.h"

#include <memory>
#include <string>

#include "active_connector.h"
#include "arguments.h"
#include "ascii.h"
#include "data_channel.h"
#include "extended_address.h"
#include "host_port.h"
#include "passive_commands.h"
#include "session.h"
#include "todo.h"

namespace kit {
namespace {

/// Argument reader: six numbers, else 501: argument.as<HostPort>().
void host_port(Session& /*session*/, Argument& argument) {
  const auto address = parse_host_port(argument.text());
  argument.set(address ? *address : throw ReplyError(501, "That is not h1,h2,h3,h4,p1,p2"));
}

/// Argument reader: an extended address, else 501: argument.as<ExtendedAddress>().
void extended_address(Session& /*session*/, Argument& argument) {
  const auto address = parse_extended_address(argument.text());
  argument.set(address ? *address : throw ReplyError(501, "That is not |net|host|port|"));
}

/// 200: the next transfer connects to this address. 504 for a port below 1024, and for a host that is not the client's
/// unless --allow-foreign-data; 503 after EPSV ALL.
Reply port(Session& session, const Argument& argument) {
  KIT_TODO("lab 7, port");
}

/// The same; 522 and the list of networks for one that nobody here knows.
Reply eprt(Session& session, const Argument& argument) {
  KIT_TODO("lab 7, eprt");
}

/// 229 and the port where a listener now waits; as PASV, but for both networks. The argument is a network's number: 522
/// if it is not that of the control connection; or ALL: 200, and from now on PORT, EPRT and PASV are refused. 501 for
/// anything else.
Reply epsv(Session& session, const Argument& argument) {
  KIT_TODO("lab 7, epsv");
}

/// As lab 5 has it; 503 after EPSV ALL.
Reply pasv(Session& session, const Argument& argument) {
  KIT_TODO("lab 7, pasv");
}

}  // namespace

CommandTable active_commands() {
  KIT_TODO("lab 7, active_commands");
}

}  // namespace kit
