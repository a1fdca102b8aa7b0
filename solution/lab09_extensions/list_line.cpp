#include <algorithm>
#include <array>

#include "arguments.h"
#include "ascii.h"
#include "remote_entry.h"

namespace kit {
namespace {

using Kind = RemoteEntry::Kind;

// Takes words from the front of a line, one by one, and knows what stands behind them.
class WordCutter {
 public:
  explicit WordCutter(std::string_view text) : rest_(text) {}

  // The next word; empty at the end.
  std::string_view next() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size()));
    const std::string_view word = rest_.substr(0, rest_.find(' '));
    rest_.remove_prefix(word.size());
    return word;
  }

  // What is left, behind exactly one blank: a name may begin with blanks of its own.
  [[nodiscard]] std::string_view name() const { return rest_.empty() ? rest_ : rest_.substr(1); }

  // What is left, behind all blanks.
  [[nodiscard]] std::string_view padded_name() const {
    return rest_.substr(std::min(rest_.find_first_not_of(' '), rest_.size()));
  }

 private:
  std::string_view rest_;
};

std::optional<std::uint64_t> number(std::string_view word) { return parse_number<std::uint64_t>(word, 0, UINT64_MAX); }

bool is_month(std::string_view word) {
  constexpr std::array<std::string_view, 12> names{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                   "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
  return std::find(names.begin(), names.end(), to_upper(word)) != names.end();
}

bool is_day(std::string_view word) { return parse_number<int>(word, 1, 31).has_value(); }

// "12:30", or "2024".
bool is_time_or_year(std::string_view word) {
  const std::size_t colon = word.find(':');
  if (colon == std::string_view::npos) {
    return word.size() == 4 && number(word);
  }
  return number(word.substr(0, colon)) && word.size() >= colon + 3 && number(word.substr(colon + 1, 2));
}

// "2024-02-29", as some servers write it.
bool is_iso_date(std::string_view word) {
  return word.size() == 10 && word[4] == '-' && word[7] == '-' && number(word.substr(0, 4)) &&
         number(word.substr(5, 2)) && number(word.substr(8));
}

Kind kind_of(char letter) {
  switch (letter) {
    case '-': return Kind::file;
    case 'd': return Kind::directory;
    case 'l': return Kind::link;
    default: return Kind::other;
  }
}

// The date is what can be found for sure: the size stands in front of it, the name behind it, and how many words stand
// before that is different from server to server.
std::optional<RemoteEntry> parse_unix(std::string_view line) {
  constexpr std::size_t mode_size = 10;
  constexpr int most_words = 8;
  WordCutter words(line);
  const std::string_view mode = words.next();
  if (mode.size() < mode_size || std::string_view("-dlbcps").find(mode[0]) == std::string_view::npos) {
    return std::nullopt;
  }
  RemoteEntry entry;
  entry.kind = kind_of(mode[0]);
  for (int i = 0; i < most_words; ++i) {
    const std::optional<std::uint64_t> before = entry.size;
    const std::string_view word = words.next();
    entry.size = number(word);
    WordCutter ahead = words;
    const bool american = is_month(word) && is_day(ahead.next()) && is_time_or_year(ahead.next());
    if (!american) {
      ahead = words;
    }
    if (before && (american || (is_iso_date(word) && is_time_or_year(ahead.next())))) {
      entry.size = before;
      entry.name = ahead.name();
      return entry;
    }
  }
  return std::nullopt;
}

// "02-29-24" or "02-29-2024".
bool is_dos_date(std::string_view word) {
  return (word.size() == 8 || word.size() == 10) && word[2] == '-' && word[5] == '-' && number(word.substr(0, 2)) &&
         number(word.substr(3, 2)) && number(word.substr(6));
}

// "12:30PM" or "12:30".
bool is_dos_time(std::string_view word) {
  const std::string tail = word.size() > 5 ? to_upper(word.substr(5)) : "";
  return word.size() >= 5 && word[2] == ':' && is_time_or_year(word.substr(0, 5)) &&
         (tail.empty() || tail == "AM" || tail == "PM");
}

std::optional<RemoteEntry> parse_dos(std::string_view line) {
  WordCutter words(line);
  const bool dated = is_dos_date(words.next()) && is_dos_time(words.next());
  const std::string_view size = words.next();
  RemoteEntry entry;
  entry.kind = size == "<DIR>" ? Kind::directory : Kind::file;
  entry.size = number(size);
  if (!dated || (entry.kind == Kind::file && !entry.size)) {
    return std::nullopt;
  }
  // Files have one blank in front of their name, directories fill up the column.
  entry.name = entry.kind == Kind::directory ? words.padded_name() : words.name();
  return entry;
}

}  // namespace

std::optional<RemoteEntry> parse_list_line(std::string_view line) {
  auto entry = parse_unix(line);
  if (!entry) {
    entry = parse_dos(line);
  }
  if (entry && entry->kind == Kind::link) {
    entry->name = entry->name.substr(0, entry->name.find(" -> "));
    entry->size.reset();  // that of the link
  }
  if (!entry || entry->name.empty() || entry->name == "." || entry->name == "..") {
    return std::nullopt;
  }
  return entry;
}

}  // namespace kit
