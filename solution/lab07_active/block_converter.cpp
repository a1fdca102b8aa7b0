#include "block_converter.h"

#include <algorithm>

#include "command_table.h"
#include "todo.h"

namespace kit {

std::string_view BlockEncoder::convert(std::string_view bytes) {
  // BEGIN SOLUTION BlockEncoder::convert
  out_.clear();
  while (!bytes.empty()) {
    const std::string_view most = bytes.substr(0, largest_block);
    const std::size_t lf = records_ == Records::lines ? most.find('\n') : std::string_view::npos;
    const bool whole_record = lf != std::string_view::npos;
    const std::string_view data = most.substr(0, lf);
    append_block(whole_record ? block_ends_record : 0, data);
    bytes.remove_prefix(data.size() + (whole_record ? 1 : 0));
  }
  return out_;
  // END SOLUTION
}
// BEGIN PRIVATE

void BlockEncoder::append_block(unsigned descriptor, std::string_view data) {
  out_.push_back(static_cast<char>(descriptor));
  out_.push_back(static_cast<char>(data.size() >> 8U));
  out_.push_back(static_cast<char>(data.size() & 0xFFU));
  out_.append(data);
}
// END PRIVATE

std::string_view BlockEncoder::finish() {
  // BEGIN SOLUTION BlockEncoder::finish
  out_.clear();
  append_block(block_ends_file, "");
  return out_;
  // END SOLUTION
}

std::string_view BlockDecoder::convert(std::string_view bytes) {
  // BEGIN SOLUTION BlockDecoder::convert
  out_.clear();
  while (!bytes.empty() && !ended_) {
    const bool in_header = header_.size() < block_header_size;
    const std::string_view piece = bytes.substr(0, in_header ? block_header_size - header_.size() : left_);
    bytes.remove_prefix(piece.size());
    if (in_header) {
      header_.append(piece);
      if (header_.size() < block_header_size) {
        break;
      }
      begin_block();
    } else {
      ((descriptor_ & block_is_marker) != 0 ? marker_ : out_).append(piece);
      left_ -= piece.size();
    }
    if (left_ == 0) {
      end_block();
    }
  }
  return out_;
  // END SOLUTION
}
// BEGIN PRIVATE

void BlockDecoder::begin_block() {
  constexpr unsigned known = block_ends_record | block_ends_file | block_is_suspect | block_is_marker;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(header_[i]); };
  descriptor_ = byte(0);
  left_ = byte(1) * std::size_t{256} + byte(2);
  if ((descriptor_ & ~known) != 0 || ((descriptor_ & block_is_marker) != 0 && left_ > longest_marker)) {
    throw ReplyError(451, "That is not a block of MODE B");
  }
  position_ += (descriptor_ & block_is_marker) != 0 ? 0 : left_;
}

void BlockDecoder::end_block() {
  header_.clear();
  if ((descriptor_ & block_is_marker) != 0) {
    take_marker_(marker_, position_);
    marker_.clear();
    return;
  }
  if (records_ == BlockEncoder::Records::lines && (descriptor_ & block_ends_record) != 0) {
    out_.push_back('\n');
  }
  ended_ = (descriptor_ & block_ends_file) != 0;
}
// END PRIVATE

std::string_view BlockDecoder::finish() {
  // BEGIN SOLUTION BlockDecoder::finish
  return ended_ ? "" : throw ReplyError(426, "The data ended before the block that ends the file");
  // END SOLUTION
}

}  // namespace kit
