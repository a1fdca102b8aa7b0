#include "reply.h"

#include <algorithm>

#include "escape.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The code at the front of a reply's first line, nothing if none can be there. RFC 959 4.2 knows 1yz to 5yz.
std::optional<int> leading_code(std::string_view line) {
  if (line.size() < 3 || line[0] < '1' || line[0] > '5' || !is_digit(line[1]) || !is_digit(line[2])) {
    return std::nullopt;
  }
  return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

std::string without_controls(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, '?');
  return text;
}

std::string shortened(std::string_view line) { return escape_controls(line.substr(0, 80)); }

}  // namespace
// END PRIVATE

std::string Reply::summary() const {
  std::string text;
  for (const std::string& line : lines) {
    text += (text.empty() ? "" : " / ") + line;
  }
  return escape_controls(std::to_string(code) + " " + text);
}

std::vector<std::string> Reply::numbered_lines() const {
  // BEGIN SOLUTION Reply::numbered_lines
  std::vector<std::string> numbered = lines;
  if (numbered.size() > 1) {
    numbered.front().insert(0, std::to_string(code) + "-");
  }
  numbered.back().insert(0, std::to_string(code) + " ");
  return numbered;
  // END SOLUTION
}

std::string format_reply(const Reply& reply) {
  // BEGIN SOLUTION format_reply
  const std::string code = std::to_string(reply.code);
  std::string wire;
  for (std::size_t i = 0; i < reply.lines.size(); ++i) {
    const bool last = i + 1 == reply.lines.size();
    std::string line = without_controls(reply.lines[i]);
    if (last || i == 0) {
      line.insert(0, code + (last ? " " : "-"));
    } else if (!line.empty() && is_digit(line.front())) {
      line.insert(0, " ");
    }
    wire += telnet_encode(line) + "\r\n";
  }
  return wire;
  // END SOLUTION
}

// BEGIN PRIVATE
// Takes the first line of a reply; returns whether it is the last one too.
bool ReplyParser::begin(std::string_view line) {
  const std::optional<int> code = leading_code(line);
  const char mark = line.size() > 3 ? line[3] : ' ';  // some servers drop the blank of an empty text
  if (!code || (mark != ' ' && mark != '-')) {
    throw MalformedReply("not a reply: '" + shortened(line) + "'");
  }
  unfinished_ = Reply(*code, std::string(line.substr(std::min<std::size_t>(line.size(), 4))));
  return mark == ' ';
}

// Takes a further line of the unfinished reply; returns whether it is the last one.
bool ReplyParser::finish(std::string line) {
  const bool last = line.starts_with(std::to_string(unfinished_->code) + " ");
  unfinished_->lines.push_back(last ? line.substr(4) : std::move(line));
  return last;
}
// END PRIVATE

void ReplyParser::feed(std::string_view bytes) {
  // BEGIN SOLUTION ReplyParser::feed
  lines_.feed(bytes);
  // END SOLUTION
}

std::optional<Reply> ReplyParser::next() {
  // BEGIN SOLUTION ReplyParser::next
  while (std::optional<Line> line = lines_.next()) {
    size_ += sizeof(Line) + line->text.size();  // an endless reply may consist of empty lines
    if (line->defect == Line::Defect::too_long || size_ > reply_limit) {
      throw MalformedReply("the server's reply is too long");
    }
    if (unfinished_ ? finish(std::move(line->text)) : begin(line->text)) {
      size_ = 0;
      return std::exchange(unfinished_, std::nullopt);
    }
  }
  return std::nullopt;
  // END SOLUTION
}

}  // namespace kit
