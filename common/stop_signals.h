#pragma once

#include "file_descriptor.h"

namespace kit {

/// SIGTERM and SIGINT as a descriptor: it becomes readable when one of them has arrived, and stays so. Create it in
/// main() before any thread: from then on the signals interrupt nothing and are seen only through this descriptor.
class StopSignals {
 public:
  /// Throws std::system_error.
  StopSignals();

  /// Readable once the program was asked to stop. Nobody reads it: so every waiter sees it.
  [[nodiscard]] int descriptor() const { return descriptor_.get(); }

 private:
  FileDescriptor descriptor_;
};

}  // namespace kit
