#include "visit.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "check.h"
#include "command.h"

namespace kit {
namespace {

constexpr std::size_t several_replies = 1024;  // bytes

// Who closes first has to remember the connection for a minute (TIME_WAIT): better the client than the server of all.
// Who has not logged in is not waited for.
constexpr std::chrono::milliseconds clients_turn{50};

}  // namespace

Visit::Visit(TcpStream stream, ServerContext& context, std::shared_ptr<void> place, const VisitTimes& times)
    : session_(ControlConnection(std::move(stream), times.stall), context), place_(std::move(place)), times_(times) {
  touch();
  note_login();
}

void Visit::enter(Phase phase, std::chrono::milliseconds time) {
  phase_ = phase;
  until_ = Clock::now() + time;
}

// To be told after every command: REIN and USER may log the user out again.
void Visit::note_login() {
  if (session_.user()) {
    log_in_by_.reset();
  } else if (!log_in_by_) {
    log_in_by_ = Clock::now() + times_.to_log_in;
  }
}

void Visit::touch() {
  if (phase_ == Phase::listening) {
    until_ = Clock::now() + (unsent_.empty() ? times_.idle : times_.stall);
  }
}

std::optional<Line> Visit::take_line() {
  if (phase_ != Phase::listening) {
    return std::nullopt;
  }
  if (waiting_ != nullptr && !waiting_->empty()) {
    Line line = std::move(waiting_->front());
    waiting_->pop_front();
    return line;
  }
  return session_.control().buffered_line();
}

bool Visit::may_block(const Line& line) {
  const std::optional<Command> command = parse_command(line.text);
  const CommandRow* row = command ? session_.context().commands.find(command->verb) : nullptr;
  if (row == nullptr || row->handler == nullptr || (row->policy.login && !session_.user())) {
    return false;  // 500, 502, 530
  }
  if (row->verb == "USER") {
    anonymous_next_ = session_.context().accounts.is_anonymous(command->argument.value_or(""));
  }
  return row->policy.may_block && !(row->verb == "PASS" && anonymous_next_);
}

void Visit::answer(const Line& line) {
  const Reply reply = answer_line(session_, line);
  const bool first = unsent_.empty();
  if (!first && unsent_.capacity() < several_replies) {
    unsent_.reserve(several_replies);  // the client pipelines: there will be more
  }
  unsent_ += format_reply(reply);
  note_login();
  if (first) {
    touch();  // and again when they are sent
  }
  if (reply.failed() && parse_command(line.text).value_or(Command{}).verb == "PASS" && reply.code != 503) {
    enter(Phase::held, times_.after_wrong_password);
  } else if (session_.ended() && reply.code == 221 && session_.user()) {
    enter(Phase::parting, clients_turn);
  } else if (session_.ended()) {
    enter(Phase::leaving, ControlConnection::linger_time);
  }
}

void Visit::flush() {
  if (phase_ == Phase::held) {
    return;
  }
  if (!unsent_.empty()) {
    const int more = phase_ == Phase::leaving ? MSG_MORE : 0;  // the end goes with the last word, in one segment
    const int flags = MSG_NOSIGNAL | MSG_DONTWAIT | more;
    const ssize_t sent = retry_eintr([&] { return ::send(descriptor(), unsent_.data(), unsent_.size(), flags); });
    if (sent < 0 && errno != EAGAIN) {
      throw std::system_error(errno, std::generic_category(), "send");
    }
    unsent_.erase(0, static_cast<std::size_t>(std::max<ssize_t>(sent, 0)));
    if (!unsent_.empty()) {
      if (sent > 0) {
        touch();
      }
      return;
    }
    unsent_.shrink_to_fit();
    touch();
  }
  if (phase_ == Phase::leaving && !std::exchange(shut_, true)) {
    session_.control().stream().shutdown_write();
  }
}

void Visit::leave(const std::optional<Reply>& farewell) {
  if (phase_ == Phase::leaving || phase_ == Phase::broken) {
    return;
  }
  if (farewell && phase_ != Phase::parting) {
    unsent_ += format_reply(*farewell);
  }
  enter(Phase::leaving, ControlConnection::linger_time);
}

void Visit::break_off(std::string reason) {
  reason_ = std::move(reason);
  phase_ = Phase::broken;
}

bool Visit::drop_input() {
  std::array<char, 16384> ignored;
  const ssize_t got = retry_eintr([&] { return ::recv(descriptor(), ignored.data(), ignored.size(), MSG_DONTWAIT); });
  if (got < 0) {
    return errno == EAGAIN;
  }
  dropped_ += static_cast<std::size_t>(got);
  return got > 0 && dropped_ < ControlConnection::linger_bytes;
}

Visit::Clock::time_point Visit::due() const {
  return phase_ == Phase::listening && log_in_by_ ? std::min(*log_in_by_, until_) : until_;
}

void Visit::time_is_up() {
  switch (phase_) {
    case Phase::listening:
      if (unsent_.empty()) {
        leave(Reply(421, session_.user() ? "No command for too long" : "Nobody has logged in"));
      } else {
        break_off("the client does not read");
      }
      break;
    case Phase::held:
      enter(Phase::listening, times_.idle);
      if (session_.ended()) {
        enter(Phase::leaving, ControlConnection::linger_time);
      }
      break;
    case Phase::parting: leave(std::nullopt); break;
    case Phase::leaving: break_off("done"); break;
    case Phase::broken: break;
  }
}

}  // namespace kit
