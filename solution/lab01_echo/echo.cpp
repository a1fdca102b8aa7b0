#include "echo.h"

#include <array>
#include <exception>

#include "todo.h"

namespace kit {

void echo(TcpStream& stream, std::chrono::milliseconds patience) {
  // BEGIN SOLUTION echo
  std::array<char, 65536> buffer;
  while (const std::size_t got = stream.read_some(buffer, Deadline::after(patience))) {
    stream.write_all({buffer.data(), got}, Deadline::after(patience));
  }
  // END SOLUTION
}

void serve_echo(TcpListener& listener, std::chrono::milliseconds patience, Log& log) {
  // BEGIN SOLUTION serve_echo
  while (true) {
    try {
      TcpStream client = listener.accept(Deadline::never());
      log.info("client connected", {{"peer", client.peer().to_string()}});
      echo(client, patience);
      log.info("client done");
    } catch (const Stopped&) {
      return;
    } catch (const TimedOut& error) {
      log.warning("client dropped", {{"reason", error.what()}});
    } catch (const std::system_error& error) {
      log.warning("client dropped", {{"reason", error.what()}});
    }
  }
  // END SOLUTION
}

}  // namespace kit
