"""Wrong clients that move files: what was not all there, what nobody asked for, what was lost on this side."""

from autograder.kit.mutants import Mutant

TRANSFER, CLIENT, FILES = "lab06_client/client_transfer.cpp", "lab06_client/client.cpp", "lab06_client/local_files.cpp"
COMMANDS, METHOD, LINES = ("lab06_client/transfer_shell_commands.cpp", "lab06_client/data_method.cpp",
                           "lab06_client/listing_lines.cpp")
STREAM, PROGRAM = "lab01_echo/tcp_stream.cpp", "lab06_client/client_program.cpp"
WATCHED, BLIND = "client_.control().descriptor(),", "-1,"
READ = "data_->read_some(buffer_, Deadline::after(client_.patience().standing))"
AWAITED = "    if (!final_) {\n      note_final(client_.read_final());\n    }\n"
JUDGED = "    if (!final_->completed()) {\n      throw FtpError(*final_);\n    }\n"
FIRST = "if (!first.preliminary() && !first.completed()) {"
TEMPORARY = "    temporary_ = temporary_name_beside(final_);\n"
CREATED = "::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)"
IN_PLACE = "::open(final_.c_str(), O_WRONLY | O_CREAT{} | O_CLOEXEC, 0666)"

MUTANTS = [
    Mutant(
        id="K01", file=FILES, needle=TEMPORARY, replacement="",
        also=((FILES, CREATED, IN_PLACE.format(" | O_TRUNC")),),
        symptom="a get that fails has emptied the local file",
        killed_by=("get_that_is_refused_leaves_no_file", "get_that_breaks_off_is_a_failure",
                   "client_leaves_no_half_file_at_ctrl_c"),
    ),
    Mutant(
        id="K01b", file=FILES, needle="    ::unlink(temporary_.c_str());\n", replacement="",
        symptom="a get that fails leaves its temporary file", killed_by="client_leaves_no_half_file_at_ctrl_c",
    ),
    Mutant(
        id="K11", file=FILES, needle=TEMPORARY, replacement="", also=((FILES, CREATED, IN_PLACE.format("")),),
        symptom="the tail of a longer old file stays", killed_by="get_replaces_a_longer_file",
    ),
    Mutant(
        id="K11b", file=FILES, needle="    ::fchmod(file_.get(), status.st_mode & 0777);\n", replacement="",
        symptom="get changes the permissions of a file", killed_by="get_replaces_a_longer_file",
    ),
    Mutant(
        id="K02", file=COMMANDS, needle="  LocalSource file(local);\n",
        replacement="  std::optional<LocalSource> file;\n",
        also=((COMMANDS, "ShownProgress progress(shell, local, file.size());", "ShownProgress progress(shell, local);"),
              (COMMANDS, "return file.read(buffer);",
               "return (file ? *file : file.emplace(local)).read(buffer);")),
        symptom="STOR is sent before the local file is opened", killed_by="put_of_a_missing_file_sends_nothing",
    ),
    Mutant(
        id="K02b", file=FILES, needle='  if (!S_ISREG(status.st_mode)) {\n', replacement="  if (false) {\n",
        symptom="put of a directory begins", killed_by="put_of_a_missing_file_sends_nothing",
    ),
    Mutant(
        id="K03", file=TRANSFER, needle=JUDGED, replacement="",
        symptom="a final 4yz or 5yz is taken for success",
        killed_by=("get_that_breaks_off_is_a_failure", "put_that_is_refused_is_a_failure"),
    ),
    Mutant(
        id="K03b", file=STREAM, needle='throw std::system_error(errno, std::generic_category(), "recv");',
        replacement="return 0;",
        symptom="a reset is taken for the end of the file",
        killed_by="get_with_a_reset_data_connection_is_a_failure",
    ),
    Mutant(
        id="K03c", file=TRANSFER, needle=AWAITED,
        replacement="    try {\n" + AWAITED + "    } catch (const ConnectionClosed&) {\n"
        "      final_ = Reply(226, \"All is well\");\n    }\n",
        also=((TRANSFER, WATCHED, BLIND),),
        symptom="the end of the data is success enough", killed_by="get_from_a_server_that_vanishes_is_a_failure",
    ),
    Mutant(
        id="K04", file=TRANSFER, needle=FIRST, replacement="if (first.intermediate()) {",
        symptom="after a refusal the data connection is used all the same",
        killed_by=("get_that_is_refused_leaves_no_file", "put_that_is_refused_is_a_failure"),
    ),
    Mutant(
        id="K06", file=METHOD, needle="find_host_port(line)",
        replacement="find_host_port(line.substr(std::min(line.find('('), line.size())))",
        symptom="only brackets tell where the port is", killed_by="client_finds_the_port_in_any_227",
    ),
    Mutant(
        id="K07", file=METHOD, needle="host_ == Host::as_announced ?", replacement="true ?",
        symptom="the address in a 227 is believed", killed_by="client_trusts_only_the_control_peer",
    ),
    Mutant(
        id="K07b", file=METHOD, needle="announced->host_text()", replacement='"127.0.0.1"',
        symptom="the data host is fixed in the program", killed_by="client_trusts_only_the_control_peer",
    ),
    Mutant(
        id="K08", file=METHOD, needle='const Reply reply = client.require("PASV");',
        replacement='static const Reply reply = client.require("PASV");',
        symptom="the first 227 is used for all transfers", killed_by="client_asks_for_each_data_connection",
    ),
    Mutant(
        id="K09", file=TRANSFER, needle=f"while (const std::size_t got = {READ}) {{",
        replacement=f"while (const std::size_t got = final_ ? 0 : {READ}) {{",
        symptom="the data that follow an early 226 are lost", killed_by="get_takes_the_final_reply_whenever_it_comes",
    ),
    Mutant(
        id="K09b", file=TRANSFER, needle=FIRST, replacement="if (first.code != 150) {",
        symptom="125 is a refusal", killed_by="get_takes_the_final_reply_whenever_it_comes",
    ),
    Mutant(
        id="K09c", file=TRANSFER, needle=WATCHED, replacement=BLIND,
        symptom="waits for data that the server has given up", killed_by="get_ends_when_the_server_gives_up",
    ),
    Mutant(
        id="K10", file=TRANSFER, needle=READ, replacement="data_->read_some(buffer_, Deadline::never())",
        symptom="a server that stops stops the client too", killed_by="get_that_stands_still_is_given_up",
    ),
    Mutant(
        id="K12b", file=TRANSFER, needle="status_.bytes += bytes;", replacement="status_.bytes = bytes;",
        symptom="only the last piece is counted", killed_by="get_fetches_every_byte",
    ),
    Mutant(
        id="K12c", file=TRANSFER, needle="return {status_.bytes,",
        replacement="return {status_.total.value_or(status_.bytes),",
        symptom="the server's number is shown for ours", killed_by="get_counts_the_bytes_that_came",
    ),
    Mutant(
        id="K35", file=TRANSFER, needle="      sink({buffer_.data(), got});\n",
        replacement="      sink({buffer_.data(), ::strnlen(buffer_.data(), got)});\n",
        also=((TRANSFER, "#include <chrono>", "#include <chrono>\n#include <cstring>"),),
        symptom="data end at the first NUL", killed_by="get_fetches_every_byte",
    ),
    Mutant(
        id="K35b", file=FILES, needle="  while (!bytes.empty()) {\n    const ssize_t written",
        replacement="  if (!bytes.empty()) {\n    const ssize_t written",
        symptom="a short write() loses the rest", killed_by="get_fetches_every_byte",
    ),
    Mutant(
        id="K30", file=FILES, needle="std::string name(last_part(remote));", replacement="std::string name(remote);",
        symptom="get a/b writes to a/b", killed_by="get_keeps_files_where_it_is",
    ),
    Mutant(
        id="K30b", file=FILES, needle=" || name.front() == '|'", replacement="",
        symptom="a file called |cmd is written", killed_by="get_keeps_files_where_it_is",
    ),
    Mutant(
        id="K31", file=FILES,
        needle="  if (!file_) {\n    temporary_.clear();\n    throw LocalError(path, errno);\n  }\n", replacement="",
        symptom="the data are asked for though they cannot be kept", killed_by="get_into_nowhere_asks_for_nothing",
    ),
    Mutant(
        id="K32", file=STREAM, needle="  while (!bytes.empty()) {\n    const ssize_t sent",
        replacement="  if (!bytes.empty()) {\n    const ssize_t sent",
        symptom="one send() is taken for all", killed_by="put_sends_every_byte",
    ),
    Mutant(
        id="K32b", file=CLIENT, needle='upload(*this, {"APPE " + remote}, source)',
        replacement='upload(*this, {"STOR " + remote}, source)',
        symptom="append replaces", killed_by="put_sends_every_byte",
    ),
    Mutant(
        id="K33", file=STREAM, needle="MSG_NOSIGNAL", replacement="0",
        also=((PROGRAM, "std::signal(SIGPIPE, SIG_IGN);", "std::signal(SIGPIPE, SIG_DFL);"),),
        symptom="a put that the server ends kills the client", killed_by="put_that_the_server_ends_is_a_failure",
    ),
    Mutant(
        id="K34", file=LINES, needle="        unfinished_.pop_back();\n",
        replacement="        unfinished_.back() = '\\r';\n",
        symptom="ls prints carriage returns", killed_by="ls_prints_what_the_server_lists",
    ),
    Mutant(
        id="K34b", file=COMMANDS, needle='words.empty() ? "" : words.size() == 1 ? words[0]',
        replacement='words.empty() ? "" : words.size() == 1 ? ""',
        symptom="ls forgets where", killed_by="ls_prints_what_the_server_lists",
    ),
]
