#include "address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <array>

#include <gtest/gtest.h>

namespace kit {
namespace {

Address ipv6(const char* text, std::uint16_t port) {
  sockaddr_in6 raw{};
  raw.sin6_family = AF_INET6;
  raw.sin6_port = htons(port);
  EXPECT_EQ(::inet_pton(AF_INET6, text, &raw.sin6_addr), 1);
  return {reinterpret_cast<sockaddr*>(&raw), sizeof raw};
}

TEST(Address, ResolvesNumbersWithoutAskingAnybody) {
  const auto found = Address::resolve("127.0.0.1", 2121);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].to_string(), "127.0.0.1:2121");
  EXPECT_EQ(found[0].family(), AF_INET);
}

TEST(Address, KeepsThePortInTheByteOrderOfThisMachine) {
  for (const std::uint16_t port : std::array<std::uint16_t, 8>{0, 1, 255, 256, 258, 32768, 65280, 65535}) {
    EXPECT_EQ(Address::resolve("127.0.0.1", port).front().port(), port);
  }
}

TEST(Address, WritesAnIpv6HostInBrackets) {
  const Address address = ipv6("::1", 2121);
  EXPECT_EQ(address.host(), "::1");
  EXPECT_EQ(address.port(), 2121);
  EXPECT_EQ(address.to_string(), "[::1]:2121");
}

TEST(Address, GivesAnIpv4AddressInsideIpv6AsIpv4) {
  const Address mapped = ipv6("::ffff:192.0.2.7", 21);
  EXPECT_EQ(mapped.host(), "192.0.2.7");
  EXPECT_EQ(mapped.to_string(), "192.0.2.7:21");
}

TEST(Address, ComparesHostsWhateverThePort) {
  EXPECT_TRUE(Address::resolve("127.0.0.1", 1).front().same_host(Address::resolve("127.0.0.1", 2).front()));
  EXPECT_FALSE(Address::resolve("127.0.0.1", 1).front().same_host(Address::resolve("127.0.0.2", 1).front()));
  EXPECT_TRUE(ipv6("::ffff:127.0.0.1", 1).same_host(Address::resolve("127.0.0.1", 9).front()));
}

TEST(Address, NamesTheHostThatIsNotFound) {
  try {
    Address::resolve("no such host", 21);
    FAIL() << "a host with blanks in its name was found";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("no such host"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace kit
