#include "session_threads.h"

#include <utility>

#include "todo.h"

namespace kit {

SessionThreads::~SessionThreads() {
  // BEGIN PRIVATE
  for (Running& running : running_) {
    running.thread.join();
  }
  // STARTER
  //: // A std::thread that is destroyed without having been joined ends the program.
  // END PRIVATE
}

void SessionThreads::start(std::function<void()> body) {
  // BEGIN SOLUTION SessionThreads::start
  Running& running = running_.emplace_back();
  try {
    running.thread = std::thread([&finished = running.finished, body = std::move(body)]() mutable {
      body();
      body = nullptr;  // what it holds goes before anybody is told that it has ended
      finished = true;
    });
  } catch (...) {
    running_.pop_back();
    throw;
  }
  // END SOLUTION
}

void SessionThreads::join_finished() {
  // BEGIN SOLUTION SessionThreads::join_finished
  running_.remove_if([](Running& running) {
    if (!running.finished) {
      return false;
    }
    running.thread.join();
    return true;
  });
  // END SOLUTION
}

}  // namespace kit
