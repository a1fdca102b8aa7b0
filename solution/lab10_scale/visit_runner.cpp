#include "visit_runner.h"

#include <exception>
#include <thread>
#include <utility>

#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

void say_ready(std::span<pollfd> descriptors) {
  for (pollfd& entry : descriptors) {
    entry.revents = entry.events;
  }
}

}  // namespace
// END PRIVATE

void NeverWaiter::wait_any(std::span<pollfd> descriptors, const Deadline& /*deadline*/, std::string_view what) {
  // BEGIN SOLUTION NeverWaiter::wait_any
  if (!std::exchange(ready_, false)) {
    throw TimedOut(what);
  }
  say_ready(descriptors);
  // END SOLUTION
}
// BEGIN PRIVATE
namespace {

constexpr std::size_t enough_unsent = 16384;  // bytes of replies that may be gathered before they are sent
constexpr int most_in_a_row = 128;            // lines of one client, while all the others wait for the loop

void put_back(Visit& visit, Line line) {
  if (visit.waiting() == nullptr) {
    visit.waiting() = std::make_shared<LineQueue>();
  }
  visit.waiting()->push_front(std::move(line));
}

// Why no further line was carried out.
enum class Pause {
  no_line,
  for_worker,  // the next line may block, or there is no end to the lines
  unsent,      // the replies have to go first
};

Pause run_quick_lines(Visit& visit) {
  for (int lines = 0; std::optional<Line> line = visit.take_line(); ++lines) {
    if (lines == most_in_a_row || visit.may_block(*line)) {
      put_back(visit, *std::move(line));
      return Pause::for_worker;
    }
    visit.answer(*line);
    if (visit.unsent() > enough_unsent) {
      return Pause::unsent;
    }
  }
  return Pause::no_line;
}

// Who does not read is not answered either. But a visit may be parked with a line left only while something is unsent:
// nothing else would ever bring it back to that line.
Next run(Visit& visit) {
  Pause pause = Pause::unsent;  // perhaps, of an earlier time
  visit.flush();
  while (visit.unsent() == 0 && pause == Pause::unsent) {
    pause = run_quick_lines(visit);
    visit.flush();
  }
  if (pause == Pause::for_worker) {
    return Next::work;
  }
  return visit.phase() == Visit::Phase::broken ? Next::end : Next::park;
}

// Reads once. What is not a whole line yet stays in the connection's buffer.
void read(Visit& visit, NeverWaiter& never) {
  never.let_one_through();
  try {
    if (!visit.session().control().fill(Deadline::never())) {
      visit.leave(std::nullopt);
    }
  } catch (const TimedOut&) {
    // There was nothing after all.
  }
}

Next drop(Visit& visit) {
  visit.flush();
  return visit.drop_input() ? Next::park : Next::end;
}

template <typename Run>
Next guarded(Visit& visit, Run run_it) {
  try {
    return run_it();
  } catch (const std::exception& error) {
    visit.break_off(error.what());
    return Next::end;
  }
}

}  // namespace
// END PRIVATE

Next run_here(Visit& visit) {
  // BEGIN SOLUTION run_here
  return guarded(visit, [&] { return run(visit); });
  // END SOLUTION
}

Next read_and_run_here(Visit& visit, NeverWaiter& never) {
  // BEGIN SOLUTION read_and_run_here
  return guarded(visit, [&] {
    switch (visit.phase()) {
      case Visit::Phase::listening: break;
      case Visit::Phase::parting:
      case Visit::Phase::leaving: return drop(visit);
      default: return Next::end;  // only the client's end is watched for
    }
    const Next before = run(visit);
    if (before != Next::park || visit.unsent() > 0 || visit.phase() != Visit::Phase::listening) {
      return before;
    }
    read(visit, never);
    if (visit.phase() == Visit::Phase::leaving) {
      return visit.unsent() > 0 ? Next::park : Next::end;  // the client has ended
    }
    return run(visit);
  });
  // END SOLUTION
}
// BEGIN PRIVATE
namespace {

constexpr unsigned most_quick_lines = 2;

// As long as it lives a stream waits through it. Its first wait is none: to ask whether there is something to read
// costs as much as to try.
class HopefulWaiter : public Waiter {
 public:
  explicit HopefulWaiter(TcpStream& stream) : stream_(stream), patient_(stream.wait_through(*this)) {}
  HopefulWaiter(const HopefulWaiter&) = delete;
  HopefulWaiter& operator=(const HopefulWaiter&) = delete;
  ~HopefulWaiter() override { stream_.wait_through(patient_); }

  void wait_any(std::span<pollfd> descriptors, const Deadline& deadline, std::string_view what) override {
    if (std::exchange(tried_, true)) {
      return patient_.wait_any(descriptors, deadline, what);
    }
    say_ready(descriptors);
  }

 private:
  TcpStream& stream_;
  Waiter& patient_;
  bool tried_ = false;
};

// Whether the client sends something within a short while. First others may run: often the next command is there then,
// and nobody has had to be woken for it. With small files that is half as fast again (docs/performance.md).
bool says_more(Visit& visit) {
  std::this_thread::yield();
  const HopefulWaiter hopeful(visit.session().control().stream());
  try {
    if (visit.session().control().fill(Deadline::after(short_while))) {
      return true;
    }
    visit.leave(std::nullopt);
  } catch (const TimedOut&) {
    // It has time.
  }
  return false;
}

// The next line that is to be run here.
std::optional<Line> next_line(Visit& visit, bool may_wait) {
  std::optional<Line> line = visit.take_line();
  if (!line && visit.phase() == Visit::Phase::listening && may_wait && says_more(visit)) {
    line = visit.take_line();
  }
  return line;
}

// While something is unsent no line is run: the loop waits for a client that does not read, and no worker does.
void run_lines(Visit& visit, const std::function<bool()>& hurry) {
  unsigned quick_lines = 0;  // in a row: the loop is better at those
  visit.flush();
  while (visit.unsent() == 0) {
    const std::optional<Line> line = next_line(visit, quick_lines < most_quick_lines && !hurry());
    if (!line) {
      return;
    }
    quick_lines = visit.may_block(*line) ? 0 : quick_lines + 1;
    visit.session().part<TransferWatch>().waiting = visit.waiting();  // REIN drops the part, but not what was said
    visit.answer(*line);
    if (visit.session().part<TransferWatch>().stopping) {
      throw Stopped();
    }
    visit.flush();
  }
}

}  // namespace
// END PRIVATE

void run_on_worker(Visit& visit, Waiter& waiter, const std::function<bool()>& hurry) {
  // BEGIN SOLUTION run_on_worker
  visit.session().control().stream().wait_through(waiter);
  if (visit.waiting() == nullptr) {
    visit.waiting() = std::make_shared<LineQueue>();
  }
  try {
    run_lines(visit, hurry);
  } catch (const Stopped&) {
    visit.leave(Reply(421, "The server is going down"));
  } catch (const std::exception& error) {
    visit.break_off(error.what());
  }
  visit.session().drop_part<TransferWatch>();  // nothing is kept that can be made again
  if (visit.waiting()->empty()) {
    visit.waiting().reset();
  }
  // END SOLUTION
}

}  // namespace kit
