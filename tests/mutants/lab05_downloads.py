"""Wrong FTP servers: what they send, files and listings."""

from autograder.kit.mutants import Mutant

COMMANDS, TRANSFER = "lab05_passive/passive_commands.cpp", "lab05_passive/transfer.cpp"
WAITER, WAITER_H = "lab05_passive/transfer_waiter.cpp", "lab05_passive/transfer_waiter.h"
SENDER = "lab05_passive/line_sender.cpp"
LISTING, DIRECTORY = "lab05_passive/listing.cpp", "lab05_passive/directory_listing.cpp"
TO_426 = "  } catch (const std::system_error& error) {\n    throw ReplyError(426, error.what());"
MOVE = "    move(data);\n"
LINE_END = 'buffer_.append(line).append("\\r\\n");'

MUTANTS = [
    Mutant(
        id="P13", file=TRANSFER, needle="    left -= got;", replacement="    left = 0;",
        symptom="one read, one send: a file longer than the buffer is cut", killed_by="retr_sends_every_byte",
    ),
    Mutant(
        id="P24", file=COMMANDS, needle='  return transfer.run("Sending "',
        replacement='  if (size == 0) {\n    throw ReplyError(550, "Not found or empty");\n  }\n'
                    '  return transfer.run("Sending "',
        symptom="an empty file is \"not found or empty\"", killed_by="retr_of_an_empty_file",
    ),
    Mutant(
        id="P11", file=COMMANDS, needle="session.service<Root>().open_file(path, O_RDONLY);",
        replacement="session.service<Root>().open(path, O_RDONLY);",
        symptom="RETR of a directory begins with 150", killed_by="retr_refuses_what_it_cannot_send",
    ),
    Mutant(
        id="P09", file=COMMANDS,
        needle="const FileDescriptor file = session.service<Root>().open_file(path, O_RDONLY);",
        replacement="session.reply({150, \"Opening\"});\n"
                    "  const FileDescriptor file = session.service<Root>().open_file(path, O_RDONLY);",
        symptom="150 before the file is opened", killed_by="retr_refuses_what_it_cannot_send",
    ),
    Mutant(
        id="P17", file=COMMANDS, needle="open_file(path, O_RDONLY)",
        replacement="open_file(VirtualPath().resolve(path.text().substr(0, path.text().find(' '))), O_RDONLY)",
        symptom="a name is cut at its first blank", killed_by="names_are_taken_as_they_are",
    ),
    Mutant(
        id="P21", file=COMMANDS, needle="open_file(path, O_RDONLY)", replacement="open_file(path, O_RDWR)",
        symptom="a file is opened for writing to be read: one that may only be read is refused",
        killed_by="retr_of_what_may_only_be_read",
    ),
    Mutant(
        id="P25", file=TRANSFER, needle="    sender.write({buffer.data(), got});",
        replacement="    const auto end = std::remove(buffer.data(), buffer.data() + got, '\\r');\n"
                    "    got = static_cast<std::size_t>(end - buffer.data());\n"
                    "    sender.write({buffer.data(), got});",
        also=((TRANSFER, "    const std::size_t got = read_file(", "    std::size_t got = read_file("),),
        symptom="text mode: the file loses its CRs", killed_by="retr_sends_every_byte",
    ),
    Mutant(
        id="P14", file=TRANSFER, needle=MOVE,
        replacement='    session_.reply({226, "Transfer complete"});\n' + MOVE,
        also=((TRANSFER, '  return {226, "Transfer complete"};', '  return {200, "OK"};'),),
        symptom="226 while the data still travels", killed_by="completion_follows_the_last_byte",
    ),
    Mutant(
        id="P19", file=TRANSFER, needle="i < enough && got > 0", replacement="i < 0 && got > 0",
        symptom="closed with unread bytes in the socket: a reset instead of an end",
        killed_by="data_against_the_stream_is_ignored",
    ),
    Mutant(
        id="P15", file=TRANSFER, needle="  std::vector<char> buffer(std::min<std::uint64_t>(left, chunk_size));",
        replacement="  std::vector<char> buffer(left);",
        symptom="the whole file is read into memory", killed_by="memory_does_not_grow_with_the_file",
    ),
    Mutant(
        id="P26", file=TRANSFER, needle="std::uint64_t left = size_left(file);",
        replacement="std::uint64_t left = static_cast<std::uint32_t>(size_left(file));",
        symptom="a size in 32 bits: of a file over 4 GiB only the rest is sent", killed_by="retr_beyond_four_gibibytes",
    ),
    Mutant(
        id="P27", file=TRANSFER, needle="    if (got == 0) {\n      break;\n    }\n    sender",
        replacement="    if (got == 0) {\n      continue;\n    }\n    sender",
        symptom="a file that shrinks in mid-transfer is waited for", killed_by="retr_of_a_file_that_changes_ends",
    ),
    Mutant(
        id="P12", file=TRANSFER, needle=TO_426, replacement="  } catch (const std::system_error&) {",
        symptom="226 after a transfer that broke",
        killed_by=("reset_download_is_no_success", "reset_upload_is_no_upload"),
    ),
    Mutant(
        id="P28", file=WAITER, needle="const Deadline stalled = Deadline::after(stall_);",
        replacement="const Deadline stalled = whole_;",
        also=((WAITER_H, "  std::chrono::milliseconds stall_;",
               "  std::chrono::milliseconds stall_;\n  Deadline whole_ = Deadline::after(stall_);"),),
        symptom="the whole transfer has one deadline: a slow client is cut off",
        killed_by="slow_client_is_no_stalled_one",
    ),
    Mutant(
        id="P06", file=TRANSFER, needle="  TcpStream data = open_data_connection(*waiter);",
        replacement="  TcpStream& data = *new TcpStream(open_data_connection(*waiter));",
        symptom="a descriptor is lost with each transfer", killed_by="transfers_leave_nothing_behind",
    ),
    Mutant(
        id="P29", file=WAITER, needle="{control_, POLLRDHUP, 0}", replacement="{control_, POLLRDHUP | POLLIN, 0}",
        symptom="a command that comes in mid-transfer ends it", killed_by="commands_wait_for_the_transfer",
    ),
    Mutant(
        id="P30", file="lab05_passive/line_sender.h", needle="  std::string buffer_;", replacement="  static inline std::string buffer_;",
        symptom="something of one listing is left for the next", killed_by="session_of_many_transfers",
    ),
    Mutant(
        id="P31", file=TRANSFER, needle="  session_.count_bytes(bytes.size());",
        replacement="  static_cast<void>(session_);",
        symptom="the log says 0 bytes", killed_by="transfers_are_logged_with_their_bytes",
    ),
    Mutant(
        id="P22", file=DIRECTORY, needle="::fstatat(directory,", replacement="::fstatat(AT_FDCWD,",
        symptom="sizes of another directory", killed_by="list_looks_like_ls",
    ),
    Mutant(
        id="P22b", file=SENDER, needle=LINE_END, replacement="buffer_.append(line).append(end_);",
        also=((SENDER, "data, Content::text) {}",
               "data, Content::text),\n      end_(session.part<TransferParameters>().type == "
               'TransferParameters::Type::image ? "\\n" : "\\r\\n") {}'),
              (SENDER, '#include <utility>\n', '#include <utility>\n\n#include "transfer_parameters.h"\n'),
              ("lab05_passive/line_sender.h", "  DataSender sender_;\n", "  DataSender sender_;\n  std::string end_;\n")),
        symptom="after TYPE I listings end their lines with LF", killed_by="listings_end_lines_with_crlf_in_any_type",
    ),
    Mutant(
        id="P22c", file=LISTING, needle="when <= now && when > now - six_months", replacement="when > now - six_months",
        symptom="files from the future are shown without a year", killed_by="list_dates_follow_ls",
    ),
    Mutant(
        id="P22d", file=DIRECTORY, needle="!listable(name) ||", replacement="!listable(name) || name.front() == '.' ||",
        symptom="hidden files are left out", killed_by="list_shows_names_as_they_are",
    ),
    Mutant(
        id="P22e", file=LISTING, needle="while (argument.starts_with('-')) {",
        replacement="while (argument.starts_with(\"--\")) {",
        symptom="LIST -la looks for a file called -la", killed_by="list_reads_over_options",
    ),
    Mutant(
        id="P32", file=DIRECTORY, needle="  std::sort(names_.begin(), names_.end());",
        replacement="  std::sort(names_.begin(), names_.end());\n  if (names_.empty()) {\n"
                    "    throw std::system_error(std::make_error_code(std::errc::no_such_file_or_directory));\n  }",
        also=((DIRECTORY, "#include <optional>\n", "#include <optional>\n#include <system_error>\n"),),
        symptom="an empty directory is an error", killed_by="list_of_nothing_and_of_one",
    ),
    Mutant(
        id="P33", file=DIRECTORY, needle="visit(before + name);",
        replacement="visit(name);",
        symptom="NLST of another directory gives names that RETR does not find", killed_by="nlst_gives_names_for_retr",
    ),
    Mutant(
        id="P34", file=LISTING, needle=r" && name.find('\n') == std::string_view::npos;", replacement=";",
        symptom="a line break in a name makes a line of its own", killed_by="names_with_line_breaks_forge_nothing",
    ),
    Mutant(
        id="P34b", file=LISTING, needle=r"return name.find('\r') == std::string_view::npos && ", replacement="return ",
        symptom="a carriage return in a name is sent as it is", killed_by="names_with_line_breaks_forge_nothing",
    ),
    Mutant(
        id="P35", file=COMMANDS, needle="if (!argument.given()) {", replacement="if (session.user()) {",
        symptom="STAT of a path is what it was in lab 3", killed_by="stat_of_a_path_is_a_listing",
    ),
    Mutant(
        id="S13", file=COMMANDS, needle="  const std::string given(listing_path(text));\n",
        replacement="  const std::string given(listing_path(text));\n"
                    '  [[maybe_unused]] const int ran = std::system(("ls " + given + " > /dev/null 2>&1").c_str());\n',
        also=((COMMANDS, "#include <ctime>\n", "#include <cstdlib>\n#include <ctime>\n"),),
        symptom="the argument of LIST is run by a shell", killed_by="list_runs_no_shell",
    ),
    Mutant(
        id="P36", file=SENDER, needle="sender_.write(std::exchange(buffer_, {}));", replacement="buffer_.clear();",
        symptom="a listing longer than its buffer loses lines", killed_by="list_of_a_thousand_names_is_whole",
    ),
]
