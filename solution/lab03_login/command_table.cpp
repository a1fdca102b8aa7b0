#include "command_table.h"

#include <cerrno>
#include <exception>

#include "session.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

void enforce(const Policy& policy, Session& session) {
  if (policy.login && !session.user()) {
    throw ReplyError(530, "Log in first: USER, then PASS");
  }
  if (!policy.follows.empty() && session.awaiting() != policy.follows) {
    throw ReplyError(503, std::string(policy.follows) + " has to come right before");
  }
}

const CommandRow& row_for(const CommandTable& table, const Line& line, const std::optional<Command>& command) {
  if (line.defect == Line::Defect::too_long) {
    throw ReplyError(500, "That line is too long");
  }
  const CommandRow* row = command ? table.find(command->verb) : nullptr;
  if (row == nullptr) {
    throw ReplyError(500, "There is no such command");
  }
  if (line.defect == Line::Defect::nul) {
    throw ReplyError(501, "A NUL has no place in a command");
  }
  if (row->handler == nullptr) {
    throw ReplyError(502, "This command is not implemented");
  }
  return *row;
}

Reply carry_out(Session& session, const CommandRow& row, const Command& command) {
  enforce(row.policy, session);
  Argument argument(command.argument);
  row.takes(session, argument);
  if (row.policy.writes && session.user() && session.user()->read_only) {
    throw ReplyError(550, "You may only read here");
  }
  return row.handler(session, argument);
}

// Runs `work` and turns what it throws into a reply, but for what has to end the session (Stopped) or the program
// (Todo).
template <typename Work>
Reply reply_of(Work work) {
  try {
    return work();
  } catch (const ReplyError& refusal) {
    return refusal.reply();
  } catch (const std::system_error& error) {
    return reply_for(error.code());
  } catch (const Stopped&) {
    throw;
  } catch (const Todo&) {
    throw;
  } catch (const std::exception& error) {
    return {451, error.what()};
  }
}

}  // namespace
// END PRIVATE

namespace takes {

void nothing(Session& /*session*/, Argument& argument) {
  // BEGIN SOLUTION takes::nothing
  if (argument.given()) {
    throw ReplyError(501, "This command takes no argument");
  }
  // END SOLUTION
}

void anything(Session& /*session*/, Argument& /*argument*/) {}

void text(Session& /*session*/, Argument& argument) {
  // BEGIN SOLUTION takes::text
  if (!argument.given()) {
    throw ReplyError(501, "This command needs an argument");
  }
  // END SOLUTION
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
  // BEGIN SOLUTION CommandTable::dispatch
  const std::optional<Command> command = parse_command(line.text);
  Reply reply = reply_of([&] { return carry_out(session, row_for(*this, line, command), *command); });
  session.set_awaiting(reply.intermediate() ? command->verb : "");
  return reply;
  // END SOLUTION
}

Reply reply_for(const std::error_code& error) {
  // BEGIN SOLUTION reply_for
  if (error.category() != std::generic_category() && error.category() != std::system_category()) {
    return {451, error.message()};
  }
  switch (error.value()) {
    case ENOSPC:
    case EDQUOT: return {452, error.message()};
    case EFBIG: return {552, error.message()};
    case EBUSY:
    case ETXTBSY:
    case EAGAIN: return {450, error.message()};
    case ENAMETOOLONG:
    case EILSEQ: return {553, error.message()};
    case ENOENT:
    case EACCES:
    case EPERM:
    case EROFS:
    case EEXIST:
    case ENOTEMPTY:
    case EISDIR:
    case ENOTDIR:
    case ELOOP:
    case EINVAL:
    case ENXIO:
    case ENODEV:
    case EOPNOTSUPP: return {550, error.message()};
    case EXDEV: return {550, "Permission denied"};  // how the kernel names a path that leads out of the root
    default: return {451, error.message()};
  }
  // END SOLUTION
}

}  // namespace kit
