"""Wrong clients at the keyboard: prompts, words, logins and what is shown, each with its one mistake."""

from autograder.kit.mutants import Mutant

PROGRAM, CONSOLE, SHELL = "lab06_client/client_program.cpp", "lab06_client/console.cpp", "lab06_client/shell.cpp"
COMMANDS, CLIENT = "lab06_client/session_shell_commands.cpp", "lab06_client/client.cpp"
WORDS, LOCAL = "lab06_client/command_line.cpp", "lab06_client/local_command.cpp"
PROGRESS, TABLE = "lab06_client/progress.cpp", "lab06_client/shell_table.cpp"
DIALOGUE, REPLY, ERROR = "lab02_lines/dialogue.cpp", "lab02_lines/reply.cpp", "lab06_client/ftp_error.h"
FED = "    parser_.feed({buffer.data(), got});"

MUTANTS = [
    Mutant(
        id="K16", file=PROGRAM, needle='"Enter server port: "', replacement='"Enter server port:"',
        symptom="the question lacks its blank", killed_by="client_asks_for_the_port_and_prompts",
    ),
    Mutant(
        id="K16b", file=SHELL, needle="console_.ask(prompt)", replacement='console_.ask("\\nftp> ")',
        symptom="a line break before each prompt",
        killed_by=("client_asks_for_the_port_and_prompts", "client_prompts_on_a_pipe_too"),
    ),
    Mutant(
        id="K16c", file=CONSOLE, needle="  print(prompt);\n  return read_line();",
        replacement="  if (::isatty(input_) == 1) {\n    print(prompt);\n  }\n  return read_line();",
        symptom="no prompts on a pipe", killed_by="client_prompts_on_a_pipe_too",
    ),
    Mutant(
        id="K16d", file=CONSOLE, needle="return ::isatty(error_) == 1;", replacement="return true;",
        also=((PROGRESS, "first_drawn_after = 500ms", "first_drawn_after = 0ms"),),
        symptom="a progress bar in the log file", killed_by="client_prompts_on_a_pipe_too",
    ),
    Mutant(
        id="K12", file=PROGRESS, needle='std::to_string(result.bytes) + unit + std::string(done)',
        replacement="std::string(done)",
        symptom="the number of bytes is not shown", killed_by="client_session_in_a_terminal",
    ),
    Mutant(
        id="K13", file=SHELL, needle="words.size() < row->least || words.size() > row->most",
        replacement="words.size() > row->most",
        symptom="`get` alone crashes", killed_by="client_takes_nonsense_calmly",
    ),
    Mutant(
        id="K13b", file=TABLE, needle="::strncasecmp(a.data(), b.data(), a.size()) == 0", replacement="a == b",
        symptom="GET is an unknown command", killed_by="client_takes_nonsense_calmly",
    ),
    Mutant(
        id="K14", file=SHELL, needle="  if (line.empty()) {\n    return;\n  }\n", replacement="",
        symptom="an empty line is an unknown command", killed_by="client_takes_nonsense_calmly",
    ),
    Mutant(
        id="K14b", file=SHELL, needle='        console_.print("\\n");\n        return;',
        replacement="        continue;",
        symptom="prompts for ever at the end of input", killed_by="client_quits_at_the_end_of_input",
    ),
    Mutant(
        id="K15", file=SHELL, needle="  console_.error(message);\n", replacement="  static_cast<void>(message);\n",
        symptom="nothing is shown when a command fails",
        killed_by=("client_shows_every_refusal", "client_takes_nonsense_calmly"),
    ),
    Mutant(
        id="K15b", file=SHELL, needle="  failed_ = true;\n", replacement="",
        symptom="status 0 though commands failed", killed_by="client_shows_every_refusal",
    ),
    Mutant(
        id="K15c", file=CLIENT, needle='  require("RNFR " + from, 3);', replacement='  quote("RNFR " + from);',
        symptom="RNTO is sent though RNFR was refused", killed_by="client_shows_every_refusal",
    ),
    Mutant(
        id="K19", file=WORDS, needle="quoting.take(c) == Quoting::Role::bare && c == ';'", replacement="c == ';'",
        symptom="-e is cut at semicolons within quotes", killed_by="client_carries_out_its_e_option",
    ),
    Mutant(
        id="K19b", file=PROGRAM, needle="      if (!shell.ended()) {\n", replacement="      if (true) {\n",
        symptom="-e goes on after quit", killed_by="client_carries_out_its_e_option",
    ),
    Mutant(
        id="K17", file=LOCAL, needle="POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF",
        replacement="POSIX_SPAWN_SETSIGDEF",
        symptom="what runs behind ! cannot be ended", killed_by="client_has_a_local_side",
    ),
    Mutant(
        id="K21", file=COMMANDS, needle="const bool secret =\n      line.size() > 5",
        replacement="const bool secret =\n      line.size() > 500",
        symptom="--verbose shows the password", killed_by="client_shows_the_dialogue_when_verbose",
    ),
    Mutant(
        id="K21b", file=CONSOLE, needle="silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);", replacement="",
        symptom="the password is seen as it is typed", killed_by="client_asks_who_you_are",
    ),
    Mutant(
        id="K22", file=CLIENT, needle="  if (reply.intermediate()) {\n    reply = quote(\"PASS",
        replacement="  if (!reply.failed()) {\n    reply = quote(\"PASS",
        symptom="PASS is sent though USER sufficed", killed_by="client_logs_in_as_it_is_told",
    ),
    Mutant(
        id="K22b", file=CLIENT, needle="return reply.completed() ? reply : throw FtpError(reply);",
        replacement="return reply;",
        symptom="a refused login is taken for one", killed_by="client_logs_in_as_it_is_told",
    ),
    Mutant(
        id="K22c", file=CLIENT, needle="  if (reply.intermediate()) {\n    reply = quote(\"PASS",
        replacement="  if (reply.code == 331) {\n    reply = quote(\"PASS",
        symptom="only 331 asks for a password", killed_by="client_decides_on_the_first_digit",
    ),
    Mutant(
        id="K23", file=CLIENT, needle="text[++i] != '\"'", replacement="text[i] == '\"'",
        symptom="pwd ends at the first doubled quote", killed_by="client_changes_directories_and_names",
    ),
    Mutant(
        id="K23b", file=CLIENT, needle="return reply.kind() == kind ? reply : throw FtpError(reply);",
        replacement="return reply.kind() == kind && (reply.code <= 257 || reply.code == 350) ? reply\n"
        "                                                                                  : throw FtpError(reply);",
        symptom="299 is no success",
        killed_by=("client_changes_directories_and_names", "client_decides_on_the_first_digit"),
    ),
    Mutant(
        id="K24", file=COMMANDS, needle='"send a line as it is and show the whole reply", Takes::rest}',
        replacement='"send a line as it is and show the whole reply"}',
        symptom="quote takes the line apart", killed_by="client_quotes_any_line",
    ),
    Mutant(
        id="K24b", file=COMMANDS, needle="  for (const std::string& line : reply.numbered_lines()) {\n"
        "    shell.console().print_foreign(line);\n  }\n  if (reply.failed())",
        replacement="  shell.console().print_foreign(reply.numbered_lines().back());\n  if (reply.failed())",
        symptom="quote shows the last line only", killed_by="client_quotes_any_line",
    ),
    Mutant(
        id="K25", file=WORDS, needle="""if (c == '"' || c == '\\'') {""", replacement="""if (c == '"') {""",
        symptom="single quotes hold nothing together", killed_by="client_sends_any_name",
    ),
    Mutant(
        id="K25b", file=DIALOGUE, needle="telnet_encode(line)", replacement="line",
        symptom="0xFF in a name is not doubled", killed_by="client_sends_any_name",
    ),
    Mutant(
        id="K25c", file=DIALOGUE, needle="byte == '\\n' || byte == '\\0'", replacement="byte == '\\n'",
        symptom="a NUL is sent", killed_by="client_sends_any_name",
    ),
    Mutant(
        id="K05", file=REPLY, needle='line.starts_with(std::to_string(unfinished_->code) + " ")',
        replacement="line.starts_with(std::to_string(unfinished_->code))",
        symptom="a line that begins with the code ends the reply", killed_by="client_reads_replies_of_any_shape",
    ),
    Mutant(
        id="K05b", file=CLIENT, needle="const Reply greeting = read_final();",
        replacement="const Reply greeting = read();",
        symptom="120 is taken for a refusal", killed_by="client_reads_replies_of_any_shape",
    ),
    Mutant(
        id="K26", file=DIALOGUE, needle="      throw ConnectionClosed();", replacement="      continue;",
        symptom="waits for ever for a server that has gone", killed_by="client_notices_that_the_session_has_ended",
    ),
    Mutant(
        id="K27", file=DIALOGUE, needle=FED,
        replacement='    if (std::string_view(buffer.data(), got).find("\\xff\\xfd") != std::string_view::npos) {\n'
                    '      stream_.write_all("\\xff\\xfc\\x01", deadline);\n    }\n' + FED,
        symptom="answers Telnet options", killed_by="client_never_negotiates",
    ),
    Mutant(
        id="K27b", file=DIALOGUE, needle="    if (!text.empty()) {", replacement="    if (true) {",
        symptom="an option that comes between replies is waited upon for a reply", killed_by="client_never_negotiates",
    ),
    Mutant(
        id="K28", file=CLIENT, needle="  drop_stray_replies();\n  in_step", replacement="  in_step",
        symptom="out of step after a reply too many",
        killed_by="client_stays_in_step_with_a_server_that_says_too_much",
    ),
    Mutant(
        id="K20", file=ERROR, needle="std::runtime_error(context + reply.summary())",
        replacement="std::runtime_error([&] {\n          char text[1000];\n"
        "          return std::string(std::strcpy(text, (context + reply.summary()).c_str()));\n        }())",
        also=((ERROR, "#include <stdexcept>", "#include <cstring>\n#include <stdexcept>"),),
        symptom="a long reply overflows a buffer", killed_by="client_survives_odd_replies",
    ),
    Mutant(
        id="K29", file=CONSOLE, needle="output_is_terminal_ ? escape_controls(line) : std::string(line)",
        replacement="line",
        symptom="the terminal obeys what the server lists", killed_by="client_shows_no_control_bytes",
    ),
]
