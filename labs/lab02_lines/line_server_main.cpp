// line_server PORT: answers NOOP and QUIT, one line after the other. This file is given; the lab is in the other files.

#include "address.h"
#include "arguments.h"
#include "line_service.h"
#include "program.h"
#include "stop_signals.h"
#include "tcp_listener.h"

int main(int argc, char** argv) {
  return kit::run_program("line_server", [&] {
    if (argc != 2) {
      throw kit::UsageError("usage: line_server PORT");
    }
    const std::uint16_t port = kit::port_argument(argv[1]);
    const kit::StopSignals stop;
    kit::Waiter waiter(stop.descriptor());
    kit::TcpListener listener(kit::Address::resolve("127.0.0.1", port).front(), waiter);
    kit::announce_listening(listener.local().to_string());
    kit::Log log;
    kit::run_line_server(listener, std::chrono::minutes(5), log);
    return kit::exit_ok;
  });
}
