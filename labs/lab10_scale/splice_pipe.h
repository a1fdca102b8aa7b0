#pragma once

#include <cstddef>

#include "file_descriptor.h"

namespace kit {

/// A pipe through which the kernel moves bytes from a socket to a file without their ever being in this program's
/// memory (splice(2)): one end of a splice has to be a pipe. Large, so that few calls move much. Owns both ends.
class SplicePipe {
 public:
  /// Asks for a pipe of `size` bytes; where the system allows no such size it stays as large as it is made. Throws
  /// std::system_error.
  explicit SplicePipe(std::size_t size = usual_size);

  static constexpr std::size_t usual_size = std::size_t{1} << 20U;  ///< what Linux allows everybody at most

  /// How many bytes it really takes.
  [[nodiscard]] std::size_t size() const { return size_; }

  /// Moves what `socket` has, at most size() bytes, into the pipe, which has to be empty. Returns how many: 0 at the
  /// end of the stream. Throws std::system_error; EAGAIN where there is nothing yet, EINVAL where this socket cannot be
  /// spliced: nothing has moved then.
  std::size_t fill_from(int socket);

  /// Moves everything that is in it to where `file` stands. Should the file not take splice(2) (EINVAL: it is open for
  /// appending, or its file system has none), the bytes are copied: they have left the socket, and nowhere else are
  /// they to be had. Returns whether splice did it. Throws std::system_error; what could be written by then has been.
  bool empty_into(int file);

 private:
  FileDescriptor out_;
  FileDescriptor in_;
  std::size_t size_ = 0;
  std::size_t held_ = 0;  ///< bytes in it
};

}  // namespace kit
