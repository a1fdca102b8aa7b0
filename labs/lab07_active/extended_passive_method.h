#pragma once

#include <string>

#include "active_method.h"
#include "data_method.h"

namespace kit {

/// EPSV (RFC 2428 3): as PASV, but the answer holds a port only, so it works over IPv6 and behind a router that changes
/// addresses. A server that does not know it (5yz) is asked for PASV, and for the rest of that connection for nothing
/// else any more. Over IPv6 there is no PASV: there EPRT takes its place.
class ExtendedPassiveMethod : public DataMethod {
 public:
  /// The connection is made here already, to the host at the other end of the control connection.
  std::unique_ptr<ArrangedConnection> arrange(Client& client) override;

 private:
  // Remember here that the server does not know EPSV. Another server may.
  PassiveMethod passive_;
  ActiveMethod active_;
};

}  // namespace kit
