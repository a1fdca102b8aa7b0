#pragma once

#include <sys/socket.h>

#include <array>
#include <chrono>
#include <string>

#include "address.h"
#include "file_descriptor.h"
#include "tcp_listener.h"
#include "tcp_stream.h"
#include "wait.h"

namespace kit::test {

using namespace std::chrono_literals;

/// How long any wait in a test may take before the test fails.
inline Deadline soon() { return Deadline::after(5s); }

/// A wait that is meant to time out.
inline Deadline at_once() { return Deadline::after(20ms); }

/// The loopback address with a port of the system's choice.
inline Address loopback(std::uint16_t port = 0) { return Address::resolve("127.0.0.1", port).front(); }

/// Two ends of one TCP connection over loopback.
struct ConnectedPair {
  Waiter waiter;
  TcpListener listener{loopback(), waiter};
  TcpStream near = connect();
  TcpStream far = listener.accept(soon());

  TcpStream connect() {
    const std::array addresses{listener.local()};
    return TcpStream::connect(addresses, waiter, soon());
  }
};

/// Reads until the peer ends, or fails the test by throwing TimedOut.
inline std::string read_to_end(TcpStream& stream) {
  std::string all;
  std::array<char, 65536> buffer;
  while (const std::size_t got = stream.read_some(buffer, soon())) {
    all.append(buffer.data(), got);
  }
  return all;
}

/// `size` bytes in which every value occurs and no short period repeats: a lost or doubled piece shows.
inline std::string pattern(std::size_t size) {
  std::string bytes(size, '\0');
  std::uint32_t state = 1;
  for (char& byte : bytes) {
    state = state * 1664525U + 1013904223U;
    byte = static_cast<char>(state >> 24U);
  }
  return bytes;
}

/// Makes the socket's next close a reset (RST) instead of an orderly end.
inline void reset_on_close(const TcpStream& stream) {
  const linger hard{1, 0};
  ::setsockopt(stream.descriptor(), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
}

}  // namespace kit::test
