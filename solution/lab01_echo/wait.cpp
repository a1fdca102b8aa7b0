#include "wait.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "check.h"
#include "todo.h"

namespace kit {

Deadline Deadline::after(std::chrono::milliseconds delay) { return Deadline(Clock::now() + delay); }

int Deadline::poll_timeout() const {
  if (!when_) {
    return -1;
  }
  // Rounded up: rounded down, the last millisecond would be spent in a busy loop of poll(..., 0).
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*when_ - Clock::now()).count();
  return static_cast<int>(std::clamp<decltype(left)>(left, 0, std::numeric_limits<int>::max()));
}

void Waiter::wait_any(std::span<pollfd> descriptors, const Deadline& deadline, std::string_view what) {
  // BEGIN SOLUTION Waiter::wait_any
  std::vector<pollfd> watched(descriptors.begin(), descriptors.end());
  watched.push_back({stop_descriptor_, POLLIN, 0});  // poll(2) passes over a negative descriptor
  const int ready = retry_eintr([&] { return ::poll(watched.data(), watched.size(), deadline.poll_timeout()); });
  if (check(ready, "poll") == 0) {
    throw TimedOut(what);
  }
  if (watched.back().revents != 0) {
    throw Stopped();
  }
  std::copy(watched.begin(), watched.end() - 1, descriptors.begin());
  // END SOLUTION
}

void Waiter::wait(int descriptor, short events, const Deadline& deadline, std::string_view what) {
  pollfd one{descriptor, events, 0};
  wait_any({&one, 1}, deadline, what);
}

}  // namespace kit
