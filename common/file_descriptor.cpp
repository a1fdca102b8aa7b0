#include "file_descriptor.h"

#include <unistd.h>

#include <cerrno>

namespace kit {

void FileDescriptor::reset(int descriptor) noexcept {
  const int old = std::exchange(descriptor_, descriptor);
  if (old >= 0) {
    const int kept = errno;
    ::close(old);  // not repeated on EINTR: Linux has released the number already
    errno = kept;
  }
}

}  // namespace kit
