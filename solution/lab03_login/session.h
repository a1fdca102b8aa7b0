#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "accounts.h"
#include "command_table.h"
#include "control_connection.h"
#include "log.h"
#include "part_bag.h"
#include "server_options.h"

namespace kit {

/// What all sessions of a server share. Made in main() and not changed once sessions run.
struct ServerContext {
  const ServerOptions& options;
  const Accounts& accounts;
  CommandTable commands;
  Log& log;
  PartBag services;  ///< what later labs share between sessions: the root directory (lab 4), limits (lab 8), ...
};

/// One client's session: its control connection, who it is, and a bag of parts in which each family of commands keeps
/// its own state (`session.part<RenameState>()`). Nothing of a session is visible to another. Owns the connection;
/// refers to the context, which must outlive it. Not for two threads at once.
class Session {
 public:
  Session(ControlConnection control, ServerContext& context);

  [[nodiscard]] ControlConnection& control() { return control_; }
  [[nodiscard]] const ServerContext& context() const { return context_; }
  [[nodiscard]] const ServerOptions& options() const { return context_.options; }

  /// Host and port of the client, for the log; still known when the client has gone.
  [[nodiscard]] const std::string& peer() const { return peer_; }

  /// The session's own state of type Part; made when first asked for, gone after REIN.
  template <typename Part>
  Part& part() {
    return parts_.get<Part>();
  }

  /// Forgets it: it is made anew when next asked for.
  template <typename Part>
  void drop_part() {
    parts_.erase<Part>();
  }

  /// What all sessions share, of type Service. Throws std::logic_error if main() did not provide it.
  template <typename Service>
  Service& service() {
    Service* found = context_.services.find<Service>();
    return found != nullptr ? *found : throw std::logic_error("the server was put together without a service");
  }

  /// Sends a preliminary reply (1yz) at once. The final one is what the handler returns.
  void reply(const Reply& preliminary) { control_.send(preliminary); }

  // Who is there. Dispatch asks for user(); only USER, PASS and REIN change it.
  [[nodiscard]] const std::optional<User>& user() const { return user_; }
  void log_in(User user) { user_ = std::move(user); }
  void log_out() { user_.reset(); }

  /// Back to how it was after the connect (REIN, RFC 959 4.1.1): nobody logged in, every part gone.
  void reinitialize();

  /// A wrong password was given: how many there have been in this session. REIN does not set it back.
  unsigned count_failed_login() { return ++failed_logins_; }

  // The sequence of commands: which verb a `follows` may refer to. Set by the dispatcher.
  [[nodiscard]] std::string_view awaiting() const { return awaiting_; }
  void set_awaiting(std::string_view verb) { awaiting_ = verb; }

  /// The connection is closed once the reply of the current command is sent.
  void end() { ended_ = true; }
  [[nodiscard]] bool ended() const { return ended_; }

  /// For the log line of the current request: bytes moved on a data connection.
  void count_bytes(std::uint64_t bytes) { bytes_ += bytes; }
  std::uint64_t take_bytes() { return std::exchange(bytes_, 0); }

 private:
  ControlConnection control_;
  ServerContext& context_;
  std::string peer_;
  PartBag parts_;
  std::optional<User> user_;
  std::string awaiting_;
  unsigned failed_logins_ = 0;
  std::uint64_t bytes_ = 0;
  bool ended_ = false;
};

/// Sends the greeting: 220 with the banner of the options. A banner of several lines is a reply of several lines.
void greet(Session& session);

/// Carries one line out: dispatches it, writes the request's log line and returns the reply, which the caller sends.
/// The log line says SUCCESS or FAILURE (4yz, 5yz), and in its fields peer, user, verb, argument, reply (the code),
/// bytes and seconds. What PASS and ACCT carry is logged as ****. Of a line that is no command only the first word is
/// logged, and not even that if a password may be in it.
Reply answer_line(Session& session, const Line& line);

/// The same, and sends the reply. Returns whether the session goes on.
bool handle_line(Session& session, const Line& line);

/// A whole session: greeting, lines until QUIT or the client's end. A client that sends no line for the idle timeout
/// gets 421, as does everybody when the server stops. Whatever goes wrong ends this session and is logged; nothing is
/// thrown but Todo.
void run_session(Session& session);

}  // namespace kit
