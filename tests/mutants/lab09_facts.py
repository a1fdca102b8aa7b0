"""Wrong servers that tell of files what is not so, each with one mistake."""

from autograder.kit.mutants import Mutant

COMMANDS, FACTS = "lab09_extensions/fact_commands.cpp", "lab09_extensions/facts.cpp"
FINDER, PERM = "lab09_extensions/file_facts.cpp", "lab09_extensions/perm_letters.cpp"

MUTANTS = [
    Mutant(
        id="X21", file=COMMANDS,
        needle='" " + facts_text(facts, session.part<SelectedFacts>().facts) + " " + path.text()',
        replacement='facts_text(facts, session.part<SelectedFacts>().facts) + " " + path.text()',
        symptom="the line of MLST does not stand behind a blank", killed_by="mlst_tells_of_one_path",
    ),
    Mutant(
        id="X21b", file=FACTS,
        needle="    if (fact != Fact::size || S_ISREG(file.status.st_mode)) {\n", replacement="    if (true) {\n",
        symptom="a directory has a size", killed_by="mlst_tells_of_one_path",
    ),
    Mutant(
        id="X22", file=COMMANDS, needle='+ " " + path.text(),', replacement='+ " " + path.name(),',
        symptom="MLST of the working directory has no name", killed_by="mlst_names_what_it_was_asked_for",
    ),
    Mutant(
        id="X07", file=COMMANDS, needle='line.append(" ").append(name);',
        replacement='line.append("\\r\\n ").append(name);',
        symptom="facts and name are two lines", killed_by="mlsd_lists_a_directory",
    ),
    Mutant(
        id="X07b", file=COMMANDS, needle="    const std::optional<FileFacts> facts = if_known([&] { return finder.of(name); });\n",
        replacement="    std::optional<FileFacts> facts = if_known([&] { return finder.of(name); });\n"
        '    if (facts) {\n      facts->type = "cdir";\n    }\n',
        symptom="everything in a directory is the directory", killed_by="mlsd_lists_a_directory",
    ),
    Mutant(
        id="X23", file=FINDER, needle="return root.open(path, O_PATH);",
        replacement="return root.open(path, O_PATH | O_NOFOLLOW);",
        symptom="a link is not what it points to", killed_by="unique_knows_a_file_again",
    ),
    Mutant(
        id="X23b", file=COMMANDS, needle="  if (!path.is_root()) {", replacement="  if (true) {",
        symptom="there is a directory above the root", killed_by="unique_knows_a_file_again",
    ),
    Mutant(
        id="X24", file=COMMANDS, needle='return {501, "That is no directory: MLST tells of a file"};',
        replacement='return {550, "That is no directory: MLST tells of a file"};',
        symptom="MLSD of a file is 550", killed_by="mlsd_is_for_directories",
    ),
    Mutant(
        id="X25", file=COMMANDS, needle="  facts = *std::move(selection);",
        replacement="  facts.insert(facts.end(), selection->begin(), selection->end());",
        symptom="OPTS MLST adds facts, and never takes one away", killed_by="opts_mlst_selects_the_facts",
    ),
    Mutant(
        id="X25b", file=FACTS, needle="if (fact && !contains(selection, *fact)) {",
        replacement="if (!fact) {\n      return std::nullopt;\n    }\n    if (!contains(selection, *fact)) {",
        symptom="a fact that is unknown is refused", killed_by="opts_mlst_selects_the_facts",
    ),
    Mutant(
        id="X25c", file=FACTS, needle='(contains(selection, fact) ? "*;" : ";")', replacement='(true ? "*;" : ";")',
        symptom="FEAT marks every fact", killed_by="opts_mlst_selects_the_facts",
        also=((FACTS, "std::string facts_feature(const FactSelection& selection) {",
               "std::string facts_feature(const FactSelection& selection) {\n  static_cast<void>(selection);"),),
    ),
    Mutant(
        id="X26", file=PERM, needle="{'e', directory && access.own.search},", replacement="{'e', access.own.search},",
        symptom="a file can be entered", killed_by="perm_says_what_is_allowed",
        also=((FINDER, "  return rights_at(directory_.get(), name.c_str(), searched);", "  return {true, true, true};"),
              (FINDER, "& all) == all) {\n    return {true, true, searched};", "& all) == all) {\n    return {true, true, true};")),
    ),
    Mutant(
        id="X26b", file=PERM, needle="const bool moved = in_parent && !access.fixed;",
        replacement="const bool moved = in_parent;",
        symptom="the root can be removed", killed_by="perm_says_what_is_allowed",
    ),
    Mutant(
        id="X27", file=FINDER, needle="may_write_(session.user() && !session.user()->read_only),",
        replacement="may_write_(true),",
        symptom="a reader is told that he may write", killed_by="perm_of_a_reader_is_to_read",
    ),
    Mutant(
        id="X59", file=FACTS, needle='"perm", "unique",', replacement='"permissions", "unique",',
        symptom="the fact perm has another name", killed_by="perm_says_what_is_allowed",
    ),
]
