#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kit {

/// An IPv4 or IPv6 address with a TCP port: what bind, connect and accept speak of. A value: copied freely, owns
/// nothing.
class Address {
 public:
  /// Copies what the system filled in. `length` is the number of valid bytes behind `raw`.
  Address(const sockaddr* raw, socklen_t length);

  /// All addresses of `host` ("localhost", "192.0.2.7", "::1"), in the order in which they should be tried, each with
  /// `port`. Uses getaddrinfo(3), the one function that knows both IPv4 and IPv6.
  /// Throws std::runtime_error that names the host when there is none.
  static std::vector<Address> resolve(const std::string& host, std::uint16_t port);

  /// The TCP port, in the byte order of this machine (not the network's).
  [[nodiscard]] std::uint16_t port() const;

  /// The host alone, as numbers: "127.0.0.1", "::1". An IPv4 address that travels inside IPv6 (::ffff:192.0.2.7) is
  /// given as IPv4.
  [[nodiscard]] std::string host() const;

  /// Host and port as people write them: "127.0.0.1:2121", "[::1]:2121".
  [[nodiscard]] std::string to_string() const;

  /// Whether both are the same host, whatever their ports. An IPv4 address equals itself inside IPv6.
  [[nodiscard]] bool same_host(const Address& other) const { return host() == other.host(); }

  /// AF_INET or AF_INET6.
  [[nodiscard]] int family() const { return storage_.ss_family; }

  /// For system calls.
  [[nodiscard]] const sockaddr* raw() const { return reinterpret_cast<const sockaddr*>(&storage_); }
  [[nodiscard]] socklen_t length() const { return length_; }

 private:
  sockaddr_storage storage_{};
  socklen_t length_ = 0;
};

}  // namespace kit
