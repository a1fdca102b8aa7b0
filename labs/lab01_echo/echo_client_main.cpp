// echo_client HOST PORT: sends its standard input and prints what comes back. This file is given.

#include <unistd.h>

#include <stdexcept>

#include "address.h"
#include "arguments.h"
#include "converse.h"
#include "program.h"
#include "stop_signals.h"

int main(int argc, char** argv) {
  return kit::run_program("echo_client", [&] {
    if (argc != 3) {
      throw kit::UsageError("usage: echo_client HOST PORT");
    }
    const std::uint16_t port = kit::port_argument(argv[2]);
    const kit::StopSignals stop;
    kit::Waiter waiter(stop.descriptor());
    const auto addresses = kit::Address::resolve(argv[1], port);
    kit::TcpStream stream = kit::TcpStream::connect(addresses, waiter, kit::Deadline::after(std::chrono::seconds(10)));
    if (!kit::converse(stream, waiter, STDIN_FILENO, STDOUT_FILENO, std::chrono::minutes(1))) {
      throw std::runtime_error("the server closed the connection before everything was sent");
    }
    return kit::exit_ok;
  });
}
