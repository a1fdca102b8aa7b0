"""Wrong clients of lab 9 with many files, and with a person in front, each with one mistake."""

from autograder.kit.mutants import Mutant

DIRECTORY, ENTRY = "lab09_extensions/remote_directory.cpp", "lab09_extensions/remote_entry.cpp"
DOWN, UP = "lab09_extensions/tree_download.cpp", "lab09_extensions/tree_upload.cpp"
MANY, FACTS = "lab09_extensions/multiple_shell_commands.cpp", "lab09_extensions/facts_shell_commands.cpp"
FEATURES, LIST = "lab09_extensions/server_features.cpp", "lab09_extensions/list_line.cpp"
NETRC, OPTIONS = "lab09_extensions/netrc.cpp", "lab09_extensions/client_extensions.cpp"
LINE, EDITOR = "lab09_extensions/edited_line.cpp", "lab09_extensions/line_editor.cpp"

MUTANTS = [
    Mutant(
        id="X60", file=DIRECTORY, needle="} else if (matches(last, name)) {",
        replacement="} else if (matches(last, name) || !name.empty()) {",
        symptom="mget fetches all there is", killed_by=("mget_fetches_what_fits", "mput_and_mdelete_expand_patterns"),
    ),
    Mutant(
        id="X60b", file=DIRECTORY, needle="  if (!server_features(shell).mlst) {",
        replacement="  if (directory.empty()) {",
        symptom="names come by NLST though FEAT announces MLSD", killed_by="mget_fetches_what_fits",
    ),
    Mutant(
        id="X61", file=DIRECTORY, needle="name.find('/') == std::string_view::npos && ", replacement="",
        symptom="names with slashes are taken for safe",
        killed_by=("evil_names_are_refused", "a_tree_stays_in_its_directory"),
    ),
    Mutant(
        id="X61b", file=DIRECTORY, needle="out: \" + escape_controls(name));", replacement="out: \" + name);",
        symptom="control bytes of a bad name reach the terminal", killed_by="evil_names_are_refused",
    ),
    Mutant(
        id="X61c", file=DIRECTORY, needle=" &&\n         name.find('/') == std::string_view::npos && "
                                          "std::none_of(name.begin(), name.end(), is_control);",
        replacement=" &&\n         name.find('/') == std::string_view::npos && !is_control(name.front());",
        symptom="control bytes inside of a name are overlooked", killed_by="evil_names_are_refused",
    ),
    Mutant(
        id="X62", file=DIRECTORY, needle="  if (found.empty()) {",
        replacement="  if (found.empty() && pattern.empty()) {",
        symptom="a pattern that fits nothing is no error", killed_by="mput_and_mdelete_expand_patterns",
    ),
    Mutant(
        id="X62b", file=DIRECTORY, needle="return !std::filesystem::is_regular_file(name, ignored);",
        replacement="return name.empty();",
        symptom="mput takes directories for files", killed_by="mput_and_mdelete_expand_patterns",
    ),
    Mutant(
        id="X63", file=DOWN, needle="    make_local_directory(local);\n",
        replacement="    if (!entries.empty()) {\n      make_local_directory(local);\n    }\n",
        symptom="empty directories are not made", killed_by="get_r_fetches_a_tree",
    ),
    Mutant(
        id="X63b", file=DOWN, needle="if (!entry.unique.empty() && ", replacement="if (way_down_.size() > 200 && ",
        symptom="a loop is followed until the names are too long", killed_by="get_r_fetches_a_tree",
    ),
    Mutant(
        id="X63c", file=ENTRY, needle="entry.name = line.substr(space + 1);",
        replacement="entry.name = line.substr(line.rfind(' ') + 1);",
        symptom="of a name with blanks the last word counts", killed_by="get_r_fetches_a_tree",
    ),
    Mutant(
        id="X64", file=DIRECTORY, needle="return server_features(shell).mlst ? entries_by_facts",
        replacement="return shell.client().connected() ? entries_by_facts",
        symptom="MLSD is sent to a server that does not know it", killed_by="get_r_reads_listings_too",
    ),
    Mutant(
        id="X64b", file=LIST, needle="    entry = parse_dos(line);", replacement="    entry = std::nullopt;",
        also=((LIST, "std::optional<RemoteEntry> parse_dos(",
               "[[maybe_unused]] std::optional<RemoteEntry> parse_dos("),),
        symptom="listings as of MS-DOS are not understood", killed_by="get_r_reads_listings_too",
    ),
    Mutant(
        id="X64c", file=DIRECTORY, needle="    client.change_directory(home);\n", replacement="",
        symptom="the session stands in the directory that was listed last", killed_by="get_r_reads_listings_too",
    ),
    Mutant(
        id="X65", file=DOWN, needle="if (!is_safe_name(entry.name)) {",
        replacement="if (entry.kind == RemoteEntry::Kind::file && !is_safe_name(entry.name)) {",
        symptom="directories may have any name", killed_by="a_tree_stays_in_its_directory",
    ),
    Mutant(
        id="X66", file=UP, needle='if (!shell_.client().quote("CWD " + path).completed()) {',
        replacement='if (!shell_.client().quote("CWD " + path).preliminary()) {',
        symptom="a directory that is there already is an error", killed_by="put_r_sends_a_tree",
    ),
    Mutant(
        id="X66b", file=UP, needle="entry.is_directory(error) && !entry.is_symlink(error)",
        replacement="entry.is_directory(error)",
        symptom="links to directories are followed, upwards too", killed_by="put_r_sends_a_tree",
    ),
    Mutant(
        id="X67", file=FEATURES, needle="if (known.connection != connection) {",
        replacement="if (known.connection.empty()) {",
        symptom="what one server announced is believed of the next",
        killed_by="features_are_read_once_for_each_connection",
    ),
    Mutant(
        id="X67b", file=FEATURES, needle="    if (known.features.utf8) {", replacement="    if (known.features.size) {",
        symptom="OPTS UTF8 is sent to servers that do not announce it",
        killed_by="features_are_read_once_for_each_connection",
    ),
    Mutant(
        id="X67c", file=FACTS, needle="status.st_mtime >= time", replacement="status.st_mtime <= time",
        symptom="newer fetches what is older", killed_by="features_are_read_once_for_each_connection",
    ),
    Mutant(
        id="X68", file=NETRC, needle="if ((status.st_mode & 077U) != 0 && ",
        replacement="if ((status.st_mode & 077U) == 1 && ",
        symptom="a password that everybody may read is used", killed_by="netrc_tells_who_you_are",
    ),
    Mutant(
        id="X68b", file=NETRC, needle="      words.skip_macro();", replacement="      words.value(*keyword);",
        symptom="what stands in a macdef is taken for keywords", killed_by="netrc_tells_who_you_are",
    ),
    Mutant(
        id="X68c", file=OPTIONS, needle="wanted(options).netrc = false;", replacement="wanted(options).netrc = true;",
        symptom="-n does nothing", killed_by="netrc_tells_who_you_are",
    ),
    Mutant(
        id="X69", file=MANY, needle=".asks && shell.console().input_is_terminal();", replacement=".asks;",
        symptom="a script is asked too, and its next line is the answer", killed_by="mdelete_asks_a_person",
    ),
    Mutant(
        id="X69b", file=MANY, needle="case 'A': asks_ = false; return true;", replacement="case 'A': return true;",
        symptom="after `all` it is asked again", killed_by="mdelete_asks_a_person",
    ),
    Mutant(
        id="X70", file=LINE, needle="  const std::size_t begin = one_left();\n",
        replacement="  const std::size_t begin = cursor_ - std::min<std::size_t>(1, cursor_);\n",
        symptom="Backspace takes a byte, not a character", killed_by="a_line_can_be_edited",
    ),
    Mutant(
        id="X70b", file="lab09_extensions/completion.cpp", needle="completion.replacement = typed_word(common)",
        replacement="completion.replacement = common",
        symptom="a name with blanks that was completed is two words", killed_by="a_line_can_be_edited",
    ),
    Mutant(
        id="X70c", file=EDITOR, needle="  ~RawMode() { leave(); }",
        replacement="  ~RawMode() {\n    if (terminal_ < 0) {\n      leave();\n    }\n  }",
        symptom="the terminal stays in raw mode", killed_by="a_line_can_be_edited",
    ),
    Mutant(
        id="X71", file=EDITOR, needle='terminal != "dumb" && ', replacement="",
        symptom="escape sequences are written to a terminal that knows none",
        killed_by="the_terminal_is_left_as_it_was",
    ),
]
