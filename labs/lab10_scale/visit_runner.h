#pragma once

#include <functional>

#include "visit.h"
#include "wait.h"

namespace kit {

/// A waiter that never waits: what is not ready at once has timed out. With it code that was written to wait can be run
/// by the thread that must not. One wait may be let through, unasked: where epoll has said already that there is
/// something, there is no need to ask the system again.
class NeverWaiter : public Waiter {
 public:
  void let_one_through() { ready_ = true; }
  void wait_any(std::span<pollfd> descriptors, const Deadline& deadline, std::string_view what) override;

 private:
  bool ready_ = false;
};

/// What the loop has to do with a visit next.
enum class Next {
  park,  ///< wait for the client or the time
  work,  ///< a worker has to run it
  end,
};

/// The loop's part: carries out the lines that are here, as far as none may block, and sends the replies, all together
/// if there are several. Without any waiting. Throws nothing: what goes wrong breaks the visit off.
Next run_here(Visit& visit);

/// The same, and reads before that what has come: to be called when epoll says so. `never` is the visit's waiter.
Next read_and_run_here(Visit& visit, NeverWaiter& never);

/// A worker's part: carries out every line, until none is here and the client has sent no further one within
/// `short_while`. Waits through `waiter`, which must outlive the visit or the next change of it. `hurry`: whether other
/// visits need a worker, or the server stops: then no more is read from the client. Throws nothing.
void run_on_worker(Visit& visit, Waiter& waiter, const std::function<bool()>& hurry);

/// A client that downloads many small files sends its next command within a fraction of this; moving the session to the
/// loop and back each time would cost more than the files.
constexpr std::chrono::milliseconds short_while{2};

}  // namespace kit
