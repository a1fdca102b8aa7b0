"""Wrong clients of lab 9 that continue files, each with one mistake."""

from autograder.kit.mutants import Mutant

RESUME, RETRY = "lab09_extensions/resume.cpp", "lab09_extensions/retry.cpp"
WHOLE, PARTIAL = "lab09_extensions/whole_transfer.cpp", "lab09_extensions/partial_target.cpp"
ATTEMPT = "with_retries(shell, [&] { run_abortably(shell, [&] { download_rest(shell, remote, target); }); });"

MUTANTS = [
    Mutant(
        id="X50", file=RESUME, needle='return {command, offset == 0 ? "" : "REST " + std::to_string(offset)};',
        replacement='return {command, offset == 0 ? "" : ""};',
        symptom="REST is never sent", killed_by=("reget_continues", "reput_continues"),
    ),
    Mutant(
        id="X50b", file=RESUME, needle='"REST " + std::to_string(offset)}',
        replacement='"REST " + std::to_string(offset + 1)}',
        symptom="the offset is one too far", killed_by="reget_continues",
    ),
    Mutant(
        id="X50c", file=PARTIAL, needle="O_WRONLY | O_APPEND | O_CLOEXEC", replacement="O_WRONLY | O_TRUNC | O_CLOEXEC",
        symptom="reget empties the local file", killed_by="reget_continues",
    ),
    Mutant(
        id="X51", file=RESUME, needle="  if (have > total) {", replacement="  if (have > total && have == 0) {",
        symptom="reget does not see that the remote file is shorter", killed_by="reget_looks_before_it_continues",
    ),
    Mutant(
        id="X51b", file=RESUME, needle="server_features(shell).mdtm && ", replacement="have > total && ",
        symptom="reget puts an old half and a new one together", killed_by="reget_looks_before_it_continues",
    ),
    Mutant(
        id="X52", file=RESUME, needle="if (bytes.size() > total - target.size()) {",
        replacement="if (bytes.size() > total) {",
        symptom="a server that forgets REST makes the local file longer than the remote one",
        killed_by="reget_loses_nothing_where_the_server_cannot",
    ),
    Mutant(
        id="X52b", file=RESUME, needle="  const std::uint64_t total = needed_size(client, remote);",
        replacement="  const std::uint64_t total = known_size(shell, remote).value_or(have + 10);",
        symptom="nothing is said where there is no SIZE", killed_by="reget_loses_nothing_where_the_server_cannot",
    ),
    Mutant(
        id="X53", file=RESUME, needle=ATTEMPT,
        replacement=f"const auto size = target.size();\n  try {{\n    {ATTEMPT}\n  }} catch (...) {{\n"
                    "    target.cut(size);\n    throw;\n  }",
        symptom="what came before it broke is thrown away", killed_by="reget_keeps_what_came",
    ),
    Mutant(
        id="X54", file=RESUME, needle="  file.skip(have);\n", replacement="",
        symptom="reput sends the beginning again", killed_by="reput_continues",
    ),
    Mutant(
        id="X54b", file=RESUME, needle="  if (have > file.size()) {",
        replacement="  if (have > file.size() && have == 0) {",
        symptom="reput says nothing of a remote file that is larger", killed_by="reput_continues",
    ),
    Mutant(
        id="X55", file=RETRY, needle="        reopen(shell, directory);\n", replacement="",
        symptom="the control connection is not made anew", killed_by="a_get_survives_a_broken_connection",
    ),
    Mutant(
        id="X55b", file=RETRY, needle="  destination.path = directory;\n", replacement="",
        also=((RETRY, "void reopen(Shell& shell, const std::string& directory) {",
               "void reopen(Shell& shell, const std::string& /*directory*/) {"),),
        symptom="the new session stands in another directory", killed_by="a_get_survives_a_broken_connection",
    ),
    Mutant(
        id="X55c", file="lab06_client/session_shell_commands.cpp", needle="*(last.password = password())",
        replacement="password()",
        symptom="the password is not known any more when the connection has to be made anew",
        killed_by="a_get_survives_a_broken_connection",
    ),
    Mutant(
        id="X55d", file=WHOLE, needle="if (have_ > 0 && !(size && ", replacement="if (have_ > 0 || !(size && ",
        symptom="a get begins again at every try", killed_by="a_get_survives_a_broken_connection",
    ),
    Mutant(
        id="X56", file=RETRY, needle="if (again == most || ", replacement="if (again == most + 1 || ",
        symptom="one more try than was asked for", killed_by="retries_are_bounded",
    ),
    Mutant(
        id="X56b", file=RETRY, needle="return error.reply().kind() == 4;",
        replacement="return error.reply().kind() >= 4;",
        symptom="a refusal is tried again", killed_by="retries_are_bounded",
    ),
    Mutant(
        id="X57", file=WHOLE, needle=" && !known_size(shell_, remote_);", replacement=";",
        symptom="an older file is taken for the beginning of what is sent",
        killed_by="a_put_is_continued_only_where_it_is_its_own",
    ),
    Mutant(
        id="X57b", file=WHOLE, needle="    file.skip(offset);\n", replacement="",
        symptom="a put sends the beginning again behind REST", killed_by="a_put_is_continued_only_where_it_is_its_own",
    ),
    Mutant(
        id="X58", file=RESUME, needle='  client.require("TYPE I");\n', replacement="",
        symptom="SIZE is asked for in TYPE A, where line ends count twice, or is refused",
        killed_by="both_programs_continue_and_move_trees",
    ),
]
