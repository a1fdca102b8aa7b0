#include "host_port.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "loopback.h"

namespace kit {
namespace {

constexpr HostPort example{{127, 0, 0, 1}, 1234};

TEST(HostPort, PutsTheHighByteOfThePortFirst) {
  EXPECT_EQ(format_host_port(example), "127,0,0,1,4,210");
  EXPECT_EQ(format_host_port({{10, 20, 30, 40}, 1}), "10,20,30,40,0,1");
}

TEST(HostPort, WritesAndReadsEveryPort) {
  for (unsigned port = 0; port <= 65535; ++port) {
    const HostPort address{{192, 0, 2, 255}, static_cast<std::uint16_t>(port)};
    ASSERT_EQ(parse_host_port(format_host_port(address)), address) << port;
  }
}

TEST(HostPort, WritesAndReadsEveryByteInEveryPlaceOfTheHost) {
  for (std::size_t place = 0; place < 4; ++place) {
    for (unsigned value = 0; value <= 255; ++value) {
      HostPort address{{1, 2, 3, 4}, 5678};
      address.host.at(place) = static_cast<std::uint8_t>(value);
      ASSERT_EQ(parse_host_port(format_host_port(address)), address);
    }
  }
}

TEST(HostPort, GivesTheHostWithDotsForTheSystem) { EXPECT_EQ((HostPort{{192, 0, 2, 7}, 1}).host_text(), "192.0.2.7"); }

TEST(ParseHostPort, AllowsLeadingZeros) { EXPECT_EQ(parse_host_port("127,000,0,001,04,210"), example); }

TEST(ParseHostPort, RefusesWhatIsNotExactlySixNumbersOfOneByte) {
  const std::vector<std::string> wrong{"",
                                       "1",
                                       "1,2,3,4,5",
                                       "1,2,3,4,5,",
                                       "1,2,3,4,5,6,",
                                       "1,2,3,4,5,6,7",
                                       ",1,2,3,4,5,6",
                                       "1,,3,4,5,6",
                                       "256,2,3,4,5,6",
                                       "1,2,3,4,256,6",
                                       "1,2,3,4,5,256",
                                       "1,2,3,4,5,99999999999999999999",
                                       "-1,2,3,4,5,6",
                                       "+1,2,3,4,5,6",
                                       "1,2,3,4,5,-6",
                                       " 1,2,3,4,5,6",
                                       "1,2,3,4,5,6 ",
                                       "1, 2,3,4,5,6",
                                       "1 ,2,3,4,5,6",
                                       "(1,2,3,4,5,6)",
                                       "1.2.3.4.5.6",
                                       "1;2;3;4;5;6",
                                       "a,2,3,4,5,6",
                                       "0x1,2,3,4,5,6",
                                       "1,2,3,4,5,6\r",
                                       "1e1,2,3,4,5,6"};
  for (const std::string& text : wrong) {
    EXPECT_EQ(parse_host_port(text), std::nullopt) << "'" << text << "'";
  }
}

TEST(ParseHostPort, RefusesEveryPieceCutOffAGoodOne) {
  const std::string good = "127,0,0,1,4,210";
  for (std::size_t cut = 1; cut < good.size(); ++cut) {
    const auto head = parse_host_port(good.substr(0, cut));
    const bool shorter_number =
        good.find(',', cut) == std::string::npos && good[cut - 1] != ',';  // "...,4,2", "...,4,21"
    EXPECT_EQ(head.has_value(), shorter_number) << good.substr(0, cut);
    const bool still_six = good.substr(cut) == "27,0,0,1,4,210" || good.substr(cut) == "7,0,0,1,4,210";
    EXPECT_EQ(parse_host_port(good.substr(cut)).has_value(), still_six) << good.substr(cut);
  }
}

TEST(ParseHostPort, RefusesEveryByteInPlaceOfAComma) {
  for (int byte = 0; byte < 256; ++byte) {
    std::string text = "127,0,0,1,4,210";
    text[5] = static_cast<char>(byte);
    EXPECT_EQ(parse_host_port(text).has_value(), byte == ',') << byte;  // a digit makes five numbers of six
  }
}

TEST(FindHostPort, FindsTheNumbersWhateverStandsAroundThem) {
  for (const char* text :
       {"Entering Passive Mode (127,0,0,1,4,210)", "Entering Passive Mode (127,0,0,1,4,210).", "127,0,0,1,4,210",
        "Entering Passive Mode 127,0,0,1,4,210", "=127,0,0,1,4,210", "227 bytes: 127,0,0,1,4,210",
        "OK [127,0,0,1,4,210] go", "ok 127,0,0,1,4,210, please connect", "Passive mode 2: 127,0,0,1,4,210",
        "\xC3\xA9 (127,0,0,1,4,210)"}) {
    EXPECT_EQ(find_host_port(text), example) << text;
  }
}

TEST(FindHostPort, GoesOnBehindANumberThatStandsAlone) {
  EXPECT_EQ(find_host_port("Entering Passive Mode. A1=127,0,0,1,4,210"), example);
  EXPECT_EQ(find_host_port("1,2,3 no: 127,0,0,1,4,210"), example);
}

TEST(FindHostPort, FindsNothingWhereThereIsNothing) {
  for (const char* text : {"", "Entering Passive Mode", "(127,0,0,1,4)", "(127,0,0,1,4,210,5)", "(127,0,0,1,4,256)",
                           "(999,127,0,0,1,4,210)", "127.0.0.1:1234", "(127,0,0,1,4,", ",,,,,", "(1,,0,0,1,4,210)"}) {
    EXPECT_EQ(find_host_port(text), std::nullopt) << text;
  }
}

TEST(HostPortOf, TakesTheAddressOfASocket) {
  const HostPort expected{{127, 0, 0, 1}, 513};
  EXPECT_EQ(host_port_of(test::loopback(513)), expected);
}

TEST(HostPortOf, HasNothingForIpv6) {
  EXPECT_EQ(host_port_of(Address::resolve("::1", 21).front()), std::nullopt);
  EXPECT_EQ(host_port_of("::1", 21), std::nullopt);
  EXPECT_EQ(host_port_of("localhost", 21), std::nullopt);
  EXPECT_EQ(host_port_of("", 21), std::nullopt);
}

TEST(HostPortOf, TakesAnIpv4AddressInsideIpv6) {
  const HostPort expected{{192, 0, 2, 7}, 21};
  EXPECT_EQ(host_port_of(Address::resolve("::ffff:192.0.2.7", 21).front()), expected);
}

}  // namespace
}  // namespace kit
