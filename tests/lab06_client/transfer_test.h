#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "scripted_server.h"

namespace kit::test {

/// A client whose transfers the test watches, and what its scripts need for them.
class TransferTest : public ClientTest {
 protected:
  TransferResult get(const std::string& name = "a") {
    received.clear();
    return client.get(name, [&](std::span<const char> bytes) { received.append(bytes.data(), bytes.size()); });
  }

  TransferResult put(const std::string& content, const std::string& name = "a") {
    std::string_view left = content;
    return client.put(
        [&](std::span<char> buffer) {
          const std::size_t size = left.copy(buffer.data(), buffer.size());
          left.remove_prefix(size);
          return size;
        },
        name);
  }

  // The session is in step: a command gets its own answer.
  void expect_in_step() { EXPECT_EQ(client.quote("NOOP"), Reply(200, "In step")); }
  void answer_in_step() { server.answer("NOOP", "200 In step"); }

  // For scripts: up to the transfer command.
  TcpStream begin(std::string_view command, bool type = true) {
    if (type) {
      server.answer("TYPE I", "200 Binary");
    }
    TcpStream data = server.passive();
    EXPECT_EQ(server.hear(), command);
    return data;
  }

  static void send(std::optional<TcpStream>& data, std::string_view bytes) {
    data->write_all(bytes, soon());
    data.reset();
  }

  std::string received;
};

}  // namespace kit::test
