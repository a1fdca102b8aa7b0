#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace kit {

/// What is wrong with a .netrc, in one line.
class NetrcError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One login of a .netrc: who to be on which machine.
struct NetrcEntry {
  std::string machine;  ///< "" for the default, which fits every machine
  std::string login = {};
  std::optional<std::string> password = {};
  std::optional<std::string> account = {};

  bool operator==(const NetrcEntry&) const = default;
};

/// The entries of a .netrc, in its order. Words are separated by blanks and line ends; within "..." blanks are part of
/// the word, and a backslash makes the byte behind it stand for itself, there and elsewhere. A # where a keyword could
/// stand begins a comment. `macdef NAME` and all lines up to an empty one are passed over. Pure. Throws NetrcError.
std::vector<NetrcEntry> parse_netrc(std::string_view text);

/// The first entry that fits `host`, in upper or lower case, and, unless it is empty, `user`; or nullptr.
const NetrcEntry* find_entry(const std::vector<NetrcEntry>& entries, std::string_view host, std::string_view user);

/// Reads the file. Throws NetrcError if it cannot be read, or if others than its owner may read it, or write it, and it
/// holds a password that is not that of anonymous: then it is no secret any more. Nothing if there is no such file.
std::optional<std::vector<NetrcEntry>> read_netrc(const std::string& path);

}  // namespace kit
