#pragma once

#include <cstdint>
#include <ctime>
#include <span>
#include <string>

#include "file_descriptor.h"

namespace kit {

/// A file on this side that may be there in part already and is to become whole. Unlike LocalTarget it is written in
/// its place, and what was written stays, however the transfer ends: the next one goes on from there. Owns the open
/// file.
class PartialTarget {
 public:
  /// Opens `path`, or makes it. Throws LocalError; also for anything that is no regular file.
  explicit PartialTarget(const std::string& path);

  /// Removes a file that was made here if nothing came of it.
  ~PartialTarget();
  PartialTarget(const PartialTarget&) = delete;
  PartialTarget& operator=(const PartialTarget&) = delete;
  PartialTarget(PartialTarget&&) = delete;
  PartialTarget& operator=(PartialTarget&&) = delete;

  /// How many bytes there are by now.
  [[nodiscard]] std::uint64_t size() const { return size_; }

  /// When it was last written before it was opened here.
  [[nodiscard]] std::time_t modified() const { return modified_; }

  /// Appends. Throws LocalError.
  void write(std::span<const char> bytes);

  /// Takes back what is behind the first `size` bytes. Throws LocalError.
  void cut(std::uint64_t size);

  /// All is there: the file stays even if it is empty.
  void complete() { made_ = false; }

 private:
  std::string path_;
  FileDescriptor file_;
  std::uint64_t size_ = 0;
  std::time_t modified_ = 0;
  bool made_ = false;
};

}  // namespace kit
