#include "line_service.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "todo.h"

namespace kit {

Reply answer_line(const Line& line) {
  KIT_TODO("lab 2, answer_line");
}

void serve_lines(ControlConnection& control, std::chrono::milliseconds patience) {
  KIT_TODO("lab 2, serve_lines");
}

void run_line_server(TcpListener& listener, std::chrono::milliseconds patience, Log& log) {
  KIT_TODO("lab 2, run_line_server");
}

}  // namespace kit
