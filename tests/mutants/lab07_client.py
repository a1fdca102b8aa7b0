"""Wrong clients of lab 7, each with one mistake."""

from autograder.kit.mutants import Mutant

ACTIVE, EXTENDED = "lab07_active/active_method.cpp", "lab07_active/extended_passive_method.cpp"
TEXT, DATA = "lab07_active/text_shell_commands.cpp", "lab07_active/data_shell_commands.cpp"
ADDRESS = "lab07_active/extended_address.cpp"
WAIT = 'waiter.wait(listener_.descriptor(), POLLIN, deadline, "waiting for the server\'s data connection");'

MUTANTS = [
    Mutant(
        id="A20", file=DATA, needle="choices.active = options.more.find<ActiveWanted>() != nullptr;",
        replacement="choices.active = false;",
        symptom="--active is accepted and ignored", killed_by="the_client_listens_in_active_mode",
    ),
    Mutant(
        id="A20b", file=DATA, needle="choices.active = active;\n  use_chosen_method(shell);",
        replacement="choices.active = active;",
        symptom="`active` prints something and changes nothing", killed_by="active_and_passive_switch",
    ),
    Mutant(
        id="A21", file=ACTIVE, needle="if (stream.peer().same_host(server_)) {",
        replacement="if (stream.peer().port() != 0) {",
        symptom="whoever connects first is taken for the server", killed_by="the_client_hangs_up_on_strangers",
    ),
    Mutant(
        id="A22", file=ACTIVE, needle=WAIT, replacement="static_cast<void>(waiter);",
        also=((ACTIVE, "accept(Deadline::after(std::chrono::milliseconds(0)))", "accept(deadline)"),),
        symptom="the client waits for a server that has given up",
        killed_by="a_server_that_cannot_connect_is_not_waited_for",
    ),
    Mutant(
        id="A23", file=EXTENDED, needle="    refused_on_ = connection;\n", replacement="",
        symptom="EPSV is asked again and again", killed_by="epsv_comes_first_and_pasv_when_it_is_refused",
    ),
    Mutant(
        id="A24", file=ADDRESS, needle="is_delimiter(inside[0]) && ", replacement="inside[0] == '|' && ",
        symptom="only | is understood in a 229", killed_by="the_answer_to_epsv_is_read_by_its_delimiters",
    ),
    Mutant(
        id="A25", file=TEXT, needle="target.write(decoder.convert({bytes.data(), bytes.size()}));",
        replacement="target.write(bytes);",
        symptom="TYPE A is asked for, and CR LF stays in the local file",
        killed_by=("ascii_converts_on_the_client_too", "both_programs_work_together_actively"),
    ),
    Mutant(
        id="A25b", file=TEXT, needle="encoder_.convert({raw_.data(), got})",
        replacement="std::string_view(raw_.data(), got)",
        symptom="TYPE A is asked for, and LF alone is sent", killed_by="ascii_converts_on_the_client_too",
    ),
    Mutant(
        id="A25c", file=TEXT, needle="  target.write(decoder.finish());\n", replacement="",
        symptom="a CR at the end of a text is lost", killed_by="ascii_converts_on_the_client_too",
    ),
    Mutant(
        id="A26", file=TEXT, needle='use_type(ascii ? "A" : "I");', replacement='use_type("A");',
        symptom="after `binary` the server still converts", killed_by="binary_is_the_default_and_comes_back",
    ),
    Mutant(
        id="A27", file=ADDRESS, needle='return "|" + std::to_string(network_of(address)) + "|"',
        replacement='return "|1|"',
        symptom="EPRT names the wrong network", killed_by="the_client_speaks_ipv6",
    ),
]
