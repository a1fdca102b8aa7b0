#include "reply.h"

#include <algorithm>

#include "escape.h"
#include "todo.h"

namespace kit {

std::string Reply::summary() const {
  std::string text;
  for (const std::string& line : lines) {
    text += (text.empty() ? "" : " / ") + line;
  }
  return escape_controls(std::to_string(code) + " " + text);
}

std::vector<std::string> Reply::numbered_lines() const {
  KIT_TODO("lab 2, Reply::numbered_lines");
}

std::string format_reply(const Reply& reply) {
  KIT_TODO("lab 2, format_reply");
}

void ReplyParser::feed(std::string_view bytes) {
  KIT_TODO("lab 2, ReplyParser::feed");
}

std::optional<Reply> ReplyParser::next() {
  KIT_TODO("lab 2, ReplyParser::next");
}

}  // namespace kit
