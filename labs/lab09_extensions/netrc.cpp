#include "netrc.h"

#include <fcntl.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "check.h"
#include "escape.h"
#include "file_descriptor.h"

namespace kit {
namespace {

constexpr std::size_t size_limit = std::size_t{1} << 20U;

constexpr std::string_view whitespace = " \t\r\n";

// Takes words from the front of the text.
class NetrcWords {
 public:
  explicit NetrcWords(std::string_view text) : rest_(text) {}

  // The next word that may be a keyword; nothing at the end.
  std::optional<std::string> keyword() {
    skip_blanks();
    while (rest_.starts_with('#')) {
      skip_line();
      skip_blanks();
    }
    return rest_.empty() ? std::nullopt : std::optional(word());
  }

  // What belongs to `keyword`.
  std::string value(const std::string& keyword) {
    skip_blanks();
    return rest_.empty() ? throw NetrcError("nothing follows '" + keyword + "'") : word();
  }

  // Up to an empty line, or to the end.
  void skip_macro() {
    for (skip_line(); !rest_.empty() && !rest_.starts_with('\n') && !rest_.starts_with("\r\n");) {
      skip_line();
    }
  }

 private:
  void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(whitespace), rest_.size())); }
  void skip_line() { rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size() - 1) + 1); }

  char take() {
    const char byte = rest_.front();
    rest_.remove_prefix(1);
    return byte;
  }

  std::string word() {
    const bool quoted = rest_.front() == '"';
    if (quoted) {
      take();
    }
    std::string word;
    while (!rest_.empty()) {
      const bool ends = quoted ? rest_.front() == '"' : whitespace.find(rest_.front()) != std::string_view::npos;
      char byte = ends && !quoted ? ' ' : take();
      if (ends) {
        return word;
      }
      if (byte == '\\' && !rest_.empty()) {
        byte = take();
      }
      word += byte;
    }
    return quoted ? throw NetrcError("a \" is not closed") : word;
  }

  std::string_view rest_;
};

bool same_host(std::string_view a, std::string_view b) {
  return a.size() == b.size() && ::strncasecmp(a.data(), b.data(), a.size()) == 0;
}

bool holds_a_secret(const NetrcEntry& entry) { return entry.password && entry.login != "anonymous"; }

std::string read_all(const FileDescriptor& file) {
  std::string text;
  std::array<char, 4096> buffer{};
  while (text.size() <= size_limit) {
    const ssize_t got = retry_eintr([&] { return ::read(file.get(), buffer.data(), buffer.size()); });
    if (check(got, "read") == 0) {
      return text;
    }
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
  throw NetrcError("is too large");
}

}  // namespace

std::vector<NetrcEntry> parse_netrc(std::string_view text) {
  std::vector<NetrcEntry> entries;
  NetrcWords words(text);
  while (const auto keyword = words.keyword()) {
    if (*keyword == "machine") {
      entries.push_back({words.value(*keyword)});
    } else if (*keyword == "default") {
      entries.push_back({""});
    } else if (*keyword == "macdef") {
      words.skip_macro();
    } else if (entries.empty()) {
      throw NetrcError("'" + escape_controls(*keyword) + "' stands before the first machine");
    } else if (*keyword == "login") {
      entries.back().login = words.value(*keyword);
    } else if (*keyword == "password") {
      entries.back().password = words.value(*keyword);
    } else if (*keyword == "account") {
      entries.back().account = words.value(*keyword);
    } else {
      throw NetrcError("a keyword that nobody knows behind machine '" + escape_controls(entries.back().machine) + "'");
    }
  }
  return entries;
}

const NetrcEntry* find_entry(const std::vector<NetrcEntry>& entries, std::string_view host, std::string_view user) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const NetrcEntry& entry) {
    return (entry.machine.empty() || same_host(entry.machine, host)) && (user.empty() || entry.login == user);
  });
  return found == entries.end() ? nullptr : &*found;
}

std::optional<std::vector<NetrcEntry>> read_netrc(const std::string& path) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file && errno == ENOENT) {
    return std::nullopt;
  }
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) < 0 || !S_ISREG(status.st_mode)) {
    throw NetrcError(escape_controls(path) + ": cannot be read");
  }
  try {
    auto entries = parse_netrc(read_all(file));
    if ((status.st_mode & 077U) != 0 && std::any_of(entries.begin(), entries.end(), holds_a_secret)) {
      throw NetrcError("holds a password, and others may read it: chmod 600 it, or use -n");
    }
    return entries;
  } catch (const NetrcError& error) {
    throw NetrcError(escape_controls(path) + ": " + error.what());
  }
}

}  // namespace kit
