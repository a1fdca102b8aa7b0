#pragma once

#include "file_descriptor.h"

namespace kit {

/// Lets one thread end another's wait: a descriptor that becomes readable (eventfd(2)). All threads may ring.
class WakeUp {
 public:
  /// Throws std::system_error.
  WakeUp();

  /// Readable from the first ring() to the next silence().
  [[nodiscard]] int descriptor() const { return descriptor_.get(); }

  void ring() const noexcept;
  void silence() const noexcept;

 private:
  FileDescriptor descriptor_;
};

}  // namespace kit
