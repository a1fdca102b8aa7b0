#include "thread_server.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <system_error>
#include <utility>

#include "check.h"
#include "concurrent_session.h"
#include "session_limits.h"
#include "session_threads.h"
#include "todo.h"

namespace kit {
namespace {

FileDescriptor open_reserve() { return FileDescriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC)); }

}  // namespace
// BEGIN PRIVATE
namespace {

// A thread's whole life. What goes wrong here is this client's bad luck only.
void serve_client(TcpStream stream, ServerContext& context) {
  try {
    Session session(ControlConnection(std::move(stream), context.options.stall_timeout), context);
    run_concurrent_session(session);
  } catch (const std::exception& error) {
    context.log.error("session broken off", {{"reason", error.what()}});
  }
}

// Begins the session of a client that has just been accepted, or turns the client away.
void begin_session(TcpStream client, ServerContext& context, SessionThreads& threads) {
  // Shared, because std::function has to be copyable; and still here when the thread cannot be had.
  const auto stream = std::make_shared<std::optional<TcpStream>>(std::move(client));
  try {
    std::shared_ptr<void> place = context.services.find<SessionLimits>()->admit((*stream)->peer());
    threads.start([stream, place = std::move(place), &context] { serve_client(*std::exchange(*stream, {}), context); });
  } catch (const ReplyError& refusal) {
    context.log.warning("client turned away", {{"reason", refusal.what()}});
    turn_away(*std::exchange(*stream, {}), refusal.reply());
  } catch (const std::system_error& error) {  // no thread, or a client that has gone again
    context.log.warning("client turned away", {{"reason", error.what()}});
    turn_away(*std::exchange(*stream, {}), {421, "No place for a further session"});
  }
}

}  // namespace
// END PRIVATE

void serve_with_threads(TcpListener& listener, ServerContext& context) {
  // BEGIN SOLUTION serve_with_threads
  SessionThreads threads;  // joins them all when this function is left, by whatever way
  Acceptor acceptor(listener, context.log);
  try {
    while (true) {
      std::optional<TcpStream> client = acceptor.next();
      threads.join_finished();
      if (client) {
        begin_session(*std::move(client), context, threads);
      }
    }
  } catch (const Stopped&) {
    ::shutdown(listener.descriptor(), SHUT_RDWR);  // on Linux: whoever comes now is refused, and does not wait in line
    context.log.info("stopping", {{"sessions", static_cast<long long>(threads.count())}});
  }
  // END SOLUTION
}

Acceptor::Acceptor(TcpListener& listener, Log& log) : listener_(listener), log_(log), reserve_(open_reserve()) {}

std::optional<TcpStream> Acceptor::next() {
  // BEGIN SOLUTION Acceptor::next
  try {
    return listener_.accept(Deadline::never());
  } catch (const std::system_error& error) {
    log_.warning("no client accepted", {{"reason", error.what()}});
    if (error.code() == std::errc::too_many_files_open && reserve_) {
      turn_away_one();
    } else {
      reserve_ = reserve_ ? std::move(reserve_) : open_reserve();
    }
    return std::nullopt;
  }
  // END SOLUTION
}
// BEGIN PRIVATE

void Acceptor::turn_away_one() {
  reserve_.reset();
  try {
    turn_away(listener_.accept(Deadline::after(std::chrono::milliseconds(0))), {421, "Too many clients"});
  } catch (const TimedOut&) {
    // The client has gone again.
  } catch (const std::system_error&) {
    // A session was faster and has taken the descriptor: the client stays in the line.
  }
  reserve_ = open_reserve();
}
// END PRIVATE

void turn_away(TcpStream client, const Reply& reason) {
  // BEGIN SOLUTION turn_away
  const Deadline now = Deadline::after(std::chrono::milliseconds(0));
  std::array<char, 4096> ignored;
  try {
    client.write_all(format_reply(reason), now);
    client.shutdown_write();
    client.read_some(ignored, now);  // what has come already would turn the close into a reset, which destroys the 421
  } catch (const TimedOut&) {
  } catch (const std::system_error&) {
  }
  // END SOLUTION
}

}  // namespace kit
