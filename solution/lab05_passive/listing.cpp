#include "listing.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace kit {
// BEGIN PRIVATE
namespace {

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::time_t year_0 = -62'167'219'200;  // 0000-01-01 00:00:00
constexpr std::time_t year_10000 = 253'402'300'800;
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

// Puts `number` behind `text`, with blanks in front of it up to `width`. There may be 100,000 lines: printf(3), which
// reads its format anew each time, would take longer than the system calls.
template <typename Number>
void append_right(std::string& text, Number number, std::size_t width) {
  std::array<char, 24> shown;
  const char* end = std::to_chars(shown.data(), shown.data() + shown.size(), number).ptr;
  const auto size = static_cast<std::size_t>(end - shown.data());
  text.append(width > size ? width - size : 0, ' ').append(shown.data(), size);
}

// The same with the blanks behind it.
template <typename Number>
void append_left(std::string& text, Number number, std::size_t width) {
  const std::size_t begin = text.size();
  append_right(text, number, 0);
  text.append(begin + width > text.size() ? begin + width - text.size() : 0, ' ');
}

void append_two_digits(std::string& text, int number) {
  text += static_cast<char>('0' + number / 10);
  text += static_cast<char>('0' + number % 10);
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
  using namespace std::chrono;
  if (when < year_0 || when >= year_10000) {
    return "Jan  1  1970";  // a year that does not fit
  }
  // Not gmtime(3): it takes a lock that all threads share.
  const sys_seconds moment{seconds(when)};
  const sys_days day = floor<days>(moment);
  const year_month_day date(day);
  const hh_mm_ss clock(moment - day);
  std::string text(months.at(unsigned{date.month()} - 1));  // strftime's would follow the locale
  text += ' ';
  append_right(text, unsigned{date.day()}, 2);
  text += ' ';
  if (when <= now && when > now - six_months) {
    append_two_digits(text, static_cast<int>(clock.hours().count()));
    text += ':';
    append_two_digits(text, static_cast<int>(clock.minutes().count()));
  } else {
    append_right(text, int{date.year()}, 5);
  }
  return text;
  // END SOLUTION
}

std::string listing_line(const ListingEntry& entry, std::time_t now) {
  // BEGIN SOLUTION listing_line
  const struct stat& status = entry.status;
  std::string line = mode_text(status.st_mode);
  line.reserve(64 + entry.name.size());
  line += ' ';
  append_right(line, status.st_nlink, 3);
  line += ' ';
  append_left(line, status.st_uid, 8);
  line += ' ';
  append_left(line, status.st_gid, 8);
  line += ' ';
  append_right(line, status.st_size, 12);
  line.append(" ").append(listing_time(status.st_mtime, now)).append(" ").append(entry.name);
  if (!entry.link_target.empty() && listable(entry.link_target)) {
    line += " -> " + entry.link_target;
  }
  return line;
  // END SOLUTION
}

bool listable(std::string_view name) {
  // BEGIN SOLUTION listable
  return name.find('\r') == std::string_view::npos && name.find('\n') == std::string_view::npos;
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
