#include "serial_server.h"

#include <system_error>
#include <utility>

#include "todo.h"

namespace kit {

void serve_one_at_a_time(TcpListener& listener, ServerContext& context) {
  KIT_TODO("lab 3, serve_one_at_a_time");
}

}  // namespace kit
