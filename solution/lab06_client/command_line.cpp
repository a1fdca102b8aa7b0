#include "command_line.h"

#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Follows quotes and backslashes through a line, a byte at a time.
class Quoting {
 public:
  enum class Role { syntax, literal, bare };

  Role take(char c) {
    if (escaped_) {
      escaped_ = false;
      return Role::literal;
    }
    if (c == '\\' && quote_ != '\'') {
      escaped_ = true;
      return Role::syntax;
    }
    if (quote_ != 0) {
      return c == quote_ ? (quote_ = 0, Role::syntax) : Role::literal;
    }
    if (c == '"' || c == '\'') {
      quote_ = c;
      return Role::syntax;
    }
    return Role::bare;
  }

  // Throws CommandLineError where the line cannot end.
  void end() const {
    if (escaped_) {
      throw CommandLineError("nothing follows the backslash at the end");
    }
    if (quote_ != 0) {
      throw CommandLineError(std::string("a ") + quote_ + " is not closed");
    }
  }

 private:
  char quote_ = 0;
  bool escaped_ = false;
};

}  // namespace
// END PRIVATE

std::vector<std::string> split_words(std::string_view line) {
  // BEGIN SOLUTION split_words
  std::vector<std::string> words;
  std::string word;
  bool begun = false;  // not the same as !word.empty(): "" is a word
  const auto finish = [&] {
    if (begun) {
      words.push_back(word);
    }
    word.clear();
    begun = false;
  };
  Quoting quoting;
  for (const char c : line) {
    const Quoting::Role role = quoting.take(c);
    if (role == Quoting::Role::bare && is_blank(c)) {
      finish();
      continue;
    }
    begun = true;
    if (role != Quoting::Role::syntax) {
      word += c;
    }
  }
  quoting.end();
  finish();
  return words;
  // END SOLUTION
}

std::vector<std::string> split_commands(std::string_view text) {
  // BEGIN SOLUTION split_commands
  std::vector<std::string> commands(1);
  Quoting quoting;
  for (const char c : text) {
    if (quoting.take(c) == Quoting::Role::bare && c == ';') {
      commands.emplace_back();
    } else {
      commands.back() += c;
    }
  }
  std::erase_if(commands,
                [](const std::string& command) { return command.find_first_not_of(" \t") == std::string::npos; });
  return commands;
  // END SOLUTION
}

}  // namespace kit
