#include "line_service.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

// Letters of ASCII only: what toupper() does depends on the locale.
bool same_verb(std::string_view text, std::string_view verb) {
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; };
  return std::equal(text.begin(), text.end(), verb.begin(), verb.end(), [&](char a, char b) { return upper(a) == b; });
}

}  // namespace
// END PRIVATE

Reply answer_line(const Line& line) {
  // BEGIN SOLUTION answer_line
  switch (line.defect) {
    case Line::Defect::too_long: return {500, "Line too long"};
    case Line::Defect::nul: return {501, "No NUL can stand in a line"};
    case Line::Defect::none: break;
  }
  if (same_verb(line.text, "NOOP")) {
    return {200, "Nothing done"};
  }
  if (same_verb(line.text, "QUIT")) {
    return {221, "Goodbye"};
  }
  return {500, "Only NOOP and QUIT are known here"};
  // END SOLUTION
}

void serve_lines(ControlConnection& control, std::chrono::milliseconds patience) {
  // BEGIN SOLUTION serve_lines
  control.send({220, "Lines, please"});
  while (const std::optional<Line> line = control.read_line(Deadline::after(patience))) {
    const Reply reply = answer_line(*line);
    control.send(reply);
    if (reply.code == 221) {
      break;
    }
  }
  control.close();
  // END SOLUTION
}

void run_line_server(TcpListener& listener, std::chrono::milliseconds patience, Log& log) {
  // BEGIN SOLUTION run_line_server
  while (true) {
    try {
      TcpStream client = listener.accept(Deadline::never());
      log.info("client connected", {{"peer", client.peer().to_string()}});
      ControlConnection control(std::move(client), patience);
      serve_lines(control, patience);
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
