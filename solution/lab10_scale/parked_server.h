#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>

#include "event_poll.h"
#include "metrics.h"
#include "parking_lot.h"
#include "reception.h"
#include "session.h"
#include "tcp_listener.h"
#include "visit.h"
#include "visit_queue.h"
#include "visit_runner.h"
#include "wake_up.h"
#include "worker_pool.h"

namespace kit {

/// What is not in the options.
struct ParkedSettings {
  std::size_t workers = 256;                              ///< at most
  std::chrono::milliseconds worker_idle{1'000};           ///< then it ends
  std::chrono::milliseconds grace{1'500};                 ///< for what runs when the server is asked to stop
  std::chrono::milliseconds after_wrong_password{1'000};  ///< see VisitTimes
};

/// Many sessions and few threads. One thread, the loop, owns every session that is not being run: it waits for all of
/// them at once, and carries out what cannot block. When a command may block, the session goes to a worker, which runs
/// the ordinary blocking handlers, and comes back. Nothing is shared but the two queues between them.
class ParkedServer {
 public:
  /// Refers to both. The service SessionLimits must be in the context.
  ParkedServer(TcpListener& listener, ServerContext& context, const ParkedSettings& settings);
  ParkedServer(const ParkedServer&) = delete;
  ParkedServer& operator=(const ParkedServer&) = delete;

  /// Serves until the program is asked to stop. Then nobody is let in any more, whoever is parked is told 421, and what
  /// runs may finish its command. Returns when everybody has gone, or else when the grace time is over: what runs then
  /// is ended (Stopped).
  void run();

  /// What there is now; from any thread.
  [[nodiscard]] Gauges gauges() const;

 private:
  void work_on(Visit& visit);
  // BEGIN PRIVATE
  void handle(const epoll_event& event);
  void let_in();
  void begin(Reception::Client client);
  void read_from(int descriptor);
  void take_back();
  void take_due();
  void place(std::unique_ptr<Visit> visit, Next next);
  void hand_over(std::unique_ptr<Visit> visit);
  void end(std::unique_ptr<Visit> visit);
  void stop();
  [[nodiscard]] bool is_over() const;
  [[nodiscard]] std::optional<EventPoll::Clock::time_point> next_look() const;

  // END PRIVATE
  TcpListener& listener_;
  ServerContext& context_;
  ParkedSettings settings_;
  VisitTimes times_;
  NeverWaiter never_;                         // of what is parked
  WakeUp out_of_time_;                        // the grace time is over
  Waiter waiter_{out_of_time_.descriptor()};  // of what runs
  EventPoll poll_;
  Reception reception_;
  ParkingLot lot_;
  VisitQueue back_;
  // BEGIN PRIVATE
  std::atomic<std::size_t> away_ = 0;  // visits with the workers
  bool stopping_ = false;
  std::optional<EventPoll::Clock::time_point> let_in_again_;  // the listener is not watched until then
  std::optional<EventPoll::Clock::time_point> grace_ends_;
  // STARTER
  //: // Where the server stands goes here: above the pool, whose threads are joined first.
  // END PRIVATE
  WorkerPool pool_;
};

/// The `serve` of a ServerProgram: a ParkedServer with as many workers as TransferSlots says, and a MetricsServer if
/// the options ask for one. Given.
void serve_parked(TcpListener& listener, ServerContext& context);

/// Puts Metrics in, and has them observe the log, if the options ask for them. Given.
void offer_metrics(ServerContext& context);

}  // namespace kit
