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
  // BEGIN SOLUTION ParkedServer::run
  for (const int descriptor : {listener_.descriptor(), listener_.waiter().stop_descriptor(), back_.descriptor()}) {
    if (descriptor >= 0) {
      poll_.add(descriptor, EPOLLIN);
    }
  }
  while (!is_over()) {
    for (const epoll_event& event : poll_.wait(next_look())) {
      handle(event);
    }
    take_due();
  }
  // END SOLUTION
}

void ParkedServer::handle(const epoll_event& event) {
  // BEGIN SOLUTION ParkedServer::handle
  if (event.data.fd == listener_.descriptor()) {
    let_in();
  } else if (event.data.fd == back_.descriptor()) {
    take_back();
  } else if (event.data.fd == listener_.waiter().stop_descriptor()) {
    stop();
  } else {
    read_from(event.data.fd);
  }
  // END SOLUTION
}

void ParkedServer::let_in() {
  // BEGIN SOLUTION ParkedServer::let_in
  constexpr int batch = 64;
  constexpr std::chrono::milliseconds pause{100};
  for (int i = 0; i < batch && !stopping_; ++i) {
    std::optional<Reception::Client> client = reception_.next();
    if (!client) {
      break;
    }
    begin(*std::move(client));
  }
  if (reception_.exhausted() && !let_in_again_) {
    poll_.remove(listener_.descriptor());
    let_in_again_ = Clock::now() + pause;
  }
  // END SOLUTION
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
  // BEGIN SOLUTION ParkedServer::read_from
  Visit* visit = lot_.find(descriptor);
  if (visit == nullptr) {
    return;
  }
  const Next next = read_and_run_here(*visit, never_);
  if (next == Next::park) {
    lot_.update(*visit);
  } else {
    place(lot_.take(descriptor), next);
  }
  // END SOLUTION
}

void ParkedServer::take_back() {
  // BEGIN SOLUTION ParkedServer::take_back
  for (std::unique_ptr<Visit>& visit : back_.take_all()) {
    --away_;
    visit->session().control().stream().wait_through(never_);
    visit->touch();
    if (stopping_) {
      visit->leave(Reply(421, "The server is going down"));
      over_by_ = Clock::now() + settings_.last_linger;
    }
    const Next next = run_here(*visit);
    place(std::move(visit), next);
  }
  // END SOLUTION
}

void ParkedServer::take_due() {
  // BEGIN SOLUTION ParkedServer::take_due
  while (std::unique_ptr<Visit> visit = lot_.take_due()) {
    visit->time_is_up();
    const Next next = run_here(*visit);
    place(std::move(visit), next);
  }
  const auto now = Clock::now();
  if (let_in_again_ && *let_in_again_ <= now && !stopping_) {
    let_in_again_.reset();
    poll_.add(listener_.descriptor(), EPOLLIN);
  }
  // END SOLUTION
}

void ParkedServer::place(std::unique_ptr<Visit> visit, Next next) {
  // BEGIN SOLUTION ParkedServer::place
  try {
    switch (next) {
      case Next::park: lot_.park(std::move(visit)); break;
      case Next::work:
        ++away_;
        pool_.push(std::move(visit));
        break;
      case Next::end: end(std::move(visit)); break;
    }
  } catch (const std::system_error& error) {  // the system has given no memory or no thread
    away_ -= next == Next::work ? 1 : 0;
    context_.log.error("session broken off", {{"reason", error.what()}});
  }
  // END SOLUTION
}

void ParkedServer::end(std::unique_ptr<Visit> visit) {
  if (context_.log.heeds(LogLevel::info)) {
    context_.log.info("session ends", {{"peer", visit->session().peer()}, {"reason", visit->reason()}});
  }
}

void ParkedServer::stop() {
  // BEGIN SOLUTION ParkedServer::stop
  if (stopping_.exchange(true)) {
    return;
  }
  context_.log.info("stopping", {{"sessions", static_cast<long long>(lot_.size() + away_)}});
  poll_.remove(listener_.waiter().stop_descriptor());
  if (!let_in_again_) {
    poll_.remove(listener_.descriptor());
  }
  let_in_again_.reset();
  ::shutdown(listener_.descriptor(), SHUT_RDWR);
  over_by_ = Clock::now() + settings_.last_linger;
  for (std::unique_ptr<Visit>& visit : lot_.take_all()) {
    visit->leave(Reply(421, "The server is going down"));
    const Next next = run_here(*visit);
    place(std::move(visit), next);
  }
  // END SOLUTION
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
  // BEGIN SOLUTION ParkedServer::gauges
  const auto* slots = context_.services.find<TransferSlots>();
  return {lot_.size(), away_, pool_.count(), slots == nullptr ? 0 : slots->taken()};
  // END SOLUTION
}

}  // namespace kit
