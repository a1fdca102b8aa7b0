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
  KIT_TODO("lab 1, Address::resolve");
}

std::uint16_t Address::port() const {
  KIT_TODO("lab 1, Address::port");
}

std::string Address::host() const {
  KIT_TODO("lab 1, Address::host");
}

std::string Address::to_string() const {
  KIT_TODO("lab 1, Address::to_string");
}

}  // namespace kit
