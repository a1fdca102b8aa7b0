#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>

#include "file_descriptor.h"
#include "session.h"
#include "session_threads.h"

namespace kit {

/// Whether closing the descriptor frees so much that it takes milliseconds: the last descriptor of a long file that has
/// no name, on a disk to which it may still have to be written. Not in memory (tmpfs), where pages that another
/// processor has freed come back cold; nor where the room may be missed meanwhile: one file in 64 of what is free.
bool is_slow_to_close(int file);

/// Closes files beside those who are done with them: whoever has replaced 10 MiB on a disk would wait for 4 ms. There
/// is one thread for it, as long as there is something to close. A service; all threads may ask at once. Given.
class LateCloser {
 public:
  /// How a file is closed; must not throw.
  using Close = std::function<void(FileDescriptor file)>;

  explicit LateCloser(Close close = [](FileDescriptor) {});
  LateCloser(const LateCloser&) = delete;
  LateCloser& operator=(const LateCloser&) = delete;

  /// Everything is closed then.
  ~LateCloser() = default;

  /// Closes it soon; at once, in the caller's thread, where too many wait or there is no thread to be had.
  void close(FileDescriptor file);

  static constexpr std::size_t most = 16;  ///< files that wait

 private:
  bool take(FileDescriptor& file);
  void run();

  const Close close_;
  std::mutex mutex_;  // for all that follows
  std::deque<FileDescriptor> waiting_;
  bool running_ = false;
  SessionThreads threads_;  // of which one runs; last: joined before the rest goes
};

/// Puts it in as a service, and in the place of the default that offer_transfers() has put in; to be called behind it.
/// Given.
void offer_late_closing(ServerContext& context);

}  // namespace kit
