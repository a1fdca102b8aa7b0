#pragma once

#include <string>

#include "reply.h"
#include "shell.h"

namespace kit {

/// What a server says of itself (RFC 2389 FEAT), as far as this client makes use of it.
struct ServerFeatures {
  bool mlst = false;  ///< MLST and MLSD
  bool size = false;
  bool mdtm = false;
  bool rest = false;  ///< REST in stream mode
  bool utf8 = false;

  bool operator==(const ServerFeatures&) const = default;
};

/// What the answer to FEAT announces: a line for each feature, blanks in front, a name in upper or lower case, and
/// perhaps parameters behind it. Nothing for a server that does not know FEAT. Pure.
ServerFeatures parse_features(const Reply& reply);

/// The features of the server to which the shell is connected. FEAT is sent once on each connection, when somebody
/// first asks for them; where it announces UTF8, OPTS UTF8 ON follows, for servers that want to hear it, and whatever
/// they answer is good. Throws as Client::quote().
const ServerFeatures& server_features(Shell& shell);

}  // namespace kit
