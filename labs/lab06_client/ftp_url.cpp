#include "ftp_url.h"

#include <strings.h>

#include <charconv>

#include "arguments.h"
#include "escape.h"

namespace kit {
namespace {

constexpr std::string_view scheme = "ftp://";

std::string decode_percent(std::string_view text) {
  std::string decoded;
  while (!text.empty()) {
    if (text.front() != '%') {
      decoded += text.front();
      text.remove_prefix(1);
      continue;
    }
    unsigned char byte = 0;
    const std::string_view digits = text.substr(1, 2);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
    if (error != std::errc{} || digits.size() != 2 || end != digits.data() + 2) {
      throw UsageError("'" + escape_controls(text.substr(0, 3)) + "' in the URL: two hexadecimal digits follow a %");
    }
    decoded += static_cast<char>(byte);
    text.remove_prefix(3);
  }
  if (decoded.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
    throw UsageError("the URL holds a line end or a NUL");
  }
  return decoded;
}

// "user" or "user:password".
void read_user(std::string_view text, FtpUrl& url) {
  const std::size_t colon = text.find(':');
  url.user = decode_percent(text.substr(0, colon));
  if (colon != std::string_view::npos) {
    url.password = decode_percent(text.substr(colon + 1));
  }
}

// "host", "host:port", "[::1]:port".
void read_host(std::string_view text, FtpUrl& url) {
  const bool brackets = text.starts_with('[');
  const std::size_t end = brackets ? text.find(']') : text.find(':');
  if (brackets && end == std::string_view::npos) {
    throw UsageError("the URL has a [ without a ]");
  }
  url.host = brackets ? text.substr(1, end - 1) : decode_percent(text.substr(0, end));
  const std::string_view rest = end == std::string_view::npos ? "" : text.substr(end + (brackets ? 1 : 0));
  if (url.host.empty() || (!rest.empty() && rest.front() != ':')) {
    throw UsageError("the URL names no host");
  }
  if (rest.size() > 1) {
    url.port = port_argument(rest.substr(1));
  }
}

}  // namespace

bool is_ftp_url(std::string_view text) {
  return text.size() >= scheme.size() && ::strncasecmp(text.data(), scheme.data(), scheme.size()) == 0;
}

FtpUrl parse_ftp_url(std::string_view text) {
  if (!is_ftp_url(text)) {
    throw UsageError("a URL begins with ftp://");
  }
  text.remove_prefix(scheme.size());
  const std::size_t slash = text.find('/');
  const std::string_view authority = text.substr(0, slash);
  FtpUrl url;
  const std::size_t at = authority.rfind('@');
  if (at != std::string_view::npos) {
    read_user(authority.substr(0, at), url);
  }
  read_host(authority.substr(at == std::string_view::npos ? 0 : at + 1), url);
  url.path = slash == std::string_view::npos ? "" : decode_percent(text.substr(slash + 1));
  return url;
}

}  // namespace kit
