#include "session.h"

#include <algorithm>
#include <chrono>
#include <exception>

#include "ascii.h"
#include "todo.h"

namespace kit {
namespace {

// For the log; a client may be gone before anybody asks who it was.
std::string name_of_peer(const TcpStream& stream) {
  try {
    return stream.peer().to_string();
  } catch (const std::system_error&) {
    return "unknown";
  }
}

}  // namespace

Session::Session(ControlConnection control, ServerContext& context)
    : control_(std::move(control)), context_(context), peer_(name_of_peer(control_.stream())) {}

void Session::reinitialize() {
  KIT_TODO("lab 3, Session::reinitialize");
}

void greet(Session& session) {
  KIT_TODO("lab 3, greet");
}

Reply answer_line(Session& session, const Line& line) {
  KIT_TODO("lab 3, answer_line");
}

bool handle_line(Session& session, const Line& line) {
  KIT_TODO("lab 3, handle_line");
}

void run_session(Session& session) {
  KIT_TODO("lab 3, run_session");
}

}  // namespace kit
