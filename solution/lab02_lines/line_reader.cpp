#include "line_reader.h"

#include <utility>

#include "todo.h"

namespace kit {
// BEGIN PRIVATE
// Adds one byte of data to the line. What is over the limit is dropped, but not forgotten.
void LineReader::append(char byte) {
  if (line_.text.size() == limit_) {
    line_.defect = Line::Defect::too_long;
    return;
  }
  line_.text += byte;
  if (byte == '\0' && line_.defect == Line::Defect::none) {
    line_.defect = Line::Defect::nul;
  }
}

// Takes one decoded byte; returns whether it ends the line.
bool LineReader::take(char byte) {
  const bool behind_cr = std::exchange(after_cr_, byte == '\r');
  if (byte == '\n') {
    return true;
  }
  if (behind_cr) {
    append('\r');  // it ended no line, so it was data
    if (byte == '\0') {
      return false;
    }
  }
  if (byte != '\r') {
    append(byte);
  }
  return false;
}
// END PRIVATE

void LineReader::feed(std::string_view bytes) {
  // BEGIN SOLUTION LineReader::feed
  buffer_.erase(0, std::exchange(scanned_, 0));
  telnet_.decode(bytes, buffer_);
  // END SOLUTION
}

std::optional<Line> LineReader::next() {
  // BEGIN SOLUTION LineReader::next
  while (scanned_ < buffer_.size()) {
    if (take(buffer_[scanned_++])) {
      return std::exchange(line_, {});
    }
  }
  scanned_ = 0;
  buffer_.clear();
  if (line_.text.empty()) {
    buffer_.shrink_to_fit();  // a session between two commands holds no memory: there may be thousands of them
  }
  return std::nullopt;
  // END SOLUTION
}

}  // namespace kit
