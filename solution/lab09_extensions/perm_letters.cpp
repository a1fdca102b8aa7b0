#include "perm_letters.h"

#include <array>
#include <utility>

#include "todo.h"

namespace kit {

std::string perm_letters(const Access& access) {
  // BEGIN SOLUTION perm_letters
  const bool in_parent = access.may_write && access.parent.write && access.parent.search;
  const bool inside = access.may_write && access.own.write && access.own.search;  // of a directory
  const bool written = access.may_write && access.own.write && in_parent;         // of a file
  const bool directory = access.directory;
  const bool moved = in_parent && !access.fixed;
  const std::array<std::pair<char, bool>, 10> letters{{
      {'a', !directory && written},
      {'c', directory && inside},
      {'d', moved && !(directory && (access.link || access.occupied))},
      {'e', directory && access.own.search},
      {'f', moved},
      {'l', directory && access.own.read},
      {'m', directory && inside},
      {'p', directory && inside},
      {'r', !directory && access.own.read},
      {'w', !directory && written},
  }};
  std::string text;
  for (const auto& [letter, permitted] : letters) {
    if (permitted) {
      text += letter;
    }
  }
  return text;
  // END SOLUTION
}

}  // namespace kit
