#pragma once

#include "data_method.h"

namespace kit {

/// PORT or EPRT: the client listens on a port of the system's choice and tells the server, which connects when the
/// transfer begins (RFC 959 3.2). Over IPv4 it says PORT, which every server knows, over IPv6 EPRT. It listens on the
/// host of its own end of the control connection: the one address of which it is known that the server reaches it.
class ActiveMethod : public DataMethod {
 public:
  /// The connection that comes is taken only from the host at the other end of the control connection. Anybody else's
  /// is closed, and the wait goes on: a stranger neither gets the data nor puts his own in their place.
  std::unique_ptr<ArrangedConnection> arrange(Client& client) override;
};

}  // namespace kit
