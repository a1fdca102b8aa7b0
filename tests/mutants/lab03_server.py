"""Wrong parameters, logs and ends of an FTP server, each with the one mistake that its scenario must find."""

from autograder.kit.mutants import Mutant

SESSION, PARAMETERS = "lab03_login/session.cpp", "lab03_login/parameter_commands.cpp"
SERIAL, PROGRAM = "lab03_login/serial_server.cpp", "lab03_login/server_program.cpp"
SEND = "  session.control().send(reply);\n"

MUTANTS = [
    Mutant(
        id="P01", file=PARAMETERS, needle="  return is_missing(text) ? Reply(504",
        replacement='  if (text.starts_with("L ")) {\n    return {200, "Type set"};\n  }\n'
                    '  return is_missing(text) ? Reply(504',
        symptom="every byte size is accepted", killed_by="type_sets_what_there_is",
    ),
    Mutant(
        id="P02", file=PARAMETERS, needle="choice.argument == text",
        replacement="choice.argument.front() == text.front()",
        symptom="only the first letter of TYPE is looked at", killed_by="type_sets_what_there_is",
    ),
    Mutant(
        id="P03", file=PARAMETERS, needle="    return {504, std::string(\"Only \") + chosen + \" is implemented\"};",
        replacement="    return {200, std::string(\"Set to \") + text};",
        symptom="STRU P is accepted, and done by nobody", killed_by="mode_structure_and_allocation",
    ),
    Mutant(
        id="P04", file=PARAMETERS, needle='text.find_first_not_of("0123456789") == std::string_view::npos',
        replacement="text.front() >= '0' && text.front() <= '9'",
        symptom="ALLO takes the first digits (atoi)", killed_by="mode_structure_and_allocation",
    ),
    Mutant(
        id="S01", file=SESSION, needle='reply.failed() ? "FAILURE" : "SUCCESS"',
        replacement='session.ended() ? "FAILURE" : "SUCCESS"',
        symptom="the log says SUCCESS of everything", killed_by="every_request_is_logged",
    ),
    Mutant(
        id="S02", file=SESSION, needle='command->verb == "PASS" || command->verb == "ACCT"',
        replacement='line.text.starts_with("PASS ")',
        symptom="`pass` in lower case shows the password in the log", killed_by="log_keeps_secrets",
    ),
    Mutant(
        id="S03", file=SESSION, needle='session.awaiting() == "USER" || ', replacement="",
        symptom="a password typed without PASS is logged", killed_by="log_keeps_secrets",
    ),
    Mutant(
        id="S04", file=SESSION, needle="Deadline::after(session.options().idle_timeout)",
        replacement="Deadline::never()",
        symptom="an idle client holds the server for ever", killed_by="idle_client_is_sent_away",
    ),
    Mutant(
        id="S05", file=SESSION, needle='    session.control().send({421, "The server is going down"});',
        replacement="    return;",
        symptom="the server goes down without a word", killed_by="ftp_server_stops_when_asked",
    ),
    Mutant(
        id="S06", file=SERIAL, needle="    } catch (const Stopped&) {\n      return;",
        replacement="    } catch (const Stopped&) {\n      continue;",
        symptom="SIGTERM is caught and forgotten", killed_by="ftp_server_stops_when_asked",
    ),
    Mutant(
        id="S07", file=PROGRAM, needle="  check_root(options.root);\n", replacement="",
        also=((PROGRAM, "void check_root(", "[[maybe_unused]] void check_root("),),
        symptom="a root that is not there is found out by the first client", killed_by="bad_command_line_is_refused",
    ),
    Mutant(
        id="S09", file=SESSION, needle="= session.options().banner; !banner.empty();) {",
        replacement="= session.options().banner; lines.empty() && !banner.empty();) {",
        symptom="only the first line of the banner is sent", killed_by="banner_is_one_greeting",
    ),
    Mutant(
        id="S08", file=SESSION, needle=SEND, replacement=SEND + "  while (session.control().buffered_line()) {\n  }\n",
        symptom="what came together with a line is thrown away", killed_by="login_sent_in_one_go",
    ),
]
