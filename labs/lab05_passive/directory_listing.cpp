#include "directory_listing.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <optional>
#include <system_error>

#include "command_table.h"
#include "todo.h"
#include "upload.h"

namespace kit {
namespace {

// What stands in the directory under that name, links not followed. Nothing if it has gone; what there is and may not
// be looked at is no empty directory: ReplyError 451.
std::optional<ListingEntry> entry_at(int directory, const std::string& name) {
  ListingEntry entry{name, {}, ""};
  if (::fstatat(directory, name.c_str(), &entry.status, AT_SYMLINK_NOFOLLOW) < 0) {
    if (errno == ENOENT) {
      return std::nullopt;
    }
    throw ReplyError(451, reply_for(std::error_code(errno, std::generic_category())).lines.front());
  }
  if (S_ISLNK(entry.status.st_mode)) {
    std::array<char, PATH_MAX> target{};
    const ssize_t size = ::readlinkat(directory, name.c_str(), target.data(), target.size());
    entry.link_target.assign(target.data(), size < 0 ? 0 : static_cast<std::size_t>(size));
  }
  return entry;
}

}  // namespace

DirectoryListing::DirectoryListing(const Root& root, const VirtualPath& path) {
  KIT_TODO("lab 5, DirectoryListing::DirectoryListing");
}

std::optional<std::string> DirectoryListing::line(std::size_t number, std::time_t now) const {
  KIT_TODO("lab 5, DirectoryListing::line");
}

void DirectoryListing::lines(std::time_t now, const Visitor& visit) const {
  for (std::size_t number = 0; number < size(); ++number) {
    if (const auto text = line(number, now)) {
      visit(*text);
    }
  }
}

void DirectoryListing::names(std::string_view given, const Visitor& visit) const {
  KIT_TODO("lab 5, DirectoryListing::names");
}

}  // namespace kit
