"""Wrong FTP logins, each with the one mistake that its scenario must find."""

from autograder.kit.mutants import Mutant

TABLE, SESSION = "lab03_login/command_table.cpp", "lab03_login/session.cpp"
SESSION_H, SERIAL = "lab03_login/session.h", "lab03_login/serial_server.cpp"
LOGIN, PARAMETERS = "lab03_login/login_commands.cpp", "lab03_login/parameter_commands.cpp"
ACCOUNTS, COMMAND = "lab03_login/accounts.cpp", "lab03_login/command.cpp"

GATE = '    throw ReplyError(530, "Log in first: USER, then PASS");'
SEND = "  session.control().send(reply);\n"

MUTANTS = [
    Mutant(
        id="C00", file=LOGIN, needle='  return {331, "Send the password"};',
        replacement='  session.log_in({argument.text(), false, false});\n  return {331, "Send the password"};',
        symptom="USER alone logs in", killed_by="login_with_name_and_password",
    ),
    Mutant(
        id="C01", file=TABLE, needle=GATE, replacement="    return;",
        symptom="no login gate: commands work before USER", killed_by="commands_are_refused_before_login",
    ),
    Mutant(
        id="C01b", file=LOGIN, needle="table += CommandTable{{verb, Policy{}, takes::anything, nullptr, \"\"}};",
        replacement="table += CommandTable{{verb, Policy{.login = false}, takes::anything, noop, \"\"}};",
        also=((LOGIN, "// Verbs that are known but",
               "Reply noop(Session& session, const Argument& argument);\n\n// Verbs that are known but"),),
        symptom="commands that are not there say 200",
        killed_by=("file_commands_are_refused_before_login", "unknown_and_unimplemented_differ"),
    ),
    Mutant(
        id="C02", file=LOGIN, needle='{"SYST", anytime,', replacement='{"SYST", logged_in,',
        symptom="SYST is refused before the login", killed_by="some_commands_need_no_login",
    ),
    Mutant(
        id="C03", file=SESSION_H, needle="  std::optional<User> user_;",
        replacement="  static inline std::optional<User> user_;",
        symptom="login is global: the next client is already in", killed_by="login_belongs_to_its_session",
    ),
    Mutant(
        id="C04", file=SESSION, needle=SEND,
        replacement="  if (reply.code != 500) {\n    session.control().send(reply);\n  }\n",
        symptom="an unknown command gets no reply", killed_by="unknown_and_unimplemented_differ",
    ),
    Mutant(
        id="C05", file=TABLE, needle="void nothing(Session& /*session*/, Argument& argument) {",
        replacement="void nothing(Session& session, Argument& argument) {",
        also=((TABLE, '    throw ReplyError(501, "This command takes no argument");',
               '    session.control().send({501, "This command takes no argument"});'),),
        symptom="two final replies: the session is shifted by one from then on",
        killed_by="unwanted_argument_gets_501",
    ),
    Mutant(
        id="C06", file=LOGIN, needle='  session.end();\n  return {221, "Goodbye"};',
        replacement='  (void)session;\n  return {221, "Goodbye"};',
        symptom="QUIT does not close", killed_by="ftp_server_greets_and_says_goodbye",
    ),
    Mutant(
        id="C06b", file=SESSION, needle=SEND,
        replacement="  if (!session.ended()) {\n    session.control().send(reply);\n  }\n",
        symptom="QUIT closes without 221", killed_by="ftp_server_greets_and_says_goodbye",
    ),
    Mutant(
        id="C07", file=LOGIN, needle='{"QUIT", anytime,', replacement='{"QUIT", logged_in,',
        symptom="QUIT is refused before the login", killed_by="ftp_server_greets_and_says_goodbye",
    ),
    Mutant(
        id="C08", file=SESSION, needle="  std::vector<std::string> lines;\n  for (std::string_view banner",
        replacement="  (void)next_line(session);\n  std::vector<std::string> lines;\n  for (std::string_view banner",
        symptom="the server waits for the client to speak first", killed_by="ftp_server_greets_and_says_goodbye",
    ),
    Mutant(
        id="C09", file=TABLE, needle="  Argument argument(command.argument);",
        replacement="  const char* given = command.argument ? command.argument->c_str() : nullptr;\n"
                    "  Argument argument(std::string(given, std::strlen(given)));",
        also=((TABLE, "#include <cerrno>", "#include <cerrno>\n#include <cstring>"),),
        symptom="a missing argument crashes the server", killed_by="missing_argument_gets_501",
    ),
    Mutant(
        id="F05", file=TABLE, needle="  Argument argument(command.argument);",
        replacement="  static std::optional<std::string> last;\n"
                    "  last = command.argument ? command.argument : last;\n  Argument argument(last);",
        symptom="the argument of the command before is still there", killed_by="missing_argument_gets_501",
    ),
    Mutant(
        id="C10", file=SESSION, needle="    while (const std::optional<Line> line = next_line(session)) {",
        replacement="    while (true) {\n      const std::optional<Line> line = next_line(session);\n"
                    "      if (!line) {\n        continue;\n      }",
        symptom="the end of the connection is not noticed: an endless loop",
        killed_by="sessions_end_with_their_clients",
    ),
    Mutant(
        id="C10b", file=SESSION, needle="    reason = error.what();\n", replacement="    throw;\n",
        also=((SERIAL, "    } catch (const std::system_error& error) {",
               "    } catch (const std::bad_alloc& error) {"),
              (SERIAL, "#include <system_error>", "#include <new>"),),
        symptom="a client that resets its connection ends the server", killed_by="sessions_end_with_their_clients",
    ),
    Mutant(
        id="C11", file=SERIAL, needle="      run_session(session);\n",
        replacement="      run_session(session);\n      static std::vector<Session> kept;\n"
                    "      kept.push_back(std::move(session));\n",
        also=((SESSION, "    session.control().close();\n", "    session.control().stream().shutdown_write();\n"),),
        symptom="a descriptor is lost with every session", killed_by="sessions_leave_nothing_behind",
    ),
    Mutant(
        id="C12", file=LOGIN, needle='  return {211,\n',
        replacement='  session.reply({211, "Status of this session"});\n  return {211,\n',
        symptom="the lines of STAT are replies of their own", killed_by="stat_is_one_reply",
    ),
    Mutant(
        id="C12b", file=LOGIN, needle='      return {501, "There is no such command"};',
        replacement='      return {214, "There is no such command"};',
        symptom="HELP helps with what does not exist", killed_by="help_is_one_reply",
    ),
    Mutant(
        id="F09", file=COMMAND, needle="    command.argument = line.substr(verb.size() + 1);",
        replacement="    command.argument = line.substr(verb.size() + 1);\n"
                    "    command.argument = command.argument->substr(0, command.argument->find(' '));",
        symptom="the argument is cut at a blank", killed_by="argument_keeps_its_blanks",
    ),
    Mutant(
        id="F09b", file=COMMAND, needle="    command.argument = line.substr(verb.size() + 1);",
        replacement="    const std::size_t begin = line.find_first_not_of(' ', verb.size());\n"
                    "    command.argument = begin == std::string_view::npos ? \"\" : line.substr(begin);",
        symptom="blanks in front of the argument are stripped", killed_by="argument_keeps_its_blanks",
    ),
    Mutant(
        id="F10", file=COMMAND, needle="{to_upper(verb), std::nullopt}",
        replacement="{std::string(verb), std::nullopt}",
        symptom="verbs are only known in upper case", killed_by="case_of_letters_does_not_matter",
    ),
    Mutant(
        id="F10b", file=PARAMETERS, needle="  const std::string text = to_upper(argument.text());\n  for",
        replacement="  const std::string text = argument.text();\n  for",
        symptom="`type i` is refused", killed_by="case_of_letters_does_not_matter",
    ),
    Mutant(
        id="F11", file=TABLE, needle="rows_.find(verb)", replacement="rows_.find(verb.substr(0, 4))",
        symptom="only four letters of the verb are compared", killed_by="verb_is_compared_as_a_whole",
    ),
    Mutant(
        id="L01", file=LOGIN, needle='behind_user{.login = false, .follows = "USER"}',
        replacement="behind_user{.login = false}",
        symptom="PASS is taken whenever it comes", killed_by="pass_is_only_for_a_user",
    ),
    Mutant(
        id="L02", file=TABLE, needle='  session.set_awaiting(reply.intermediate() ? command->verb : "");',
        replacement='  if (reply.intermediate() || reply.completed()) {\n'
                    '    session.set_awaiting(reply.intermediate() ? command->verb : "");\n  }',
        symptom="a failed PASS can be repeated without USER", killed_by="pass_is_only_for_a_user",
    ),
    Mutant(
        id="L03", file=TABLE, needle='  session.set_awaiting(reply.intermediate() ? command->verb : "");',
        replacement='  if (reply.intermediate() || (command && command->verb == "PASS")) {\n'
                    '    session.set_awaiting(reply.intermediate() ? command->verb : "");\n  }',
        symptom="other commands may stand between USER and PASS", killed_by="pass_follows_user_at_once",
    ),
    Mutant(
        id="L04", file=LOGIN, needle="  session.log_out();\n", replacement="",
        symptom="USER keeps the old login until the new one succeeds", killed_by="user_begins_a_new_login",
    ),
    Mutant(
        id="L05", file=SESSION, needle="  user_.reset();\n", replacement="",
        symptom="REIN answers and nobody is logged out", killed_by="rein_starts_the_session_anew",
    ),
    Mutant(
        id="L06", file=LOGIN, needle="  if (session.count_failed_login() == session.options().login_attempts) {",
        replacement="  if (session.count_failed_login() == 0) {",
        symptom="passwords can be guessed without end", killed_by="guessing_ends_the_session",
    ),
    Mutant(
        id="L07", file=LOGIN, needle='    session.end();\n    return {421,', replacement='    return {421,',
        symptom="421 is said, but the session goes on", killed_by="guessing_ends_the_session",
    ),
    Mutant(
        id="L08", file=SESSION_H, needle="  unsigned failed_logins_ = 0;",
        replacement="  static inline unsigned failed_logins_ = 0;",
        symptom="wrong passwords of all clients are counted together", killed_by="login_needs_the_right_password",
    ),
    Mutant(
        id="L09", file=ACCOUNTS, needle="given.size() == secret.size() ? 0 : 1", replacement="0",
        symptom="the beginning of the password is enough", killed_by="login_needs_the_right_password",
    ),
    Mutant(
        id="L10", file=LOGIN, needle='  return {331, "Send the password"};',
        replacement='  const auto& users = session.options().users;\n'
                    '  const auto known = [&](const AccountOption& user) { return user.name == argument.text(); };\n'
                    '  if (std::none_of(users.begin(), users.end(), known)) {\n'
                    '    return {331, "Nobody is called that"};\n  }\n  return {331, "Send the password"};',
        also=((LOGIN, "#include <array>", "#include <algorithm>\n#include <array>"),),
        symptom="the replies tell which names exist", killed_by="names_of_users_are_not_told",
    ),
    Mutant(
        id="L11", file=ACCOUNTS, needle='(upper == "ANONYMOUS" || upper == "FTP")', replacement='name == "anonymous"',
        symptom="anonymous has only one name, in lower case", killed_by="login_of_anonymous_takes_any_password",
    ),
    Mutant(
        id="L12", file=ACCOUNTS, needle="anonymous_ != AnonymousAccess::off && ", replacement="",
        symptom="anonymous gets in though it is switched off", killed_by="login_of_anonymous_can_be_off",
    ),
    Mutant(
        id="L13", file=ACCOUNTS, needle=" && !accounts_.contains(name)", replacement="",
        symptom="an account called ftp is open to everybody", killed_by="hashed_accounts_work",
    ),
    Mutant(
        id="L14", file=ACCOUNTS, needle="!same_secret(hashed ? hash : password,", replacement="!same_secret(password,",
        symptom="the hash itself is the password", killed_by="hashed_accounts_work",
    ),
    Mutant(
        id="L15", file=TABLE, needle="  if (line.defect == Line::Defect::nul) {",
        replacement="  if (line.defect == Line::Defect::nul && line.text.empty()) {",
        also=((LOGIN, "session.part<LoginState>().name = argument.text();",
               "session.part<LoginState>().name = argument.text().c_str();"),),
        symptom="a name ends at a NUL: the rest is never seen", killed_by="nul_does_not_end_a_name",
    ),
    Mutant(
        id="L16", file=LOGIN, needle="  session.part<LoginState>().name = argument.text();",
        replacement="  char name[64];\n  std::strcpy(name, argument.text().c_str());\n"
                    "  session.part<LoginState>().name = name;",
        also=((LOGIN, "#include <array>", "#include <array>\n#include <cstring>"),),
        symptom="a long name overflows a buffer", killed_by="long_names_are_only_wrong",
    ),
    Mutant(
        id="L17", file=LOGIN, needle='{"ACCT", logged_in, takes::text, acct,',
        replacement='{"ACCT", logged_in, takes::text, nullptr,',
        also=((LOGIN, "Reply acct(", "[[maybe_unused]] Reply acct("),),
        symptom="ACCT is missing", killed_by="account_is_superfluous",
    ),
]
