#include "transfer_waiter.h"

#include <algorithm>
#include <vector>

#include "todo.h"

namespace kit {

void TransferWaiter::wait_any(std::span<pollfd> descriptors, const Deadline& deadline, std::string_view what) {
  // BEGIN SOLUTION TransferWaiter::wait_any
  const Deadline stalled = Deadline::after(stall_);
  const int left = deadline.poll_timeout();
  const bool sooner = left >= 0 && left < stalled.poll_timeout();
  std::vector<pollfd> watched(descriptors.begin(), descriptors.end());
  watched.push_back(
      {control_, POLLRDHUP, 0});  // the client's end only: not commands, which would wake this up for ever
  session_.wait_any(watched, sooner ? deadline : stalled, what);
  if (watched.back().revents != 0) {
    throw ControlClosed();
  }
  std::copy(watched.begin(), watched.end() - 1, descriptors.begin());
  // END SOLUTION
}

}  // namespace kit
