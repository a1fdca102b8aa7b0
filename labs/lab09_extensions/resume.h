#pragma once

#include <cstdint>
#include <ctime>
#include <optional>
#include <string>

#include "client.h"
#include "shell.h"

namespace kit {

/// What SIZE says of a remote file, in TYPE I, which is asked for first. Throws FtpError, also for an answer that holds
/// no number.
std::uint64_t remote_size(Client& client, const std::string& path);

/// What MDTM says, in UTC. Throws FtpError, also for an answer that holds no time.
std::time_t remote_time(Client& client, const std::string& path);

/// The same as remote_size(); nothing if the server does not announce SIZE or refuses it for this name.
std::optional<std::uint64_t> known_size(Shell& shell, const std::string& path);

/// `get`, byte for byte: `local` is put in its place when all is there. Behind a connection that broke (see
/// with_retries) it goes on where it stopped, by REST, if the server announces REST and SIZE and the size is still the
/// same; else it begins again.
TransferResult fetch_whole(Shell& shell, const std::string& remote, const std::string& local);

/// `put`, likewise. A file that was there before is never taken for the beginning of what is sent: then, too, it begins
/// again.
TransferResult send_whole(Shell& shell, const std::string& local, const std::string& remote);

/// `reget`: fetches what the file `local` lacks of `remote`, all of it if there is none. What has come stays, whatever
/// happens then. Nothing is fetched if the sizes are equal. Throws std::runtime_error, and `local` is as it was, if the
/// remote file is shorter, has been changed since, or if the server knows no SIZE or no REST, or sends another number
/// of bytes than it said.
void continue_download(Shell& shell, const std::string& remote, const std::string& local);

/// `reput`: sends what `remote` lacks of `local`, likewise, and asks for its size in the end.
void continue_upload(Shell& shell, const std::string& local, const std::string& remote);

}  // namespace kit
