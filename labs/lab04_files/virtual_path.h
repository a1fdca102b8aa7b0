#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace kit {

/// An absolute path as a client sees it: "/" is the server's root directory, not the host's. Always normalised: begins
/// with '/', no ".", no "..", no empty component, no '/' at the end (but for "/" itself). So a VirtualPath cannot point
/// above the root, whatever was sent. Pure: never asks the file system, knows nothing of links (that is Root's
/// business).
class VirtualPath {
 public:
  /// The root.
  VirtualPath() : text_("/") {}

  /// What `name` means in this directory: absolute if it begins with '/', else below this path. ".." at the root stays
  /// there.
  [[nodiscard]] VirtualPath resolve(std::string_view name) const;

  /// The directory that holds it; of the root the root.
  [[nodiscard]] VirtualPath parent() const;

  /// The last component; "" for the root.
  [[nodiscard]] std::string name() const;

  [[nodiscard]] bool is_root() const { return text_.size() == 1; }

  /// "/a/b": as PWD shows it.
  [[nodiscard]] const std::string& text() const { return text_; }

  /// Relative to the root directory, for the system: "a/b"; "." for the root.
  [[nodiscard]] std::string relative() const { return is_root() ? "." : text_.substr(1); }

  bool operator==(const VirtualPath&) const = default;

 private:
  explicit VirtualPath(std::string normalised) : text_(std::move(normalised)) {}

  std::string text_;
};

}  // namespace kit
