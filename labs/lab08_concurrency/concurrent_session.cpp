#include "concurrent_session.h"

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "todo.h"
#include "transfer_watch.h"

namespace kit {

void run_concurrent_session(Session& session) {
  KIT_TODO("lab 8, run_concurrent_session");
}

}  // namespace kit
