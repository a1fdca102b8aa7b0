#include "server_features.h"

#include <algorithm>

#include "ascii.h"
#include "todo.h"

namespace kit {
namespace {

// What was announced, and on which connection.
struct KnownFeatures {
  std::string connection;
  ServerFeatures features;
};

// Both ends: no two connections have the same.
std::string name_of(const TcpStream& control) { return control.local().to_string() + " " + control.peer().to_string(); }

}  // namespace

ServerFeatures parse_features(const Reply& reply) {
  KIT_TODO("lab 9, parse_features");
}

const ServerFeatures& server_features(Shell& shell) {
  Client& client = shell.client();
  auto& known = shell.part<KnownFeatures>();
  const std::string connection = name_of(client.control());
  if (known.connection != connection) {
    known.features = parse_features(client.quote("FEAT"));
    known.connection = connection;
    if (known.features.utf8) {
      client.quote("OPTS UTF8 ON");
    }
  }
  return known.features;
}

}  // namespace kit
