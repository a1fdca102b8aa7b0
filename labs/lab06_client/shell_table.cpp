#include "shell_table.h"

#include <strings.h>

#include <algorithm>

namespace kit {
namespace {

bool same_word(std::string_view a, std::string_view b) {
  return a.size() == b.size() && ::strncasecmp(a.data(), b.data(), a.size()) == 0;
}

std::string_view first_word(std::string_view words) { return words.substr(0, words.find(' ')); }

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const std::string_view first = first_word(words);
    if (same_word(first, word)) {
      return true;
    }
    words.remove_prefix(std::min(first.size() + 1, words.size()));
  }
  return false;
}

}  // namespace

std::string ShellRow::usage() const {
  const std::string name(first_word(names));
  return syntax.empty() ? name : name + " " + std::string(syntax);
}

ShellTable::ShellTable(std::initializer_list<ShellRow> rows) : rows_(rows) {}

ShellTable& ShellTable::operator+=(const ShellTable& later) {
  for (const ShellRow& row : later.rows_) {
    const auto same = std::find_if(rows_.begin(), rows_.end(),
                                   [&](const ShellRow& old) { return first_word(old.names) == first_word(row.names); });
    if (same != rows_.end()) {
      *same = row;
    } else {
      rows_.push_back(row);
    }
  }
  return *this;
}

const ShellRow* ShellTable::find(std::string_view name) const {
  const auto found =
      std::find_if(rows_.begin(), rows_.end(), [&](const ShellRow& row) { return has_word(row.names, name); });
  return found == rows_.end() ? nullptr : &*found;
}

}  // namespace kit
