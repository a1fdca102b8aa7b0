#include "completion.h"

#include <algorithm>
#include <filesystem>

#include "command_line.h"
#include "edited_line.h"
#include "ftp_error.h"
#include "local_files.h"
#include "remote_directory.h"

namespace kit {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view blanks = " \t";

std::vector<std::string> names_of_commands(const ShellTable& commands) {
  std::vector<std::string> names;
  for (const ShellRow& row : commands.rows()) {
    for (std::string& name : split_words(row.names)) {
      names.push_back(std::move(name));
    }
  }
  return names;
}

// Names in a directory; those of directories have a slash behind them.
std::vector<std::string> local_names(const std::string& directory) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator next(directory.empty() ? "." : directory, error);
       !error && next != fs::directory_iterator(); next.increment(error)) {
    std::error_code ignored;
    names.push_back(next->path().filename().string() + (next->is_directory(ignored) ? "/" : ""));
  }
  return names;
}

std::vector<std::string> remote_names_with_slashes(Shell& shell, const std::string& directory) {
  std::vector<std::string> names;
  try {
    if (shell.client().connected()) {
      for (const RemoteEntry& entry : remote_entries(shell, directory)) {
        if (is_safe_name(entry.name)) {
          names.push_back(entry.name + (entry.kind == RemoteEntry::Kind::directory ? "/" : ""));
        }
      }
    }
  } catch (const FtpError&) {  // no such directory
  } catch (const TransferError&) {
  }
  return names;
}

std::vector<std::string> candidates(Shell& shell, const CompletionPoint& point, const std::string& directory) {
  switch (what_completes(shell.commands(), point)) {
    case Completes::command: return names_of_commands(shell.commands());
    case Completes::local: return local_names(directory);
    case Completes::remote:
      return remote_names_with_slashes(shell,
                                       directory.size() > 1 ? directory.substr(0, directory.size() - 1) : directory);
    case Completes::nothing: break;
  }
  return {};
}

// "<remote>" of "[-r] <remote> [<local>]" is the first; what stands before "..." stands for all that follow.
std::string placeholder(std::string_view syntax, std::size_t index) {
  std::string found;
  for (const std::string& word : split_words(syntax)) {
    if (word == "...") {
      return found;
    }
    if (!word.starts_with("[-")) {
      found = word;
      if (--index == 0) {
        return found;
      }
    }
  }
  return "";
}

}  // namespace

CompletionPoint completion_point(std::string_view before_cursor) {
  CompletionPoint point;
  std::vector<std::string> words(1);
  bool begun = false;
  char quote = 0;
  point.begin = before_cursor.size();
  for (std::size_t i = 0; i < before_cursor.size(); ++i) {
    const char c = before_cursor[i];
    if (quote == 0 && blanks.find(c) != std::string_view::npos) {
      words.resize(words.size() + (begun ? 1 : 0));
      begun = false;
      continue;
    }
    point.begin = begun ? point.begin : i;
    begun = true;
    if (c == '\\' && quote != '\'') {
      words.back() += i + 1 < before_cursor.size() ? std::string(1, before_cursor[++i]) : "";
    } else if (c == quote || (quote == 0 && (c == '"' || c == '\''))) {
      quote = quote == 0 ? c : '\0';
    } else {
      words.back() += c;
    }
  }
  point.begin = begun ? point.begin : before_cursor.size();
  point.word = words.back();
  words.pop_back();
  point.command = words.empty() ? "" : words.front();
  const auto is_option = [](const std::string& word) { return word.starts_with('-'); };
  point.index = words.size() - static_cast<std::size_t>(std::count_if(words.begin(), words.end(), is_option));
  return point;
}

Completes what_completes(const ShellTable& commands, const CompletionPoint& point) {
  if (point.index == 0) {
    return Completes::command;
  }
  const ShellRow* row = commands.find(point.command);
  const std::string what = row == nullptr ? "" : placeholder(row->syntax, point.index);
  const auto holds = [&](std::string_view word) { return what.find(word) != std::string::npos; };
  if (holds("command")) {
    return row->takes == Takes::rest ? Completes::nothing : Completes::command;
  }
  if (holds("<local>") || (holds("<directory>") && row->names == "lcd")) {
    return Completes::local;
  }
  const bool remote = holds("<remote>") || holds("<directory>") || holds("<file>") || holds("<path>") ||
                      holds("<from>") || holds("<to>");
  return remote ? Completes::remote : Completes::nothing;
}

std::string typed_word(std::string_view text) {
  std::string word;
  for (const char c : text) {
    if (std::string_view(" \t'\"\\").find(c) != std::string_view::npos) {
      word += '\\';
    }
    word += c;
  }
  return word;
}

std::string common_beginning(const std::vector<std::string>& names) {
  std::string common = names.empty() ? "" : names.front();
  for (const std::string& name : names) {
    std::size_t same = 0;
    for (std::size_t next = 0; next < common.size(); same = next) {
      next += character_size(std::string_view(common).substr(next));
      if (name.compare(0, next, common, 0, next) != 0) {
        break;
      }
    }
    common.resize(same);
  }
  return common;
}

Completion complete(Shell& shell, std::string_view before_cursor) {
  const CompletionPoint point = completion_point(before_cursor);
  const std::string_view last = point.index == 0 ? point.word : last_part(point.word);
  const std::string directory = point.word.substr(0, point.word.size() - last.size());
  Completion completion{point.begin};
  for (std::string& name : candidates(shell, point, directory)) {
    if (name.starts_with(last) && (!last.empty() || !name.starts_with('.'))) {
      completion.choices.push_back(std::move(name));
    }
  }
  std::sort(completion.choices.begin(), completion.choices.end());
  const std::string common = directory + common_beginning(completion.choices);
  const bool whole = completion.choices.size() == 1 && !common.ends_with('/');
  completion.replacement = typed_word(common) + (whole ? " " : "");
  return completion;
}

}  // namespace kit
