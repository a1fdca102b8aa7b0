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
  KIT_TODO("lab 1, Waiter::wait_any");
}

void Waiter::wait(int descriptor, short events, const Deadline& deadline, std::string_view what) {
  pollfd one{descriptor, events, 0};
  wait_any({&one, 1}, deadline, what);
}

}  // namespace kit
