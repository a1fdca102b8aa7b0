#include "serial_server.h"

#include <system_error>
#include <utility>

#include "todo.h"

namespace kit {

void serve_one_at_a_time(TcpListener& listener, ServerContext& context) {
  // BEGIN SOLUTION serve_one_at_a_time
  while (true) {
    try {
      ControlConnection control(listener.accept(Deadline::never()), context.options.stall_timeout);
      Session session(std::move(control), context);
      run_session(session);
    } catch (const Stopped&) {
      return;
    } catch (const std::system_error& error) {
      context.log.warning("client dropped", {{"reason", error.what()}});
    }
  }
  // END SOLUTION
}

}  // namespace kit
