#include "remote_directory.h"

#include <glob.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "abortable_commands.h"
#include "escape.h"
#include "ftp_error.h"
#include "listing_lines.h"
#include "local_files.h"
#include "server_features.h"
#include "todo.h"
#include "wildcard.h"

namespace kit {

bool is_safe_name(std::string_view name) {
  KIT_TODO("lab 9, is_safe_name");
}

std::string joined(std::string_view directory, std::string_view name) {
  const std::string_view between = directory.empty() || directory.ends_with('/') ? "" : "/";
  return std::string(directory) + std::string(between) + std::string(name);
}

std::vector<RemoteEntry> remote_entries(Shell& shell, const std::string& directory) {
  KIT_TODO("lab 9, remote_entries");
}

std::vector<std::string> remote_names(Shell& shell, const std::string& directory) {
  KIT_TODO("lab 9, remote_names");
}

std::vector<std::string> expand_remote(Shell& shell, const std::string& pattern) {
  KIT_TODO("lab 9, expand_remote");
}

std::vector<std::string> expand_local(const std::string& pattern) {
  if (!has_wildcard(pattern)) {
    return {pattern};
  }
  glob_t found{};
  const int result = ::glob(pattern.c_str(), 0, nullptr, &found);
  std::vector<std::string> names(found.gl_pathv, found.gl_pathv + (result == 0 ? found.gl_pathc : 0));
  ::globfree(&found);
  std::error_code ignored;
  std::erase_if(names, [&](const std::string& name) { return !std::filesystem::is_regular_file(name, ignored); });
  if (names.empty()) {
    throw LocalError(pattern, "no file fits");
  }
  return names;
}

}  // namespace kit
