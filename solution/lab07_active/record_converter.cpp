#include "record_converter.h"

#include <algorithm>

#include "command_table.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

constexpr char escape = '\xFF';
constexpr char end_of_record = 1;
constexpr char end_of_file = 2;
constexpr char end_of_both = end_of_record | end_of_file;

}  // namespace
// END PRIVATE

std::string_view RecordEncoder::convert(std::string_view bytes) {
  // BEGIN SOLUTION RecordEncoder::convert
  out_.clear();
  for (std::size_t lf = bytes.find('\n'); lf != std::string_view::npos; lf = bytes.find('\n')) {
    append_doubled(bytes.substr(0, lf));
    out_.append({escape, end_of_record});
    bytes.remove_prefix(lf + 1);
  }
  append_doubled(bytes);
  return out_;
  // END SOLUTION
}
// BEGIN PRIVATE

void RecordEncoder::append_doubled(std::string_view data) {
  for (std::size_t at = data.find(escape); at != std::string_view::npos; at = data.find(escape)) {
    out_.append(data.substr(0, at + 1)).push_back(escape);
    data.remove_prefix(at + 1);
  }
  out_.append(data);
}
// END PRIVATE

std::string_view RecordEncoder::finish() {
  // BEGIN SOLUTION RecordEncoder::finish
  out_.assign({escape, end_of_file});
  return out_;
  // END SOLUTION
}

std::string_view RecordDecoder::convert(std::string_view bytes) {
  // BEGIN SOLUTION RecordDecoder::convert
  out_.clear();
  while (!bytes.empty() && !ended_) {
    if (escaped_) {
      take_code(bytes.front());
      bytes.remove_prefix(1);
      continue;
    }
    const std::size_t data = std::min(bytes.find(escape), bytes.size());
    out_.append(bytes.substr(0, data));
    escaped_ = data < bytes.size();
    bytes.remove_prefix(std::min(data + 1, bytes.size()));
  }
  return out_;
  // END SOLUTION
}
// BEGIN PRIVATE

void RecordDecoder::take_code(char code) {
  escaped_ = false;
  if (code == escape) {
    out_.push_back(escape);
    return;
  }
  if (code < end_of_record || code > end_of_both) {
    throw ReplyError(451, "There is no such code in a record structure");
  }
  if ((code & end_of_record) != 0) {
    out_.push_back('\n');
  }
  ended_ = (code & end_of_file) != 0;
}
// END PRIVATE

std::string_view RecordDecoder::finish() {
  // BEGIN SOLUTION RecordDecoder::finish
  return ended_ ? "" : throw ReplyError(426, "The data ended before the end of the file was told");
  // END SOLUTION
}

}  // namespace kit
