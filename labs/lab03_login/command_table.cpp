#include "command_table.h"

#include <cerrno>
#include <exception>

#include "session.h"
#include "todo.h"

namespace kit {

namespace takes {

void nothing(Session& /*session*/, Argument& argument) {
  KIT_TODO("lab 3, takes::nothing");
}

void anything(Session& /*session*/, Argument& /*argument*/) {}

void text(Session& /*session*/, Argument& argument) {
  KIT_TODO("lab 3, takes::text");
}

}  // namespace takes

CommandTable::CommandTable(std::initializer_list<CommandRow> rows) {
  for (const CommandRow& row : rows) {
    rows_.insert_or_assign(row.verb, row);
  }
}

CommandTable& CommandTable::operator+=(const CommandTable& later) {
  for (const auto& [verb, row] : later.rows_) {
    rows_.insert_or_assign(verb, row);
  }
  return *this;
}

const CommandRow* CommandTable::find(std::string_view verb) const {
  const auto found = rows_.find(verb);
  return found == rows_.end() ? nullptr : &found->second;
}

std::vector<const CommandRow*> CommandTable::rows() const& {
  std::vector<const CommandRow*> all;
  all.reserve(rows_.size());
  for (const auto& [verb, row] : rows_) {
    all.push_back(&row);
  }
  return all;
}

Reply CommandTable::dispatch(Session& session, const Line& line) const {
  KIT_TODO("lab 3, CommandTable::dispatch");
}

Reply reply_for(const std::error_code& error) {
  KIT_TODO("lab 3, reply_for");
}

}  // namespace kit
