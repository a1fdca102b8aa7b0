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
#include "worker_pool.h"

namespace kit {

/// What is not in the options.
struct ParkedSettings {
  std::size_t workers = 256;                              ///< at most
  std::chrono::milliseconds worker_idle{1'000};           ///< then it ends
  std::chrono::milliseconds last_linger{300};             ///< for the last clients to read their 421 and close
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
  ~ParkedServer() = default;

  /// Serves until the program is asked to stop. Then nobody is let in any more and whoever is parked is told 421; what
  /// runs ends by itself (see UrgentWaiter), and is told 421 too. Returns when everybody has gone, or nobody is left
  /// but some who do not close.
  void run();

  /// What there is now; from any thread.
  [[nodiscard]] Gauges gauges() const;

 private:
  /// A worker's whole work with one visit; the visit goes to back_ behind it. Throws nothing.
  void work_on(Visit& visit);

  /// Something has happened at event.data.fd: the listener, back_, the stop descriptor, or a visit.
  void handle(const epoll_event& event);

  /// Clients wait in the listener's line. Lets some of them in, not all: those who are in have to have their turn too.
  /// Where the system has no room (Reception::exhausted) the listener is not watched for a tenth of a second.
  void let_in();

  /// Begins the visit of a client and parks it, or turns the client away.
  void begin(Reception::Client client);

  /// Something has come from the visit that is parked there; it may have gone just before.
  void read_from(int descriptor);

  /// Visits have come back from the workers. Lines that were read already will not be reported by epoll: they are run
  /// now. When the server is stopping, the visit leaves with 421.
  void take_back();

  /// What the time has brought: visits that are due, the listener to be watched again.
  void take_due();

  /// Puts a visit that is in nobody's hands where it has to be next. Where that fails the visit ends.
  void place(std::unique_ptr<Visit> visit, Next next);
  void end(std::unique_ptr<Visit> visit);

  /// The program was asked to stop: the listener is shut down (new connections are refused), neither it nor the stop
  /// descriptor is watched any more, and everybody who is parked leaves with 421.
  void stop();
  [[nodiscard]] bool is_over() const;
  [[nodiscard]] std::optional<EventPoll::Clock::time_point> next_look() const;

  TcpListener& listener_;
  ServerContext& context_;
  ParkedSettings settings_;
  VisitTimes times_;
  NeverWaiter never_;  // of what is parked; what runs waits through the listener's
  EventPoll poll_;
  Reception reception_;
  ParkingLot lot_;
  VisitQueue back_;
  std::atomic<std::size_t> away_ = 0;  // visits with the workers
  std::atomic<bool> stopping_ = false;
  std::optional<EventPoll::Clock::time_point> let_in_again_;  // the listener is not watched until then
  std::optional<EventPoll::Clock::time_point> over_by_;       // once stopping: how long the last ones may take
  WorkerPool pool_;  // the last: its threads, which use the others, are joined first
};

}  // namespace kit
