#include "reply_watcher.h"

#include <algorithm>
#include <vector>

namespace kit {

void ReplyWatcher::wait_any(std::span<pollfd> descriptors, const Deadline& deadline, std::string_view what) {
  const auto ready = [](const pollfd& entry) { return entry.revents != 0; };
  while (true) {
    std::vector<pollfd> watched(descriptors.begin(), descriptors.end());
    watched.push_back({control_, POLLIN, 0});  // poll(2) passes over a negative descriptor
    below_.wait_any(watched, deadline, what);
    if (ready(watched.back())) {
      on_control_();
    }
    watched.pop_back();
    if (std::any_of(watched.begin(), watched.end(), ready)) {
      std::copy(watched.begin(), watched.end(), descriptors.begin());
      return;
    }
  }
}

}  // namespace kit
