"""Wrong servers that let somebody out of the root, or give something away."""

from autograder.kit.mutants import Mutant

PATHS, SITE, ROOT = "lab04_files/path_commands.cpp", "lab04_files/site_commands.cpp", "lab04_files/root.cpp"
RESOLVE = "lab04_files/virtual_path.cpp"
BENEATH = "how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;"
FILESYSTEM = (ROOT, "#include <climits>", "#include <climits>\n#include <filesystem>")
WRITES = "constexpr Policy writes{.writes = true};"
DOTS = "if (component == \"..\") {"
OPEN = "    opened = open_beneath(directory_.get(), path.relative().c_str(), flags, mode);"


def checked_first(inside: str) -> str:
    """Root::open as students like to write it: look where the name leads, then open it by name. `inside` decides."""
    return ("    const std::string top = std::filesystem::read_symlink(path_of(directory_)).string();\n"
            "    const std::string real = std::filesystem::weakly_canonical(top + path.text()).string();\n"
            f"    if (!({inside})) {{\n      fail(EXDEV, \"open\");\n    }}\n"
            "    opened = ::openat(directory_.get(), path.relative().c_str(), flags, mode);")


MUTANTS = [
    Mutant(
        id="S02b", file=RESOLVE, needle=DOTS, replacement="if (component == \"..\" && !name.empty()) {",
        also=((ROOT, BENEATH, "how.resolve = 0;"),),
        symptom="only \"../\" is looked for: CWD .. leaves the root", killed_by="cwd_never_leaves_the_root",
    ),
    Mutant(
        id="S01", file=RESOLVE, needle=DOTS, replacement="if (component == \"..\" && name.empty()) {",
        also=((ROOT, BENEATH, "how.resolve = 0;"),),
        symptom="only CWD .. is guarded: ../x in other commands reaches out",
        killed_by="no_command_reaches_above_the_root",
    ),
    Mutant(
        id="S03", file=ROOT, needle=OPEN, replacement=checked_first("real.starts_with(top)"), also=(FILESYSTEM,),
        symptom="/srv/ftp-private passes for a part of /srv/ftp", killed_by="neighbour_with_a_similar_name_is_outside",
    ),
    Mutant(
        id="S04", file=ROOT, needle=BENEATH, replacement="how.resolve = 0;",
        symptom="a link in the root leads out", killed_by="links_do_not_lead_out",
    ),
    Mutant(
        id="S04b", file=ROOT, needle='check(::unlinkat(place.directory.get(), place.name.c_str(), 0), "unlink");',
        replacement="const std::string link = path_of(place.directory) + \"/\" + place.name;\n"
                    "  std::filesystem::remove(std::filesystem::canonical(link));",
        also=(FILESYSTEM,),
        symptom="DELE of a link deletes what it points to", killed_by="commands_on_a_link_spare_its_target",
    ),
    Mutant(
        id="S04c", file=ROOT, needle=OPEN, replacement=checked_first("real == top || real.starts_with(top + \"/\")"),
        also=(FILESYSTEM,), symptom="a link put there between check and use leads out",
        killed_by="swapping_a_directory_for_a_link_gains_nothing",
    ),
    Mutant(
        id="S23", file=PATHS, needle="  session.service<Root>().require_directory(path);\n",
        replacement="  try {\n    session.service<Root>().require_directory(path);\n"
                    "  } catch (const std::system_error& error) {\n"
                    "    return {550, std::filesystem::current_path().string() + path.text() + error.what()};\n  }\n",
        also=((PATHS, '#include "root.h"', '#include <filesystem>\n\n#include "root.h"'),),
        symptom="a refusal tells where on the host the root is", killed_by="refusals_name_no_path_of_the_host",
    ),
    Mutant(
        id="S24", file=PATHS, needle=WRITES, replacement="constexpr Policy writes{};",
        symptom="users who may only read can write", killed_by="reader_changes_nothing",
    ),
    Mutant(
        id="S24b", file=SITE, needle=WRITES, replacement="constexpr Policy writes{};",
        symptom="users who may only read can change modes and times", killed_by="reader_changes_nothing",
    ),
    Mutant(
        id="S25", file=PATHS, needle="constexpr Policy reads{};", replacement="constexpr Policy reads{.login = false};",
        symptom="CWD works before the login", killed_by="paths_need_a_login",
    ),
    Mutant(
        id="S13", file=ROOT, needle='check(::mkdirat(place.directory.get(), place.name.c_str(), mode), "mkdir");',
        replacement="const std::string where = std::filesystem::read_symlink(path_of(place.directory)).string();\n"
                    "  if (::system((\"mkdir -m \" + std::to_string(mode > 0 ? 755 : 0) + \" '\" + where + \"'/\" +\n"
                    "                place.name).c_str()) != 0) {\n    fail(EEXIST, \"mkdir\");\n  }",
        also=(FILESYSTEM,),
        symptom="a name is given to a shell", killed_by="names_never_meet_a_shell",
    ),
    Mutant(
        id="S26", file=ROOT, needle="  const FileDescriptor file = open(path, O_PATH);\n  check(::chmod(",
        replacement="  const FileDescriptor file = open(path, O_RDONLY);\n  check(::chmod(",
        also=((ROOT, "    flags |= O_NOCTTY | O_NONBLOCK;", "    flags |= O_NOCTTY;"),),
        symptom="a named pipe in the tree stops the server", killed_by="fifo_holds_nobody_up",
    ),
    Mutant(
        id="S27", file=ROOT, needle="  return {open(path.parent(), O_PATH | O_DIRECTORY),",
        replacement="  return {FileDescriptor(::dup(open(path.parent(), O_PATH | O_DIRECTORY).release())),",
        symptom="every command leaves a descriptor open", killed_by="commands_leak_no_descriptor",
    ),
    Mutant(
        id="S28", file=SITE, needle='return {504, "There is no such command behind SITE: see SITE HELP"};',
        replacement='return {200, "Nothing done"};',
        symptom="SITE says yes to everything", killed_by="site_says_what_it_has",
    ),
    Mutant(
        id="S28b", file=SITE, needle="std::from_chars(text.data(), end, mode, 8)",
        replacement="std::from_chars(text.data(), end, mode, 10)",
        symptom="the mode is read as decimal", killed_by="site_chmod_sets_permission_bits_only",
    ),
    Mutant(
        id="S28c", file=SITE, needle="if (mode > 0777) {", replacement="if (mode > 07777) {",
        symptom="setuid can be set", killed_by="site_chmod_sets_permission_bits_only",
    ),
    Mutant(
        id="S29", file="lab04_files/timestamp.cpp", needle="if (!date.ok()) {",
        replacement="if (date.year().is_leap() && !date.ok()) {",
        symptom="a 30th of February is taken for some day in March", killed_by="site_utime_sets_times_in_utc",
    ),
]
