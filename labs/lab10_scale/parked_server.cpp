#include "parked_server.h"

#include <sys/socket.h>

#include <algorithm>
#include <exception>
#include <system_error>
#include <utility>

#include "concurrent_session.h"
#include "session_limits.h"
#include "thread_server.h"
#include "todo.h"
#include "transfer_slots.h"

namespace kit {
namespace {

using Clock = EventPoll::Clock;

VisitTimes times_of(const ServerContext& context, const ParkedSettings& settings) {
  const auto* login = context.services.find<LoginTimes>();
  return {context.options.idle_timeout, context.options.stall_timeout,
          login != nullptr ? login->to_log_in : context.options.login_timeout, settings.after_wrong_password};
}

}  // namespace

ParkedServer::ParkedServer(TcpListener& listener, ServerContext& context, const ParkedSettings& settings)
    : listener_(listener),
      context_(context),
      settings_(settings),
      times_(times_of(context, settings)),
      reception_(listener, never_, context.log),
      lot_(poll_),
      pool_(settings.workers, settings.worker_idle, [this](std::unique_ptr<Visit> visit) {
        work_on(*visit);
        back_.push(std::move(visit));
      }) {}

void ParkedServer::work_on(Visit& visit) {
  try {
    run_on_worker(visit, listener_.waiter(), [this] { return pool_.is_behind() || stopping_; });
  } catch (const std::exception& error) {
    visit.break_off(error.what());
  }
}

void ParkedServer::run() {
  KIT_TODO("lab 10, ParkedServer::run");
}

void ParkedServer::handle(const epoll_event& event) {
  KIT_TODO("lab 10, ParkedServer::handle");
}

void ParkedServer::let_in() {
  KIT_TODO("lab 10, ParkedServer::let_in");
}

void ParkedServer::begin(Reception::Client client) {
  try {
    std::shared_ptr<void> place = context_.services.find<SessionLimits>()->admit(client.address);
    auto visit = std::make_unique<Visit>(std::move(client.stream), context_, std::move(place), times_);
    if (context_.log.heeds(LogLevel::info)) {
      context_.log.info("session begins", {{"peer", visit->session().peer()}});
    }
    greet(visit->session());
    lot_.park(std::move(visit));
  } catch (const ReplyError& refusal) {
    context_.log.warning("client turned away", {{"reason", refusal.what()}});
    never_.let_one_through();  // what has come already would make a reset of the close
    turn_away(std::move(client.stream), refusal.reply());
  } catch (const std::exception& error) {
    context_.log.warning("client dropped", {{"reason", error.what()}});
  }
}

void ParkedServer::read_from(int descriptor) {
  KIT_TODO("lab 10, ParkedServer::read_from");
}

void ParkedServer::take_back() {
  KIT_TODO("lab 10, ParkedServer::take_back");
}

void ParkedServer::take_due() {
  KIT_TODO("lab 10, ParkedServer::take_due");
}

void ParkedServer::place(std::unique_ptr<Visit> visit, Next next) {
  KIT_TODO("lab 10, ParkedServer::place");
}

void ParkedServer::end(std::unique_ptr<Visit> visit) {
  if (context_.log.heeds(LogLevel::info)) {
    context_.log.info("session ends", {{"peer", visit->session().peer()}, {"reason", visit->reason()}});
  }
}

void ParkedServer::stop() {
  KIT_TODO("lab 10, ParkedServer::stop");
}

bool ParkedServer::is_over() const {
  return stopping_ && away_ == 0 && (lot_.size() == 0 || Clock::now() >= *over_by_);
}

std::optional<Clock::time_point> ParkedServer::next_look() const {
  std::optional<Clock::time_point> soonest;
  for (const auto& moment : {lot_.next_due(), let_in_again_, away_ == 0 ? over_by_ : std::nullopt}) {
    soonest = !soonest || (moment && *moment < *soonest) ? moment : soonest;
  }
  return soonest;
}

Gauges ParkedServer::gauges() const {
  KIT_TODO("lab 10, ParkedServer::gauges");
}

}  // namespace kit
