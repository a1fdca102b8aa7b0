#include "listing.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace kit {
// BEGIN PRIVATE
namespace {

constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::time_t six_months = 31'556'952 / 2;  // of a Gregorian year, which has 365.2425 days

char kind_letter(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFREG: return '-';
    case S_IFDIR: return 'd';
    case S_IFLNK: return 'l';
    case S_IFIFO: return 'p';
    case S_IFSOCK: return 's';
    case S_IFCHR: return 'c';
    case S_IFBLK: return 'b';
    default: return '?';
  }
}

// Puts a special bit into the place of an x: a capital letter says that the x itself is missing.
void mark(char& place, bool special, char letter) {
  if (special) {
    place = place == 'x' ? letter : static_cast<char>(letter - 'a' + 'A');
  }
}

bool is_option_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

}  // namespace
// END PRIVATE

std::string mode_text(mode_t mode) {
  // BEGIN SOLUTION mode_text
  std::string text = "?rwxrwxrwx";
  text[0] = kind_letter(mode);
  for (unsigned bit = 0; bit < 9; ++bit) {
    if ((mode & (0400U >> bit)) == 0) {
      text[bit + 1] = '-';
    }
  }
  mark(text[3], (mode & S_ISUID) != 0, 's');
  mark(text[6], (mode & S_ISGID) != 0, 's');
  mark(text[9], (mode & S_ISVTX) != 0, 't');
  return text;
  // END SOLUTION
}

std::string listing_time(std::time_t when, std::time_t now) {
  // BEGIN SOLUTION listing_time
  std::tm parts{};
  if (::gmtime_r(&when, &parts) == nullptr) {
    return "Jan  1  1970";  // a year that does not fit into an int
  }
  const char* month = months.at(static_cast<std::size_t>(parts.tm_mon));  // strftime's would follow the locale
  const bool recent = when <= now && when > now - six_months;
  std::array<char, 64> text{};
  if (recent) {
    std::snprintf(text.data(), text.size(), "%s %2d %02d:%02d", month, parts.tm_mday, parts.tm_hour, parts.tm_min);
  } else {
    std::snprintf(text.data(), text.size(), "%s %2d %5d", month, parts.tm_mday, parts.tm_year + 1900);
  }
  return text.data();
  // END SOLUTION
}

std::string listing_line(const ListingEntry& entry, std::time_t now) {
  // BEGIN SOLUTION listing_line
  const struct stat& status = entry.status;
  std::array<char, 160> columns{};
  std::snprintf(columns.data(), columns.size(), "%s %3ju %-8ju %-8ju %12jd %s ", mode_text(status.st_mode).c_str(),
                std::uintmax_t{status.st_nlink}, std::uintmax_t{status.st_uid}, std::uintmax_t{status.st_gid},
                std::intmax_t{status.st_size}, listing_time(status.st_mtime, now).c_str());
  std::string line = std::string(columns.data()) + entry.name;
  if (!entry.link_target.empty() && listable(entry.link_target)) {
    line += " -> " + entry.link_target;
  }
  return line;
  // END SOLUTION
}

bool listable(std::string_view name) {
  // BEGIN SOLUTION listable
  return name.find_first_of("\r\n") == std::string_view::npos;
  // END SOLUTION
}

std::string_view listing_path(std::string_view argument) {
  // BEGIN SOLUTION listing_path
  while (argument.starts_with('-')) {
    const std::string_view word = argument.substr(0, argument.find(' '));
    if (word.size() < 2 || !std::all_of(word.begin() + 1, word.end(), is_option_letter)) {
      break;
    }
    argument.remove_prefix(std::min(word.size() + 1, argument.size()));  // with the one blank behind it
  }
  return argument;
  // END SOLUTION
}

}  // namespace kit
