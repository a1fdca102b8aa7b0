#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

#include "file_descriptor.h"
#include "root.h"
#include "virtual_path.h"

namespace kit {

/// A file on its way in. It is made in three steps, so that an upload that fails destroys nothing: the factory checks
/// that it can succeed and changes nothing (RFC 959 5.4 wants the refusal before 150); open() is for when the data
/// connection stands; commit() is for when everything has come. What is not committed is undone by the destructor. Owns
/// the file; knows no network. Refers to the Root, which must outlive it.
class Upload {
 public:
  /// STOR: the bytes go to a hidden temporary beside the target, and commit() puts it in the target's place in one
  /// step, with the target's permissions if there was one. So the old file stays whole until the new one is, and nobody
  /// ever sees half a file. The target's name is replaced: of a symbolic link the link. Throws std::system_error:
  /// EISDIR, EACCES, ENOENT for a missing directory, EINVAL or ENXIO for what is no file.
  static Upload replacing(const Root& root, const VirtualPath& path);

  /// APPE, and STOR behind a REST: the bytes go into the file itself, at its end (`offset` < 0) or at `offset`; what
  /// has been written stays. open() makes the file if it is missing. Throws as replacing().
  static Upload in_place(const Root& root, const VirtualPath& path, off_t offset = at_end);
  static constexpr off_t at_end = -1;

  /// STOU: a new file in `directory` with a name that nobody has, `stem` and something behind it. It is made at once,
  /// or the name would not stay free; it goes again if it is not committed.
  static Upload unique(const Root& root, const VirtualPath& directory, std::string_view stem);

  Upload(const Upload&) = delete;  // nor moved: a factory's result is made where it is going to stay
  Upload& operator=(const Upload&) = delete;
  ~Upload();

  /// The descriptor to write to, owned by this object. Throws std::system_error.
  int open();

  /// Everything has come: the file takes its place. Returns what holds the file that was replaced a moment longer, or
  /// nothing: when that is closed the system frees its blocks, and of many MiB that takes a while. Throws
  /// std::system_error.
  FileDescriptor commit();

  /// The last component of where the file will be.
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  enum class Kind { replacing, in_place, unique };
  Upload(Kind kind, const Root& root, VirtualPath path, off_t offset = at_end);

  Kind kind_;
  const Root& root_;
  VirtualPath path_;
  std::string name_;
  off_t offset_;
  FileDescriptor file_;
  // What replacing() and unique() have to remember goes here.
};

/// How the names of the temporaries begin; 16 hexadecimal digits follow.
constexpr std::string_view upload_prefix = ".ftp-upload-";

/// Whether a name is that of a temporary that replacing() has made: listings leave it out. Pure.
bool is_upload_temporary(std::string_view name);

}  // namespace kit
