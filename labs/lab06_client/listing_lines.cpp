#include "listing_lines.h"

#include <stdexcept>
#include <utility>

namespace kit {

void ListingLines::feed(std::span<const char> bytes) {
  for (const char byte : bytes) {
    if (byte == '\n') {
      if (unfinished_.ends_with('\r')) {
        unfinished_.pop_back();
      }
      take_(unfinished_);
      unfinished_.clear();
    } else if (unfinished_.size() == line_limit) {
      throw std::length_error("the server's listing has a line that is too long");
    } else {
      unfinished_ += byte;
    }
  }
}

void ListingLines::finish() {
  if (!unfinished_.empty()) {
    take_(std::exchange(unfinished_, {}));
  }
}

}  // namespace kit
