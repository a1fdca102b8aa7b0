#include "restart.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>

#include "arguments.h"
#include "passive_commands.h"
#include "path_commands.h"
#include "representation_size.h"
#include "todo.h"
#include "transfer_seams.h"

namespace kit {
namespace {

// What may stand between REST and its transfer.
constexpr std::array<std::string_view, 9> between{"ALLO", "EPRT", "EPSV", "MODE", "PASV",
                                                  "PORT", "REST", "STRU", "TYPE"};

// A reader that begins a command before it reads. A template, for a row holds a plain function.
template <ArgumentReader reader>
void beginning(Session& session, Argument& argument) {
  session.part<RestartPoint>().begin_command();
  reader(session, argument);
}

// A reader that only its own file knows is left as it is: that is STAT's alone, and those behind SITE.
ArgumentReader beginning_as(ArgumentReader reader) {
  using Pair = std::pair<ArgumentReader, ArgumentReader>;
  constexpr std::array<Pair, 5> known{{
      {takes::nothing, beginning<takes::nothing>},
      {takes::anything, beginning<takes::anything>},
      {takes::text, beginning<takes::text>},
      {takes::path, beginning<takes::path>},
      {takes::optional_path, beginning<takes::optional_path>},
  }};
  const auto* const found =
      std::find_if(known.begin(), known.end(), [&](const Pair& pair) { return pair.first == reader; });
  return found == known.end() ? reader : found->second;
}

const CommandRow& row_before(std::string_view verb) {
  static const CommandTable before = passive_commands();
  return *before.find(verb);
}

/// 350, and the next transfer begins at that byte. 501 for anything but digits, and for a number that no file can have.
/// Whether the file is that long is found out when it is named.
Reply rest(Session& session, const Argument& argument) {
  // BEGIN SOLUTION rest
  constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const std::optional<std::uint64_t> offset = parse_number<std::uint64_t>(argument.text(), 0, most);
  if (!offset) {
    return {501, "Write: REST and a number of bytes"};
  }
  session.part<RestartPoint>().set(*offset);
  return {350, "The next transfer begins at byte " + std::to_string(*offset)};
  // END SOLUTION
}

/// Behind REST: STOR. Else what APPE did before.
Reply appe(Session& session, const Argument& argument) {
  // BEGIN SOLUTION appe
  const bool restarts = session.part<RestartPoint>().offset() > 0;
  return row_before(restarts ? "STOR" : "APPE").handler(session, argument);
  // END SOLUTION
}

}  // namespace

CommandTable with_restart(CommandTable commands) {
  CommandRow append = row_before("APPE");
  append.handler = appe;
  commands += CommandTable{
      {"REST", {.may_block = false}, takes::text, rest, "<SP> bytes"},
      append,
  };
  CommandTable all;
  for (const CommandRow* row : commands.rows()) {
    CommandRow changed = *row;
    if (std::find(between.begin(), between.end(), row->verb) == between.end()) {
      changed.takes = beginning_as(row->takes);
    }
    all += CommandTable{changed};
  }
  return all;
}

void offer_restart(ServerContext& context) {
  auto* seams = context.services.find<TransferSeams>();
  if (seams == nullptr) {
    throw std::logic_error("offer_transfers() comes first");
  }
  seams->restart_offset = [](Session& session) -> std::uint64_t {
    // BEGIN SOLUTION offer_restart
    const std::uint64_t offset = session.part<RestartPoint>().take();
    if (offset > 0 && !travels_as_stored(session)) {
      throw ReplyError(554, "An offset means nothing here: TYPE I and STRU F come first");
    }
    return offset;
    // END SOLUTION
  };
}

}  // namespace kit
