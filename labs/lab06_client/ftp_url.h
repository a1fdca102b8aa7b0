#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kit {

/// A place on a server: ftp://user:password@host:port/path (RFC 1738 3.2).
struct FtpUrl {
  std::string user;  ///< empty: none given
  std::optional<std::string> password;
  std::string host;  ///< an IPv6 address without its brackets
  std::uint16_t port = 21;
  std::string path;  ///< relative to where the login leads, unless it begins with "/" (written //path or /%2Fpath)
};

/// Whether `text` begins with "ftp://", in upper or lower case.
bool is_ftp_url(std::string_view text);

/// Takes a URL apart and decodes %xx. Pure. Throws UsageError with one clear line for anything that is none, and for a
/// %xx that stands for a line feed, a carriage return or a NUL: none of them may reach the control connection.
FtpUrl parse_ftp_url(std::string_view text);

}  // namespace kit
