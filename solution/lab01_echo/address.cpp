#include "address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "todo.h"

namespace kit {

Address::Address(const sockaddr* raw, socklen_t length) : length_(std::min<socklen_t>(length, sizeof storage_)) {
  std::memcpy(&storage_, raw, length_);
}

std::vector<Address> Address::resolve(const std::string& host, std::uint16_t port) {
  // BEGIN SOLUTION Address::resolve
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;  // without it every address comes three times: TCP, UDP and raw
  hints.ai_flags = AI_NUMERICSERV;
  addrinfo* list = nullptr;
  const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list);
  if (error != 0) {
    throw std::runtime_error("cannot find host '" + host + "': " + ::gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(list, &::freeaddrinfo);
  std::vector<Address> found;
  for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
    found.emplace_back(entry->ai_addr, entry->ai_addrlen);
  }
  return found;
  // END SOLUTION
}

std::uint16_t Address::port() const {
  // BEGIN SOLUTION Address::port
  if (family() == AF_INET6) {
    return ntohs(reinterpret_cast<const sockaddr_in6*>(&storage_)->sin6_port);
  }
  return ntohs(reinterpret_cast<const sockaddr_in*>(&storage_)->sin_port);
  // END SOLUTION
}

std::string Address::host() const {
  // BEGIN SOLUTION Address::host
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (family() == AF_INET6) {
    const in6_addr& address = reinterpret_cast<const sockaddr_in6*>(&storage_)->sin6_addr;
    if (IN6_IS_ADDR_V4MAPPED(&address)) {
      return ::inet_ntop(AF_INET, &address.s6_addr[12], text.data(), text.size());  // the last four bytes
    }
    return ::inet_ntop(AF_INET6, &address, text.data(), text.size());
  }
  return ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(&storage_)->sin_addr, text.data(), text.size());
  // END SOLUTION
}

std::string Address::to_string() const {
  // BEGIN SOLUTION Address::to_string
  const std::string name = host();
  const bool brackets = name.find(':') != std::string::npos;
  return (brackets ? "[" + name + "]" : name) + ":" + std::to_string(port());
  // END SOLUTION
}

}  // namespace kit
