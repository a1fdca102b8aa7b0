#pragma once

#include <optional>
#include <string>
#include <utility>

#include "../lab05_passive/passive_fixture.h"
#include "active_commands.h"
#include "representation.h"
#include "representation_commands.h"
#include "tcp_listener.h"

namespace kit::test {

/// A logged-in session with all commands of this lab. The test is the client, and can listen.
class ActiveFixture : public PassiveFixture {
 protected:
  explicit ActiveFixture(ServerOptions options = impatient()) : PassiveFixture(std::move(options)) {
    offer_representations(context_);
    context_.commands += active_commands() + representation_commands();
  }

  /// PORT with an address of this machine.
  static std::string port_line(const Address& address) {
    return "PORT " + format_host_port(host_port_of(address).value());
  }

  /// A download over a connection that the server makes.
  std::string fetch_actively(const std::string& line) {
    EXPECT_EQ(code(port_line(listener_.local())), 200);
    begin(line);
    TcpStream data = listener_.accept(soon());
    std::string content = read_to_end(data);
    EXPECT_EQ(preliminary().code, 150);
    EXPECT_EQ(final().code, 226);
    return content;
  }

  /// An upload that the client does not end: the data themselves have to. Returns the final code.
  int store_open_ended(const std::string& line, const std::string& content) {
    TcpStream data = open_data();
    begin(line);
    data.write_all(content, soon());
    EXPECT_EQ(read_to_end(data), "") << "the server closes";
    return final().code;
  }

  /// The same, ended by the client.
  int store_ended(const std::string& line, const std::string& content) {
    std::optional<TcpStream> data = open_data();
    begin(line);
    data->write_all(content, soon());
    data.reset();
    return final().code;
  }

  TcpListener listener_{loopback(), waiter_};
};

}  // namespace kit::test
