// echo_server PORT: sends back whatever it is sent. This file is given; the lab is in echo.cpp and below.

#include "address.h"
#include "arguments.h"
#include "echo.h"
#include "program.h"
#include "stop_signals.h"
#include "tcp_listener.h"

int main(int argc, char** argv) {
  return kit::run_program("echo_server", [&] {
    if (argc != 2) {
      throw kit::UsageError("usage: echo_server PORT");
    }
    const std::uint16_t port = kit::port_argument(argv[1]);
    const kit::StopSignals stop;
    kit::Waiter waiter(stop.descriptor());
    kit::TcpListener listener(kit::Address::resolve("127.0.0.1", port).front(), waiter);
    kit::announce_listening(listener.local().to_string());
    kit::Log log;
    kit::serve_echo(listener, std::chrono::minutes(1), log);
    return kit::exit_ok;
  });
}
