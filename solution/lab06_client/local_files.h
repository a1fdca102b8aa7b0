#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "file_descriptor.h"

namespace kit {

/// Something is wrong with a file on this side; the server is not to blame. what() names the file.
class LocalError : public std::runtime_error {
 public:
  LocalError(const std::string& path, const std::string& reason);

  /// The reason is that of `error`, an errno.
  LocalError(const std::string& path, int error);
};

/// What stands behind the last slash of `path`: all of it if there is none, nothing if it ends with one. Pure.
std::string_view last_part(std::string_view path);

/// The name under which a remote file is kept here when the user gives none: the last part of `remote` ("pub/a.txt" is
/// kept as "a.txt"). Throws LocalError where there is no such part ("", "pub/") or where it could do harm: "." and
/// "..", a control byte, a `|` in front. Pure.
std::string local_name_for(std::string_view remote);

/// A file on this side that is about to be sent. Owns the open file.
class LocalSource {
 public:
  /// Opens `path` for reading. Throws LocalError; also for a directory and for anything else that is no regular file
  /// (opening a FIFO would wait for ever).
  explicit LocalSource(const std::string& path);

  /// Puts the next bytes into `buffer` and returns how many: 0 at the end of the file. Throws LocalError.
  std::size_t read(std::span<char> buffer);

  /// Passes over the next `bytes`: the other side has them. Throws LocalError.
  void skip(std::uint64_t bytes);

  /// Its size in bytes when it was opened.
  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  std::string path_;
  FileDescriptor file_;
  std::uint64_t size_ = 0;
};

/// A file on this side that is being fetched. What is written goes to a temporary file beside `path`; only commit()
/// puts it in place, at once and whole. Until then, and for good if commit() is never called, a file that was there
/// before stays as it was, and if there was none there is none. Owns the temporary file.
class LocalTarget {
 public:
  /// Creates the temporary file. A file that `path` names already keeps its permissions, and a symbolic link its place:
  /// what it points to is replaced. A character device (/dev/null) is written to directly.
  /// Throws LocalError where nothing can be written: no such directory, no permission, `path` is a directory or a FIFO.
  explicit LocalTarget(const std::string& path);

  /// Removes the temporary file if it was not committed.
  ~LocalTarget();
  LocalTarget(const LocalTarget&) = delete;
  LocalTarget& operator=(const LocalTarget&) = delete;
  LocalTarget(LocalTarget&&) = delete;
  LocalTarget& operator=(LocalTarget&&) = delete;

  /// Appends all of `bytes`. Throws LocalError (disk full and the like).
  void write(std::span<const char> bytes);

  /// The file is complete: closes it and gives it its name. Called at most once. Throws LocalError.
  void commit();

 private:
  std::string path_;       // as the user wrote it, for messages
  std::string temporary_;  // empty: nothing to remove
  std::string final_;      // what temporary_ will be called
  FileDescriptor file_;
};

}  // namespace kit
