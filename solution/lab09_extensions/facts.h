#pragma once

#include <sys/stat.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kit {

/// What MLST and MLSD can tell of a file (RFC 3659 7.5).
enum class Fact { type, size, modify, perm, unique, unix_mode };

/// All of them, in the order in which FEAT names them.
constexpr std::array all_facts{Fact::type, Fact::size, Fact::modify, Fact::perm, Fact::unique, Fact::unix_mode};

/// Those that a client wants, each once, in the order in which it has named them.
using FactSelection = std::vector<Fact>;

/// The facts of this session: a part of it. Until OPTS MLST says otherwise, all.
struct SelectedFacts {
  FactSelection facts{all_facts.begin(), all_facts.end()};
};

/// What is known of one file.
struct FileFacts {
  std::string type;  ///< "file", "dir", "cdir", "pdir", or "OS.unix=" and a kind: "OS.unix=fifo"
  struct stat status {};
  std::string perm;  ///< see perm_letters()
};

/// "Type", "UNIX.mode": names are read in any case (RFC 3659 7.5). Pure.
std::string_view fact_name(Fact fact);

/// The argument of OPTS MLST, "type;size;": what this server knows of it; names it does not know are passed over (RFC
/// 3659 7.9). "" selects nothing. The ';' behind the last name may be missing. Nothing if there is a blank or another
/// control byte in it, or a ';' without a name: 501. Pure.
std::optional<FactSelection> parse_facts(std::string_view text);

/// The selection as the reply to OPTS MLST has it: "type;size;". Pure.
std::string facts_text(const FactSelection& selection);

/// What FEAT says of MLST (RFC 3659 7.8): all facts, those selected with a '*': "type*;size;...". Pure.
std::string facts_feature(const FactSelection& selection);

/// The facts selected, as they stand before the name: "type=file;size=3;". In the order of the selection. Only a file
/// has a size; times are UTC. `unique` is the same for the same file under whatever name, and differs for any two files
/// that exist at once: made of the numbers of device and inode. Pure.
std::string facts_text(const FileFacts& file, const FactSelection& selection);

}  // namespace kit
