#include "reply_reader.h"

#include <algorithm>
#include <cstring>

#include "arguments.h"

namespace bench {
namespace {

constexpr std::size_t room = std::size_t{16} << 10U;
constexpr std::size_t longest_line = std::size_t{64} << 10U;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The code at the beginning of a reply's line, or 0.
int code_of(std::string_view line) {
  if (line.size() < 3 || !std::all_of(line.begin(), line.begin() + 3, is_digit)) {
    return 0;
  }
  return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

}  // namespace

std::span<char> ReplyReader::prepare() {
  if (begin_ == end_) {
    begin_ = end_ = 0;
  } else if (begin_ > room) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ - begin_ > longest_line) {
    throw ProtocolError("a reply's line without an end");
  }
  if (buffer_.size() < end_ + room) {
    buffer_.resize(end_ + room);
  }
  return {buffer_.data() + end_, buffer_.size() - end_};
}

std::optional<std::string_view> ReplyReader::line() {
  const char* from = buffer_.data() + begin_;
  const void* found = begin_ == end_ ? nullptr : std::memchr(from, '\n', end_ - begin_);
  if (found == nullptr) {
    return std::nullopt;
  }
  const auto size = static_cast<std::size_t>(static_cast<const char*>(found) - from);
  begin_ += size + 1;
  return std::string_view(from, size > 0 && from[size - 1] == '\r' ? size - 1 : size);
}

std::optional<Reply> ReplyReader::next() {
  while (const auto text = line()) {
    const int code = code_of(*text);
    const bool last = code != 0 && (text->size() == 3 || (*text)[3] == ' ');
    if (open_ == 0) {
      if (last) {
        return Reply{code, *text};
      }
      if (code == 0 || (*text)[3] != '-') {
        throw ProtocolError("not a reply: " + std::string(text->substr(0, 40)));
      }
      open_ = code;
    } else if (last && code == open_) {
      open_ = 0;
      return Reply{code, *text};
    }
  }
  return std::nullopt;
}

std::optional<std::uint16_t> passive_port(std::string_view text) {
  text.remove_prefix(std::min<std::size_t>(4, text.size()));  // the code
  const auto first = std::find_if(text.begin(), text.end(), is_digit);
  text.remove_prefix(static_cast<std::size_t>(first - text.begin()));
  unsigned port = 0;
  for (int i = 0; i < 6; ++i) {
    const auto size = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
    const auto number = kit::parse_number<unsigned>(text.substr(0, size), 0, 255);
    if (!number || (i < 5 && (size == text.size() || text[size] != ','))) {
      return std::nullopt;
    }
    port = (port << 8U | *number) & 0xffffU;
    text.remove_prefix(std::min(size + 1, text.size()));
  }
  return static_cast<std::uint16_t>(port);
}

std::optional<std::uint16_t> extended_passive_port(std::string_view text) {
  const std::size_t open = text.rfind('(');
  if (open == std::string_view::npos || text.size() < open + 7) {
    return std::nullopt;
  }
  const char delimiter = text[open + 1];
  text.remove_prefix(open + 2);
  if (text[0] != delimiter || text[1] != delimiter) {
    return std::nullopt;
  }
  text.remove_prefix(2);
  const std::size_t end = text.find(delimiter);
  return end == std::string_view::npos ? std::nullopt : kit::parse_number<std::uint16_t>(text.substr(0, end), 1, 65535);
}

}  // namespace bench
