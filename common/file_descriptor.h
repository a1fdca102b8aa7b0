#pragma once

#include <utility>

namespace kit {

/// Owns one open file descriptor and closes it, exactly once, when it goes out of scope. Move-only.
/// Sockets, files and directories *have* one of these; it knows nothing of what it is open on.
class FileDescriptor {
 public:
  FileDescriptor() = default;

  /// Takes over `descriptor`; a negative number means "none".
  explicit FileDescriptor(int descriptor) : descriptor_(descriptor) {}

  FileDescriptor(FileDescriptor&& other) noexcept : descriptor_(other.release()) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    if (this != &other) {
      reset(other.release());
    }
    return *this;
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor() { reset(); }

  /// The number to hand to system calls; still owned by this object.
  [[nodiscard]] int get() const { return descriptor_; }
  explicit operator bool() const { return descriptor_ >= 0; }

  /// Gives the descriptor away: the caller closes it from now on.
  [[nodiscard]] int release() { return std::exchange(descriptor_, -1); }

  /// Closes what is held and takes over `descriptor` instead. Never throws; errno is left as it was.
  void reset(int descriptor = -1) noexcept;

 private:
  int descriptor_ = -1;
};

}  // namespace kit
