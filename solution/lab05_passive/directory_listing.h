#pragma once

#include <cstddef>
#include <ctime>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "file_descriptor.h"
#include "listing.h"
#include "root.h"
#include "virtual_path.h"

namespace kit {

/// What LIST, NLST and STAT have to show of one path: of a directory (or a link to one) what is in it, of anything else
/// the thing itself. In the order of the names; without names that cannot be listed (see listable) and without the
/// server's own temporaries. Memory grows with the number of names, not with what is said about them. Refers to the
/// Root.
class DirectoryListing {
 public:
  using Visitor = std::function<void(std::string_view)>;

  /// Throws std::system_error: ENOENT, EACCES and so on, as Root does.
  DirectoryListing(const Root& root, const VirtualPath& path);

  [[nodiscard]] bool is_directory() const { return is_directory_; }

  /// How many things there are to show.
  [[nodiscard]] std::size_t size() const { return names_.size(); }

  /// The name of one of them.
  [[nodiscard]] const std::string& name(std::size_t number) const { return names_.at(number); }

  /// The line of LIST about one of them, without CRLF; nothing if it has gone meanwhile. Throws ReplyError 451 where it
  /// may not be looked at (a directory that may be read and not entered): the list would be empty. From any thread.
  [[nodiscard]] std::optional<std::string> line(std::size_t number, std::time_t now) const;

  /// Calls `visit` with each line of LIST. Throws as line().
  void lines(std::time_t now, const Visitor& visit) const;

  /// Calls `visit` with each name of NLST: something that RETR would understand where the client stands now (RFC 1123
  /// 4.1.2.7). `given` is the path as the client has put it: "" -> "file", "dir" -> "dir/file"; of a file the path
  /// itself.
  void names(std::string_view given, const Visitor& visit) const;

 private:
  FileDescriptor directory_;  // of a directory itself, of anything else the one that it is in
  bool is_directory_ = false;
  std::vector<std::string> names_;
};

}  // namespace kit
