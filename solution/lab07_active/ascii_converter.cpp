#include "ascii_converter.h"

#include <utility>

#include "todo.h"

namespace kit {

// Both search with find(), which is memchr(3) and looks at many bytes at once, and copy what lies between two finds in
// one go. Text without anything to change is not even copied.

std::string_view AsciiEncoder::convert(std::string_view bytes) {
  // BEGIN SOLUTION AsciiEncoder::convert
  out_.clear();
  std::size_t begin = 0;  // of what is not in out_ yet
  for (std::size_t lf = bytes.find('\n'); lf != std::string_view::npos; lf = bytes.find('\n', lf + 1)) {
    const bool has_cr = lf == 0 ? after_cr_ : bytes[lf - 1] == '\r';
    if (!has_cr) {
      out_.append(bytes, begin, lf - begin).push_back('\r');
      begin = lf;
    }
  }
  if (!bytes.empty()) {
    after_cr_ = bytes.back() == '\r';
  }
  return out_.empty() ? bytes : std::string_view(out_.append(bytes.substr(begin)));
  // END SOLUTION
}

std::string_view AsciiDecoder::convert(std::string_view bytes) {
  // BEGIN SOLUTION AsciiDecoder::convert
  if (bytes.empty()) {
    return bytes;
  }
  out_.clear();
  if (std::exchange(held_cr_, false) && bytes.front() != '\n') {
    out_.push_back('\r');
  }
  std::size_t begin = 0;  // of what is not in out_ yet
  for (std::size_t cr = bytes.find('\r'); cr != std::string_view::npos; cr = bytes.find('\r', cr + 1)) {
    held_cr_ = cr + 1 == bytes.size();
    if (held_cr_ || bytes[cr + 1] == '\n') {
      out_.append(bytes, begin, cr - begin);
      begin = cr + 1;
    }
  }
  return begin == 0 && out_.empty() ? bytes : std::string_view(out_.append(bytes.substr(begin)));
  // END SOLUTION
}

std::string_view AsciiDecoder::finish() {
  // BEGIN SOLUTION AsciiDecoder::finish
  return std::exchange(held_cr_, false) ? "\r" : "";
  // END SOLUTION
}

}  // namespace kit
