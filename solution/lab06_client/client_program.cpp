#include "client_program.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <memory>

#include "arguments.h"
#include "command_line.h"
#include "program.h"
#include "shell.h"
#include "stop_signals.h"
#include "todo.h"

namespace kit {
namespace {

// Asks until a port is given; nothing at the end of the input.
std::optional<Destination> ask_destination(Shell& shell, Destination destination) {
  while (const auto answer = shell.console().ask("Enter server port: ")) {
    try {
      destination.port = port_argument(*answer);
      return destination;
    } catch (const UsageError& error) {
      shell.fail(error.what());
    }
  }
  shell.fail("no port was given");
  return std::nullopt;
}

// Whether there is a session to carry out commands in.
bool begin(Shell& shell, const Destination& destination) {
  try {
    open_session(shell, destination);
    return true;
  } catch (const Stopped&) {
    throw;
  } catch (const Todo&) {
    throw;
  } catch (const std::exception& error) {
    shell.fail(error.what());
    return false;
  }
}

void converse(Shell& shell, const ClientOptions& options) {
  const auto destination = options.destination ? options.destination : ask_destination(shell, options.asked);
  if (!destination) {
    return;
  }
  const bool begun = begin(shell, *destination);
  if (!options.execute) {
    shell.run();  // even without a session: `open` may follow
  } else if (begun) {
    for (const std::string& command : split_commands(*options.execute)) {
      if (!shell.ended()) {
        shell.run_line(command);
      }
    }
  }
  if (shell.client().connected()) {
    shell.client().quit();
  }
}

// The number of the signal that asked the program to stop.
int stop_signal(const StopSignals& stop) {
  signalfd_siginfo info{};
  const ssize_t got = ::read(stop.descriptor(), &info, sizeof info);
  return got == sizeof info ? static_cast<int>(info.ssi_signo) : SIGTERM;
}

}  // namespace

std::unique_ptr<Waiter> plain_waiter(const ClientOptions& /*options*/, int stop_descriptor) {
  return std::make_unique<Waiter>(stop_descriptor);
}

int run_client(const ClientOptions& options, const ShellTable& commands, const std::function<void(Shell&)>& prepare,
               const WaiterMaker& make_waiter) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader of our output who leaves is an error, not the end
  const StopSignals stop;
  const std::unique_ptr<Waiter> door = make_waiter(options, stop.descriptor());
  Waiter& waiter = *door;
  Console console(waiter);
  Client client(waiter, {.connecting = options.patience, .standing = options.patience});
  if (options.trust_passive_address) {
    client.use_data_method(std::make_unique<PassiveMethod>(PassiveMethod::Host::as_announced));
  }
  Shell shell(client, console, commands);
  set_verbose(shell, options.verbose);
  prepare(shell);
  try {
    converse(shell, options);
    console.flush();
  } catch (const Stopped&) {
    return 128 + stop_signal(stop);
  }
  return shell.failed() ? exit_failed : exit_ok;
}

}  // namespace kit
