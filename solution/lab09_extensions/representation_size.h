#pragma once

#include <cstdint>
#include <optional>

#include "session.h"

namespace kit {

/// The largest file that is read to find out how long it would be on the wire: more would keep the disk busy for a
/// command that costs its sender nothing (RFC 3659 4.1).
constexpr std::uint64_t largest_counted = std::uint64_t{16} << 20U;

/// How many bytes RETR would send now of a file open for reading (RFC 3659 4): in TYPE I, STRU F and MODE S the size of
/// the file, however large; otherwise what the encoder of TransferSeams makes of its bytes. Nothing if the file is
/// larger than largest_counted and would have to be read. Throws std::system_error.
std::optional<std::uint64_t> representation_size(Session& session, int file);

/// Whether a byte of the file is a byte on the wire: TYPE I (or L 8) and STRU F. Only then an offset means the same to
/// client and server. MODE B wraps the bytes up and counts them like MODE S. Pure but for the session.
bool travels_as_stored(Session& session);

}  // namespace kit
