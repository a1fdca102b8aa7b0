#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "remote_entry.h"
#include "shell.h"

namespace kit {

/// Whether a name that a server sent may be the name of a file here: it is one name and no path, and holds nothing that
/// could leave the local directory or harm a terminal. Not "", ".", "..", nothing with a slash, a NUL or another
/// control byte in it, nor a `|` in front. A server that means ill can send anything. Pure.
bool is_safe_name(std::string_view name);

/// `directory` and `name` as one path: "pub/a", "a" in the current directory "", "/a" in "/". Pure.
std::string joined(std::string_view directory, std::string_view name);

/// What stands in a remote directory ("" is the current one). By MLSD where FEAT announces it, else by LIST, in the
/// directory itself (CWD, and back): to servers, the argument of LIST is a pattern and its dash an option. Names are
/// not safe yet. Throws FtpError and what Client::list() throws; Ctrl-C ends it.
std::vector<RemoteEntry> remote_entries(Shell& shell, const std::string& directory);

/// The names of the same; by MLSD or NLST, for which nothing has to be guessed. A server that answers NLST with paths
/// is understood: "pub/a" in "pub" is "a". Without directories where they can be told apart.
std::vector<std::string> remote_names(Shell& shell, const std::string& directory);

/// The names that `pattern` stands for, in order: itself if there is no wildcard in it, else each name that fits its
/// last part, with the directory in front. Names that are not safe are left out, each with one error of the shell.
/// Throws std::runtime_error if nothing fits.
std::vector<std::string> expand_remote(Shell& shell, const std::string& pattern);

/// The same for local names, with the wildcards of glob(3) in every part; what is no regular file fits no pattern.
std::vector<std::string> expand_local(const std::string& pattern);

}  // namespace kit
