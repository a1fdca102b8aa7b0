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
  // BEGIN SOLUTION parse_features
  ServerFeatures features;
  if (!reply.completed()) {
    return features;
  }
  for (const std::string& line : reply.lines) {
    const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
    const std::string text = to_upper(std::string_view(line).substr(begin));
    const std::string name = text.substr(0, text.find(' '));
    features.mlst |= name == "MLST";
    features.size |= name == "SIZE";
    features.mdtm |= name == "MDTM";
    features.rest |= text.starts_with("REST STREAM");
    features.utf8 |= name == "UTF8";
  }
  return features;
  // END SOLUTION
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
