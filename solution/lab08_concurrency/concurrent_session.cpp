#include "concurrent_session.h"

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "todo.h"
#include "transfer_watch.h"

namespace kit {
// BEGIN PRIVATE
namespace {

// When the session has to be logged in. Nothing once it is.
class LoginTimer {
 public:
  explicit LoginTimer(std::chrono::milliseconds time) : time_(time) { note(false); }

  // To be told after every command: REIN and USER may log the user out again.
  void note(bool logged_in) {
    if (logged_in) {
      deadline_.reset();
    } else if (!deadline_) {
      deadline_ = Deadline::after(time_);
    }
  }

  // The deadline of the next command.
  [[nodiscard]] Deadline limit(const Deadline& idle) const {
    return deadline_ && deadline_->poll_timeout() < idle.poll_timeout() ? *deadline_ : idle;
  }

 private:
  std::chrono::milliseconds time_;
  std::optional<Deadline> deadline_;
};

// The next line: one that came in the middle of a transfer before one that has to be waited for. Nothing if the client
// has ended, or has been silent or not logged in for too long.
std::optional<Line> next_line(Session& session, LineQueue& waiting, const LoginTimer& timer) {
  if (!waiting.empty()) {
    Line line = std::move(waiting.front());
    waiting.pop_front();
    return line;
  }
  try {
    return session.control().read_line(timer.limit(Deadline::after(session.options().idle_timeout)));
  } catch (const TimedOut&) {
    session.control().send({421, session.user() ? "No command for too long" : "Nobody has logged in"});
    return std::nullopt;
  }
}

void converse_with(Session& session) {
  LoginTimer timer(session.service<LoginTimes>().to_log_in);
  const std::shared_ptr<LineQueue> waiting = session.part<TransferWatch>().waiting;
  try {
    greet(session);
    while (const std::optional<Line> line = next_line(session, *waiting, timer)) {
      session.part<TransferWatch>().waiting = waiting;  // REIN drops the part, but not what was said behind it
      if (!handle_line(session, *line)) {
        return;
      }
      if (session.part<TransferWatch>().stopping) {
        throw Stopped();
      }
      timer.note(session.user().has_value());
    }
  } catch (const Stopped&) {
    session.control().send({421, "The server is going down"});
  }
}

}  // namespace
// END PRIVATE

void run_concurrent_session(Session& session) {
  // BEGIN SOLUTION run_concurrent_session
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
