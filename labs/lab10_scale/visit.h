#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "session.h"
#include "timer_wheel.h"
#include "transfer_watch.h"

namespace kit {

/// How long what may last. The idle and the stall timeout are those of the options.
struct VisitTimes {
  std::chrono::milliseconds idle;
  std::chrono::milliseconds stall;
  std::chrono::milliseconds to_log_in;             ///< from the connect (or REIN) to 230
  std::chrono::milliseconds after_wrong_password;  ///< until the 530, for this session alone (RFC 2577 5)
};

/// One client from the connect to the end: the session, and what has to be remembered while no thread runs it. It is
/// what moves between the threads, by unique_ptr, so it belongs to one of them at any time: to the loop while it is
/// parked, else to a worker. Small, for there may be ten thousand: of a session that says nothing nothing is kept that
/// can be made again. As a Timer it is the loop's.
class Visit : public Timer {
 public:
  using Clock = std::chrono::steady_clock;

  enum class Phase {
    listening,  ///< to the client's commands
    held,       ///< the answer to a wrong password is held back; nothing is read and nothing sent meanwhile
    parting,    ///< a user has said QUIT, and 221 is the answer: mostly the client closes now, else we do in a moment
    leaving,    ///< the last word is said: what the client still sends is dropped, until its end
    broken,     ///< the connection is of no use any more
  };

  /// `place` is held as long as this object (see SessionLimits::admit). Refers to `context` and `times`.
  Visit(TcpStream stream, ServerContext& context, std::shared_ptr<void> place, const VisitTimes& times);

  Session& session() { return session_; }
  [[nodiscard]] int descriptor() { return session_.control().stream().descriptor(); }
  [[nodiscard]] Phase phase() const { return phase_; }
  [[nodiscard]] const std::string& reason() const { return reason_; }

  /// The next line that is here already, without any reading: first what waits (see below), then what has been read.
  /// None unless the phase is `listening`.
  std::optional<Line> take_line();

  /// What has to be carried out before anything that is read: a line that the loop must not run, lines that came in the
  /// middle of a transfer. Null means none.
  std::shared_ptr<LineQueue>& waiting() { return waiting_; }

  /// Whether carrying out `line` may wait for a disk or a peer (Policy::may_block), so that only a worker may do it.
  /// What will be refused before its handler is called does not wait; nor does the password of anonymous.
  bool may_block(const Line& line);

  /// Carries `line` out. The reply is gathered; flush() or take_unsent() sends it. A wrong password and the session's
  /// end change the phase.
  void answer(const Line& line);

  /// Sends what was gathered as far as the socket takes it, without waiting, and behind the last word ends our
  /// direction. Throws std::system_error.
  void flush();
  [[nodiscard]] std::size_t unsent() const { return unsent_.size(); }
  std::string take_unsent() { return std::exchange(unsent_, {}); }

  /// `farewell` is the last word; nothing where the client was the one to end.
  void leave(const std::optional<Reply>& farewell);
  void break_off(std::string reason);

  /// Reads and drops what a client sends that has been said goodbye to. Returns whether it may still send more.
  bool drop_input();

  /// When something has to be done about this session though nobody says anything.
  [[nodiscard]] Clock::time_point due() const;

  /// That moment has come: 421, the reply that was held back, or the end.
  void time_is_up();

  /// The timers begin anew: it was not idle until now.
  void touch();

 private:
  void note_login();
  void enter(Phase phase, std::chrono::milliseconds time);

  Session session_;
  std::shared_ptr<void> place_;
  const VisitTimes& times_;
  Phase phase_ = Phase::listening;
  std::string unsent_;
  std::shared_ptr<LineQueue> waiting_;
  std::string reason_ = "done";
  Clock::time_point until_;                     // of this phase
  std::optional<Clock::time_point> log_in_by_;  // nothing once logged in
  std::size_t dropped_ = 0;                     // bytes, while leaving
  bool anonymous_next_ = false;                 // USER has just named anonymous
  bool shut_ = false;                           // our direction is ended
};

}  // namespace kit
