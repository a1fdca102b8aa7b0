#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "shell.h"

namespace kit {

/// `get` and `put` of one file in the type that is chosen, and the line that tells of it. Whole files only: see
/// fetch_whole() and send_whole(). Text (TYPE A) goes the way of the labs before, for a position in it means nothing
/// here.
void fetch_file(Shell& shell, const std::string& remote, const std::string& local);
void send_file(Shell& shell, const std::string& local, const std::string& remote);

/// Carries out `action` on one of many. What goes wrong with it is one error of the shell, behind its name, and ends
/// nothing else, unless there is no connection any more, the person has pressed Ctrl-C, or the program shall stop.
void try_one(Shell& shell, std::string_view name, const std::function<void()>& action);

/// `get -r`: the remote directory with all that is in it, below the local directory `local`, which is made like all the
/// others. A file that fails is one error, and the others come all the same. Names that are not safe (is_safe_name) are
/// refused, one by one. A directory that lies within itself, by a link, is left out with a note, and so is a link that
/// leads to no file.
void fetch_tree(Shell& shell, const std::string& remote, const std::string& local);

/// `put -r`, likewise. A remote directory may be there already. Links to files are sent as files; links to directories,
/// and what is neither file nor directory, are left out with a note: nothing outside of the tree is sent.
void send_tree(Shell& shell, const std::string& local, const std::string& remote);

}  // namespace kit
