#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace kit {

/// What a person typed cannot be taken apart: a quote that is not closed, a backslash with nothing behind it.
class CommandLineError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The words of a line as people type it, separated by blanks (spaces and tabs). Every name can be written
/// (RFC 1123 4.1.4.1): within '...' each byte stands for itself; within "..." and outside of quotes a backslash makes
/// the byte behind it stand for itself; quoted and bare pieces side by side are one word (a" b"c); "" is an empty word.
/// Bytes from 0x80 up are ordinary. Pure. Throws CommandLineError.
std::vector<std::string> split_words(std::string_view line);

/// The commands of `-e "cd pub; get a"`: the text between semicolons that are neither quoted nor behind a backslash.
/// Quotes and backslashes are left in, for split_words. Commands of nothing but blanks are left out. Pure; a quote that
/// is not closed reaches to the end.
std::vector<std::string> split_commands(std::string_view text);

}  // namespace kit
