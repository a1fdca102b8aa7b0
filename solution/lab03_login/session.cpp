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

// BEGIN PRIVATE
namespace {

struct Request {
  std::string verb;
  std::string argument;
};

// What the log shows of a line: never a password, not even one typed behind a misspelt PASS or in its place.
Request loggable(Session& session, const Line& line) {
  const std::optional<Command> command = parse_command(line.text);
  if (command && session.context().commands.find(command->verb) != nullptr) {
    const bool secret = command->verb == "PASS" || command->verb == "ACCT";
    return {command->verb, secret ? "****" : command->argument.value_or("")};
  }
  constexpr std::size_t enough_to_see = 32;
  const std::string first_word = line.text.substr(0, std::min(line.text.find(' '), enough_to_see));
  const bool secret = session.awaiting() == "USER" || to_upper(first_word).find("PASS") != std::string::npos;
  return {secret ? "****" : first_word, ""};
}

// The next line, or nothing if the client has ended or been silent for too long.
std::optional<Line> next_line(Session& session) {
  try {
    return session.control().read_line(Deadline::after(session.options().idle_timeout));
  } catch (const TimedOut&) {
    session.control().send({421, "No command for too long: closing the connection"});
    return std::nullopt;
  }
}

void converse_with(Session& session) {
  try {
    greet(session);
    while (const std::optional<Line> line = next_line(session)) {
      if (!handle_line(session, *line)) {
        return;
      }
    }
  } catch (const Stopped&) {
    session.control().send({421, "The server is going down"});
  }
}

}  // namespace
// END PRIVATE

Session::Session(ControlConnection control, ServerContext& context)
    : control_(std::move(control)), context_(context), peer_(name_of_peer(control_.stream())) {}

void Session::reinitialize() {
  // BEGIN SOLUTION Session::reinitialize
  user_.reset();
  parts_.clear();
  // END SOLUTION
}

void greet(Session& session) {
  // BEGIN SOLUTION greet
  std::vector<std::string> lines;
  for (std::string_view banner = session.options().banner; !banner.empty();) {
    const std::size_t end = banner.find('\n');
    lines.emplace_back(banner.substr(0, end));
    banner = end == std::string_view::npos ? "" : banner.substr(end + 1);
  }
  session.control().send(lines.empty() ? Reply(220, "") : Reply(220, std::move(lines)));
  // END SOLUTION
}

Reply answer_line(Session& session, const Line& line) {
  // BEGIN SOLUTION answer_line
  if (!session.context().log.heeds(LogLevel::info)) {
    return session.context().commands.dispatch(session, line);
  }
  const auto begun = std::chrono::steady_clock::now();
  const Request request = loggable(session, line);  // before the dispatch: it goes by what was awaited
  Reply reply = session.context().commands.dispatch(session, line);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
  session.context().log.info(reply.failed() ? "FAILURE" : "SUCCESS",
                             {{"peer", session.peer()},
                              {"user", session.user() ? session.user()->name : ""},
                              {"verb", request.verb},
                              {"argument", request.argument},
                              {"reply", static_cast<long long>(reply.code)},
                              {"bytes", static_cast<long long>(session.take_bytes())},
                              {"seconds", taken.count()}});
  return reply;
  // END SOLUTION
}

bool handle_line(Session& session, const Line& line) {
  // BEGIN SOLUTION handle_line
  const Reply reply = answer_line(session, line);
  session.control().send(reply);
  return !session.ended();
  // END SOLUTION
}

void run_session(Session& session) {
  // BEGIN SOLUTION run_session
  Log& log = session.context().log;
  log.info("session begins", {{"peer", session.peer()}});
  std::string reason = "done";
  try {
    converse_with(session);
    session.control().close();
  } catch (const Todo&) {
    throw;
  } catch (const std::exception& error) {
    reason = error.what();
  }
  log.info("session ends", {{"peer", session.peer()}, {"reason", reason}});
  // END SOLUTION
}

}  // namespace kit
