"""Wrong servers that promise too much, or mishear what is asked of them, each with one mistake."""

from autograder.kit.mutants import Mutant

FEATURES, GREETING = "lab09_extensions/feature_commands.cpp", "lab09_extensions/greeting_commands.cpp"
HOST, PATTERN = "lab09_extensions/host_name.cpp", "lab09_extensions/pattern_commands.cpp"
WILDCARD, HASH = "lab09_extensions/wildcard.cpp", "lab09_extensions/hash_commands.cpp"
ATTRIBUTES, LISTING = "lab09_extensions/attribute_commands.cpp", "lab05_passive/listing.cpp"

MUTANTS = [
    Mutant(
        id="X10", file=FEATURES, needle='lines.push_back(" " + std::string(feature.text) + behind);',
        replacement="lines.push_back(std::string(feature.text) + behind);",
        symptom="the features of FEAT do not stand behind a blank", killed_by="feat_lists_what_there_is",
    ),
    Mutant(
        id="X10b", file=FEATURES, needle='    Feature{"REST", "REST STREAM"},',
        replacement='    Feature{"REST", "REST STREAM"},\n    Feature{"MLSD", "MLSD"},',
        symptom="FEAT lists MLSD beside MLST", killed_by="feat_lists_what_there_is",
    ),
    Mutant(
        id="X11", file=FEATURES, needle='    Feature{"AVBL", "AVBL"},',
        replacement='    Feature{"", "AVBL"},\n    Feature{"", "RMDA"},',
        symptom="FEAT lists a command that is not there", killed_by="feat_keeps_its_promises",
    ),
    Mutant(
        id="X11b", file=FEATURES, needle='    Feature{"CLNT", "CLNT"},\n', replacement="",
        symptom="FEAT forgets a command that is there", killed_by="feat_keeps_its_promises",
    ),
    Mutant(
        id="X12", file=FEATURES, needle='return {501, "There are no options for that"};',
        replacement='return {502, "There are no options for that"};',
        symptom="OPTS of something without options is 502", killed_by="opts_is_answered_by_200_or_501",
    ),
    Mutant(
        id="X12b", file=FEATURES, needle='"OPTS " + to_upper(text.substr(0, blank))',
        replacement='"OPTS " + text.substr(0, blank)',
        symptom="OPTS knows capital letters only", killed_by="opts_is_answered_by_200_or_501",
    ),
    Mutant(
        id="X13", file=GREETING, needle='return english ? Reply(200, "This is English") : Reply(504, "English only");',
        replacement='static_cast<void>(english);\n  return {200, "This is English"};',
        symptom="every language is English", killed_by="languages_are_offered_and_refused",
    ),
    Mutant(
        id="X13b", file=GREETING, needle="if (argument.given() && !is_language_tag(tag)) {", replacement="if (false) {",
        symptom="what is no language tag is a language unknown", killed_by="languages_are_offered_and_refused",
    ),
    Mutant(
        id="X14", file=GREETING, needle="  if (session.user()) {\n", replacement="  if (false) {\n",
        symptom="HOST is taken behind the login", killed_by="host_comes_before_the_login",
    ),
    Mutant(
        id="X14b", file=GREETING, needle='{"HOST", anytime, ', replacement='{"HOST", {}, ',
        symptom="HOST wants a login first", killed_by="host_comes_before_the_login",
    ),
    Mutant(
        id="X15", file=HOST, needle="return host == own || ", replacement="return !host.empty() || ",
        symptom="the server answers to every name", killed_by="hosts_are_told_apart",
    ),
    Mutant(
        id="X15b", file=HOST, needle="c == '-';", replacement="c == '-' || c == ':';",
        symptom="a port is a part of the host's name", killed_by="hosts_are_told_apart",
    ),
    Mutant(
        id="X16", file="lab03_login/command_table.cpp", needle="    case ENOENT:\n", replacement="",
        symptom="what is not there is a local error", killed_by="codes_keep_to_the_tables",
    ),
    Mutant(
        id="X17", file=LISTING, needle=r"return name.find('\r') == std::string_view::npos",
        replacement=r'return name.find_first_of("\r\xe9") == std::string_view::npos',
        symptom="names that are no UTF-8 are not listed", killed_by="names_travel_in_their_own_bytes",
    ),
    Mutant(
        id="X18", file=ATTRIBUTES,
        needle="const FileDescriptor file = session.service<Root>().open_file(argument.as<VirtualPath>(), O_RDONLY);",
        replacement="const std::vector<std::string> fitting = names_matching(\n"
        "      session.service<Root>(), argument.as<VirtualPath>().parent(), argument.as<VirtualPath>().name());\n"
        "  const VirtualPath name = fitting.empty() ? argument.as<VirtualPath>()\n"
        "                                           : argument.as<VirtualPath>().parent().resolve(fitting.front());\n"
        "  const FileDescriptor file = session.service<Root>().open_file(name, O_RDONLY);",
        symptom="SIZE takes its name for a pattern", killed_by="programs_mean_names_as_they_are",
        also=((ATTRIBUTES, '#include "path_commands.h"', '#include "path_commands.h"\n#include "pattern_commands.h"'),),
    ),
    Mutant(
        id="X19", file=PATTERN, needle="      sender.write(pattern->before + name);",
        replacement="      sender.write(name);",
        symptom="NLST d/* gives names without their directory", killed_by="patterns_list_what_fits_them",
    ),
    Mutant(
        id="X19b", file=WILDCARD, needle="if (name.starts_with('.') && !pattern.starts_with('.')) {",
        replacement="if (false) {",
        symptom="* takes hidden names", killed_by="patterns_list_what_fits_them",
    ),
    Mutant(
        id="X20", file=WILDCARD, needle="    if (pattern.starts_with('*')) {\n      pattern.remove_prefix(1);",
        replacement="    if (pattern.starts_with('*')) {\n"
        "      pattern.remove_prefix(1);\n"
        "      for (std::string_view rest = name;; rest.remove_prefix(1)) {\n"
        "        if (matches(pattern, rest) || rest.empty()) {\n"
        "          return matches(pattern, rest);\n"
        "        }\n"
        "      }",
        symptom="each star of a pattern multiplies the time", killed_by="no_pattern_keeps_the_server_busy",
    ),
]
