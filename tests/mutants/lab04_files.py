"""Wrong servers that walk, make and rename, each with the one mistake that its scenario must find."""

from autograder.kit.mutants import Mutant

PATHS, ROOT = "lab04_files/path_commands.cpp", "lab04_files/root.cpp"
RESOLVE, TABLE = "lab04_files/virtual_path.cpp", "lab03_login/command_table.cpp"
ENTER = "  session.service<Root>().require_directory(path);\n  session.part<WorkingDirectory>().path = path;"
ARGUMENT = "  argument.set(session.part<WorkingDirectory>().path.resolve(argument.text()));"
DOTS = "      result.resize(result.empty() ? 0 : result.rfind('/'));"
BENEATH = "how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;"

MUTANTS = [
    Mutant(
        id="S07", file=PATHS, needle='{257, quoted(session.part<WorkingDirectory>().path) + " is',
        replacement='{257, "\\"" + std::filesystem::current_path().string() + "\\" is',
        also=((PATHS, '#include "root.h"', '#include <filesystem>\n\n#include "root.h"'),),
        symptom="PWD shows the host's path", killed_by="pwd_begins_at_the_root",
    ),
    Mutant(
        id="S05", file=RESOLVE, needle="is_root() || name.starts_with('/') ? \"\" : text_",
        replacement="is_root() ? \"\" : text_",
        symptom="an absolute path is taken as relative", killed_by="cwd_takes_relative_and_absolute_names",
    ),
    Mutant(
        id="S05b", file=RESOLVE, needle="} else if (!component.empty() && component != \".\") {",
        replacement="} else {",
        symptom="doubled slashes and dots stay in the path", killed_by="cwd_takes_relative_and_absolute_names",
    ),
    Mutant(
        id="S06", file=PATHS, needle="session.part<WorkingDirectory>().path.parent()", replacement="VirtualPath()",
        symptom="CDUP goes to the root at once", killed_by="cdup_goes_up_one_level",
    ),
    Mutant(
        id="S02", file=RESOLVE, needle=DOTS, replacement="      if (result.empty()) {\n        result = \"/..\";\n"
        "      } else {\n        result.resize(result.rfind('/'));\n      }",
        also=((ROOT, BENEATH, "how.resolve = 0;"),),
        symptom="CWD .. at the root leaves it", killed_by=("root_is_its_own_parent", "cwd_never_leaves_the_root"),
    ),
    Mutant(
        id="S11", file=PATHS, needle="session.service<Root>().require_directory(path);",
        replacement="static_cast<void>(session.service<Root>().status(path));",
        symptom="CWD into a file succeeds", killed_by="cwd_goes_only_into_directories",
    ),
    Mutant(
        id="S11b", file=PATHS, needle=ENTER, replacement="\n".join(reversed(ENTER.split("\n"))),
        symptom="a CWD that failed has moved the session all the same", killed_by="cwd_goes_only_into_directories",
    ),
    Mutant(
        id="S08", file=PATHS, needle="make_directory(path);", replacement="make_directory(path, 0);",
        symptom="MKD makes a directory that nobody may enter", killed_by="mkd_makes_a_directory",
    ),
    Mutant(
        id="S08b", file=PATHS, needle="return {257, quoted(path) + \" created\"};",
        replacement="return {250, quoted(path) + \" created\"};",
        symptom="MKD is answered 250", killed_by="mkd_makes_a_directory",
    ),
    Mutant(
        id="S08c", file=ROOT, needle='check(::mkdirat(place.directory.get(), place.name.c_str(), mode), "mkdir");',
        replacement="static_cast<void>(::mkdirat(place.directory.get(), place.name.c_str(), mode));",
        symptom="MKD succeeds whatever mkdir() says", killed_by="mkd_refuses_what_is_there_or_has_no_parent",
    ),
    Mutant(
        id="S07b", file=PATHS, needle="text.append(c == '\"' ? 2 : 1, c);", replacement="text.append(1, c);",
        symptom="quotes in a path are not doubled", killed_by="quotes_in_a_path_are_doubled",
    ),
    Mutant(
        id="S09", file=ROOT,
        needle='check(::unlinkat(place.directory.get(), place.name.c_str(), AT_REMOVEDIR), "rmdir");',
        replacement="std::filesystem::remove_all(path_of(place.directory) + \"/\" + place.name);",
        also=((ROOT, "#include <climits>", "#include <climits>\n#include <filesystem>"),),
        symptom="RMD removes whatever is inside too", killed_by="rmd_removes_only_empty_directories",
    ),
    Mutant(
        id="S09b", file=ROOT, needle='check(::unlinkat(place.directory.get(), place.name.c_str(), 0), "unlink");',
        replacement='check(::unlinkat(place.directory.get(), place.name.c_str(), 0) == 0 ? 0 :\n'
                    '        ::unlinkat(place.directory.get(), place.name.c_str(), AT_REMOVEDIR), "remove");',
        symptom="DELE removes empty directories", killed_by="dele_deletes_only_files",
    ),
    Mutant(
        id="S09c", file=PATHS, needle=" || path == session.part<WorkingDirectory>().path", replacement="",
        symptom="RMD removes the working directory", killed_by="rmd_spares_the_ground_it_stands_on",
    ),
    Mutant(
        id="S14", file=PATHS, needle="  text(session, argument);\n", replacement="",
        symptom="no argument is taken for the working directory", killed_by="path_commands_want_their_argument",
    ),
    Mutant(
        id="S15", file=PATHS, needle='      {"XCUP", reads, takes::nothing, cdup, ""},\n', replacement="",
        symptom="XCUP is unknown", killed_by="old_names_of_commands_work",
    ),
    Mutant(
        id="S16", file="lab04_files/path_commands.h", needle="struct WorkingDirectory {\n  VirtualPath path;",
        replacement="inline VirtualPath everybody_stands_here;\nstruct WorkingDirectory {\n"
                    "  VirtualPath& path = everybody_stands_here;",
        symptom="one working directory for all sessions", killed_by="working_directory_belongs_to_the_session",
    ),
    Mutant(
        id="S16b", file="lab03_login/session.cpp", needle="  parts_.clear();\n", replacement="",
        symptom="REIN keeps the working directory", killed_by="rein_goes_back_to_the_root",
    ),
    Mutant(
        id="S17", file=PATHS, needle=ARGUMENT,
        replacement="  session.service<Root>().require_directory(session.part<WorkingDirectory>().path);\n" + ARGUMENT,
        symptom="nothing works any more once the working directory is gone",
        killed_by="session_outlives_its_working_directory",
    ),
    Mutant(
        id="S18", file=PATHS, needle="resolve(argument.text())",
        replacement="resolve(argument.text().substr(0, argument.text().find(' ')))",
        symptom="a name ends at its first blank", killed_by="blanks_belong_to_the_name",
    ),
    Mutant(
        id="S18b", file=PATHS, needle="resolve(argument.text())",
        replacement="resolve(argument.text().substr(0, argument.text().find_last_not_of(' ') + 1))",
        symptom="blanks behind a name are cut off", killed_by="blanks_belong_to_the_name",
    ),
    Mutant(
        id="S19", file=RESOLVE, needle="result.append(\"/\").append(component);",
        replacement="result += '/';\n"
                    "      for (const char c : component) {\n        result += static_cast<char>(c & 0x7F);\n      }",
        symptom="bytes over 0x7F lose their highest bit", killed_by="names_keep_every_byte",
    ),
    Mutant(
        id="S20", file=RESOLVE, needle="result.append(\"/\").append(component);",
        replacement="result.append(\"/\").append(component.substr(0, 199));",
        symptom="a name is cut to what an array holds", killed_by="long_names_are_taken_or_refused",
    ),
    Mutant(
        id="S21", file="lab02_lines/reply.cpp", needle="return c == '\\r' || c == '\\n' || c == '\\0';",
        replacement="return c == '\\0';",
        symptom="a name with CR LF in it forges a reply", killed_by="names_cannot_forge_a_reply",
    ),
    Mutant(
        id="S22", file=TABLE, needle='    throw ReplyError(501, "A NUL has no place in a command");', replacement="",
        symptom="a name is cut at a NUL", killed_by="nul_in_a_name_is_refused",
    ),
    Mutant(
        id="S10", file=PATHS, needle="from, argument.as<VirtualPath>());",
        replacement="from, VirtualPath().resolve(argument.text()));",
        symptom="RNTO counts from the root", killed_by="rename_moves_files_and_directories",
    ),
    Mutant(
        id="S10b", file=PATHS, needle='{.follows = "RNFR", .writes = true}', replacement="{.writes = true}",
        symptom="RNTO is carried out without RNFR", killed_by="rename_goes_in_order",
    ),
    Mutant(
        id="S10c", file=PATHS, needle="  static_cast<void>(session.service<Root>().link_status(path));\n",
        replacement="",
        symptom="RNFR of a missing file is 350", killed_by="rename_goes_in_order",
    ),
    Mutant(
        id="S10d", file=TABLE, needle="  session.set_awaiting(reply.intermediate() ? command->verb : \"\");",
        replacement="  if (command && (command->verb == \"USER\" || command->verb.starts_with(\"RN\"))) {\n"
                    "    session.set_awaiting(reply.intermediate() ? command->verb : \"\");\n  }",
        symptom="other commands between RNFR and RNTO do no harm", killed_by="rename_is_not_interrupted",
    ),
    Mutant(
        id="S10e", file=ROOT, needle='    fail(EEXIST, "rename");', replacement="",
        symptom="a directory takes the place of an empty one",
        killed_by="rename_replaces_files_and_no_directory",
    ),
    Mutant(
        id="S10f", file=ROOT, needle="check(::renameat(", replacement="static_cast<void>(::renameat(",
        symptom="the result of rename() is ignored", killed_by="rename_refuses_what_it_cannot_do",
    ),
]
