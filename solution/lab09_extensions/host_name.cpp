#include "host_name.h"

#include <arpa/inet.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>

#include "ascii.h"
#include "todo.h"

namespace kit {
namespace {

std::string to_lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

// An address in its one spelling, or nothing if it is none of that family. Given.
std::optional<std::string> address_text(int family, const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  std::array<char, INET6_ADDRSTRLEN> canonical{};
  if (::inet_pton(family, text.c_str(), bytes.data()) != 1) {
    return std::nullopt;
  }
  return ::inet_ntop(family, bytes.data(), canonical.data(), canonical.size());
}

bool is_label(std::string_view label) {
  constexpr std::size_t longest = 63;
  const auto fits = [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-'; };
  return !label.empty() && label.size() <= longest && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), fits);
}

bool is_name(std::string_view text) {
  constexpr std::size_t longest = 253;
  if (text.size() > longest) {
    return false;
  }
  for (std::size_t dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.')) {
    if (!is_label(text.substr(0, dot))) {
      return false;
    }
    text.remove_prefix(dot + 1);
  }
  // A last label of digits only would be an address that is not written well.
  return is_label(text) && text.find_first_not_of("0123456789") != std::string_view::npos;
}

}  // namespace

std::optional<std::string> parse_host(std::string_view text) {
  // BEGIN SOLUTION parse_host
  if (text.starts_with('[')) {
    const bool closed = text.size() > 2 && text.ends_with(']');
    return closed ? address_text(AF_INET6, std::string(text.substr(1, text.size() - 2))) : std::nullopt;
  }
  if (auto address = address_text(AF_INET, std::string(text))) {
    return address;
  }
  return is_name(text) ? std::optional(to_lower(text)) : std::nullopt;
  // END SOLUTION
}

bool answers_to(const std::string& host, const Address& local) {
  // BEGIN SOLUTION answers_to
  const std::string own = local.host();
  std::array<char, HOST_NAME_MAX + 1> machine{};
  const bool named = ::gethostname(machine.data(), machine.size() - 1) == 0;
  const bool is_loopback = own.starts_with("127.") || own == "::1";
  return host == own || (named && host == to_lower(machine.data())) || (is_loopback && host == "localhost");
  // END SOLUTION
}

}  // namespace kit
