#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "reply.h"

namespace kit {

class Client;

/// Takes the bytes of a download, in order. What it throws ends the transfer and is thrown on.
using Sink = std::function<void(std::span<const char> bytes)>;

/// Puts the next bytes of an upload into `buffer` and returns how many: 0 at the end. What it throws likewise.
using Source = std::function<std::size_t(std::span<char> buffer)>;

/// What to ask for.
struct TransferRequest {
  std::string command;      ///< "RETR a.txt"
  std::string before = {};  ///< sent right before it, when the data connection is arranged (REST 100); empty: nothing
};

/// How far a transfer is.
struct TransferStatus {
  std::uint64_t bytes = 0;             ///< moved so far
  std::optional<std::uint64_t> total;  ///< what the server announced, of a download: to be shown, never to be believed
};

/// A transfer that went well.
struct TransferResult {
  std::uint64_t bytes = 0;  ///< moved over the data connection: counted, not announced
  double seconds = 0;       ///< from the transfer command to the final reply
  Reply reply;              ///< the final one
};

/// The size that many servers announce: `150 Opening data connection for a.txt (1234 bytes)`. Nothing if there is none.
/// Pure.
std::optional<std::uint64_t> announced_size(const Reply& preliminary);

/// Carries out one transfer from the server over a data connection of its own: arranges the connection, sends the
/// command, gives `sink` what comes until the server ends the data connection, and takes the final reply.
///
/// A transfer is good only if the data connection ended in order *and* the final reply is 2yz. The two may come in
/// either order, and the final reply may arrive together with the preliminary one. A final reply that refuses ends the
/// transfer at once: the server may leave the data connection open for ever behind it.
///
/// Throws FtpError (the server refused, before or in the middle), TransferError (the data connection broke, yet 2yz),
/// whatever `sink` throws, TimedOut, ConnectionClosed, MalformedReply, Stopped, std::system_error (no data connection).
/// Whatever it throws, the final reply has been read by then, so that the next command gets its own answer; where that
/// was not possible the control connection is closed.
TransferResult download(Client& client, const TransferRequest& request, const Sink& sink);

/// Carries out one transfer to the server: sends what `source` gives, then ends the data connection and takes the final
/// reply. Throws as download() does. When this side gives up in the middle, the data connection is reset instead of
/// ended, so that the server cannot take a part for the whole.
TransferResult upload(Client& client, const TransferRequest& request, const Source& source);

}  // namespace kit
