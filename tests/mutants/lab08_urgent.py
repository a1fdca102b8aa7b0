"""Wrong answers to what is said in the middle of a transfer, and wrong clients, each with one mistake."""

from autograder.kit.mutants import Mutant

WAITER, COMMANDS = "lab08_concurrency/urgent_waiter.cpp", "lab08_concurrency/urgent_commands.cpp"
SESSION = "lab08_concurrency/concurrent_session.cpp"
INTERRUPTS, SHELL = "lab08_concurrency/interrupt_waiter.cpp", "lab08_concurrency/abortable_commands.cpp"
KEEP_ABOR = "    watch_.waiting->push_back(line);\n    if (command"
KEEP_OTHER = "    watch_.waiting->push_back(line);\n    return;\n  }\n  if (row->verb"
ONE_BY_ONE = "  const CommandRow* row = command ?"

MUTANTS = [
    Mutant(
        id="U01", file=COMMANDS, needle='      {"ABOR", urgent, takes::nothing, abor, ""},\n', replacement="",
        also=((COMMANDS, "Reply abor(", "[[maybe_unused]] Reply abor("),
              (COMMANDS, "constexpr Policy urgent{", "[[maybe_unused]] constexpr Policy urgent{")),
        symptom="ABOR is not implemented", killed_by="abor_with_nothing_to_abort",
    ),
    Mutant(
        id="U02", file=COMMANDS, needle="constexpr Policy urgent{.urgent = true}", replacement="constexpr Policy urgent{}",
        symptom="ABOR is seen when the transfer is over", killed_by="abor_ends_a_download",
    ),
    Mutant(
        id="U03", file=WAITER, needle=KEEP_ABOR, replacement="    if (command",
        symptom="ABOR in a transfer gets no reply of its own",
        killed_by="abor_ends_a_download",
    ),
    Mutant(
        id="U04", file=WAITER, needle=KEEP_ABOR, replacement="    handle_line(session_, line);\n    if (command",
        symptom="226 comes before 426", killed_by="abor_ends_a_download",
    ),
    Mutant(
        id="U05", file="lab05_passive/passive_commands.cpp", needle="offset == 0 ? Upload::replacing",
        replacement="offset < 0 ? Upload::replacing",
        symptom="half an upload is what is left of the old file",
        killed_by=("abor_ends_an_upload", "losing_the_control_connection_ends_a_transfer",
                   "sigterm_ends_transfers_too"),
    ),
    Mutant(
        id="U06", file="lab05_passive/data_channel.cpp", needle="    waiter.wait(listener_.descriptor(),",
        replacement="    Waiter().wait(listener_.descriptor(),",
        symptom="nobody watches the control connection while the data connection is waited for",
        killed_by=("abor_ends_the_wait_for_data", "stat_does_not_disturb_an_upload"),
    ),
    Mutant(
        id="U07", file="lab02_lines/control_connection.cpp", needle="const int on = 1;", replacement="const int on = 0;",
        symptom="urgent data are taken out of the line, and half a Telnet command is left",
        killed_by="abor_comes_with_a_telnet_synch",
    ),
    Mutant(
        id="U08", file=WAITER, needle="    act_on_lines();\n    watched.assign", replacement="    watched.assign",
        symptom="what was read together with the transfer command is not seen",
        killed_by="abor_arrives_together_with_the_command",
    ),
    Mutant(
        id="U09", file=WAITER, needle='  if (row->verb == "ABOR") {',
        replacement='  if (row->verb == "ABOR" && !watch_.waiting->empty()) {\n    watch_.waiting->push_back(line);\n'
                    '    return;\n  }\n  if (row->verb == "ABOR") {',
        symptom="ABOR counts only if it is the first of what has come", killed_by="abor_behind_other_commands",
    ),
    Mutant(
        id="U10", file=WAITER, needle="{ watch_.running = false; }", replacement="{}",
        also=(("lab08_concurrency/urgent_waiter.h", "class UrgentWaiter", "class [[maybe_unused]] UrgentWaiter"),),
        symptom="a transfer seems to run for ever",
        killed_by=("many_aborts_leave_nothing_behind", "stat_shows_a_transfer"),
    ),
    Mutant(
        id="U11", file=COMMANDS, needle="  status.policy.urgent = true;\n", replacement="",
        symptom="STAT is answered when the transfer is over", killed_by="stat_shows_a_transfer",
    ),
    Mutant(
        id="U12", file=WAITER, needle="  session_.count_bytes(watch_.bytes);", replacement="  ",
        symptom="each STAT sets the count of bytes back", killed_by="stat_shows_a_transfer",
    ),
    Mutant(
        id="U13", file=WAITER, needle=ONE_BY_ONE,
        replacement='  if (command && command->verb == "QUIT") {\n    session_.end();\n    throw ControlClosed();\n  }\n'
                    + ONE_BY_ONE,
        symptom="QUIT breaks the transfer off", killed_by="quit_lets_the_transfer_end_first",
    ),
    Mutant(
        id="U14", file=WAITER, needle="asks_to_quit)) {", replacement="[](const Line&) { return false; })) {",
        also=((WAITER, "bool asks_to_quit(", "[[maybe_unused]] bool asks_to_quit("),),
        symptom="the end of the control connection behind QUIT breaks the transfer off",
        killed_by="quit_lets_the_transfer_end_first",
    ),
    Mutant(
        id="U15", file=WAITER, needle="!row->policy.urgent || ", replacement="",
        symptom="every command is carried out in the middle of the transfer", killed_by="other_commands_wait_their_turn",
    ),
    Mutant(
        id="U16", file=WAITER, needle=KEEP_OTHER, replacement=KEEP_OTHER.replace("push_back", "push_front"),
        symptom="what was kept is carried out in the wrong order", killed_by="other_commands_wait_their_turn",
    ),
    Mutant(
        id="U17", file=SESSION, needle="next_line(session, *waiting, timer)",
        replacement="next_line(session, *session.part<TransferWatch>().waiting, timer)",
        also=((SESSION, "      session.part<TransferWatch>().waiting = waiting;", "      "),),
        symptom="REIN forgets what was said behind it", killed_by="rein_keeps_what_was_said_behind_it",
    ),
    Mutant(
        id="U18", file=WAITER, needle=KEEP_OTHER,
        replacement="    if (watch_.waiting->size() < most_waiting) {\n      watch_.waiting->push_back(line);\n    }\n"
                    "    return;\n  }\n  if (row->verb",
        also=((WAITER, "while (watch_.waiting->size() < most_waiting) {", "while (true) {"),
              (WAITER, "const bool full = watch_.waiting->size() >= most_waiting;", "const bool full = false;")),
        symptom="what is over the limit of the queue is thrown away", killed_by="two_thousand_commands_in_a_transfer",
    ),
    Mutant(
        id="U19", file=WAITER, needle="    throw ControlClosed();\n", replacement="    ended_ = true;\n    return;\n",
        symptom="the transfer goes on though its client has gone",
        killed_by="losing_the_control_connection_ends_a_transfer",
    ),
    Mutant(
        id="C01", file=INTERRUPTS, needle="  send_abort(client_->control());\n", replacement="",
        symptom="the server is not told that the transfer was aborted", killed_by="ctrl_c_aborts_a_get",
    ),
    Mutant(
        id="C02", file=INTERRUPTS, needle="MSG_OOB | MSG_NOSIGNAL", replacement="MSG_NOSIGNAL",
        symptom="the Synch is not urgent", killed_by="abor_is_preceded_by_a_synch",
    ),
    Mutant(
        id="C03", file=SHELL, needle="      get_in_step(client);\n", replacement="",
        symptom="the reply to ABOR is left to the next command", killed_by="the_reply_to_abor_may_come_late",
    ),
    Mutant(
        id="C04", file=SHELL, needle='    client.send("NOOP");\n', replacement="",
        also=((SHELL, "client.read().code == 200", "client.read().code > 0"),),
        symptom="two replies are expected, always", killed_by="the_replies_to_abor_differ",
    ),
    Mutant(
        id="C05", file="lab08_concurrency/interrupt_waiter.h", needle="class Interrupted : public CommandLineError {",
        replacement="class Interrupted : public std::runtime_error {",
        also=(("lab08_concurrency/interrupt_waiter.h", ': CommandLineError("interrupted")',
               ': std::runtime_error("interrupted")'),),
        symptom="Ctrl-C at the prompt ends the program", killed_by="ctrl_c_at_the_prompt_gives_a_new_one",
    ),
    Mutant(
        id="C06", file=INTERRUPTS, needle="client_ == nullptr || aborting_ || !client_",
        replacement="client_ == nullptr || !client_",
        symptom="nothing ends the wait for the answer to ABOR", killed_by="a_second_ctrl_c_does_not_wait",
    ),
    Mutant(
        id="C07", file=SHELL, needle="abortable<ls_name>(),", replacement="",
        also=((SHELL, "constexpr char ls_name[]", "[[maybe_unused]] constexpr char ls_name[]"),),
        symptom="a listing cannot be aborted", killed_by="ctrl_c_aborts_a_listing",
    ),
    Mutant(
        id="C08", file=SHELL, needle="abortable<put_name>(), ", replacement="",
        also=((SHELL, "constexpr char put_name[]", "[[maybe_unused]] constexpr char put_name[]"),),
        symptom="an upload cannot be aborted", killed_by="ctrl_c_aborts_a_put",
    ),
    Mutant(
        id="C09", file=INTERRUPTS, needle="  signals_to_descriptor(stop_descriptor, SIGTERM);  // no longer SIGINT\n",
        replacement="  (void)stop_descriptor;\n", symptom="Ctrl-C ends the program, as it did before",
        killed_by="ctrl_c_at_the_prompt_gives_a_new_one",
    ),
    Mutant(
        id="C10", file="lab06_client/local_files.cpp", needle="::unlink(temporary_.c_str())", replacement="0",
        symptom="the temporary file of an aborted download stays", killed_by="ctrl_c_keeps_the_old_file",
    ),
    Mutant(
        id="C11", file=SHELL, needle="      get_in_step(client);\n", replacement="      client.close();\n",
        symptom="the connection is given up behind every abort", killed_by="ctrl_c_against_the_own_server",
    ),
    Mutant(
        # One reply too many is dropped before the NOOP, if it is there by then: so the scenario has it come late.
        id="C11b", file=SHELL, needle="most_replies = 4;", replacement="most_replies = 1;",
        symptom="the 226 behind the 426 is taken for the answer to the NOOP",
        killed_by="the_reply_to_abor_may_come_late",
    ),
]
