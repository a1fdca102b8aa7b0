"""Wrong FTP servers: what becomes of uploads."""

from autograder.kit.mutants import Mutant

COMMANDS, TRANSFER = "lab05_passive/passive_commands.cpp", "lab05_passive/transfer.cpp"
UPLOAD, WAITER = "lab05_passive/upload.cpp", "lab05_passive/transfer_waiter.cpp"
DIRECTORY = "lab05_passive/directory_listing.cpp"

MUTANTS = [
    Mutant(
        id="P40", file=TRANSFER, needle="  while (!bytes.empty()) {", replacement="  if (!bytes.empty()) {",
        symptom="one write: what the file did not take at once is lost", killed_by="stor_keeps_every_byte",
    ),
    Mutant(
        id="P16", file=UPLOAD, needle="{ return {Kind::replacing, root, path}; }",
        replacement="{ return {Kind::in_place, root, path, 0}; }",
        symptom="the old file's tail remains behind a shorter one", killed_by="stor_replaces_the_whole_file",
    ),
    Mutant(
        id="P18", file=UPLOAD, needle="root_.open_file(path_, O_WRONLY);",
        replacement="root_.open_file(path_, kind_ == Kind::replacing ? O_WRONLY | O_TRUNC : O_WRONLY);",
        symptom="the old file is cut off before there is any data", killed_by="stor_without_data_keeps_the_old_file",
    ),
    Mutant(
        id="P41", file=UPLOAD, needle="    ::unlinkat(directory_.get(), unfinished_.c_str(), 0);",
        replacement="    unfinished_.clear();", symptom="temporaries of failed uploads stay",
        killed_by="reset_upload_is_no_upload",
    ),
    Mutant(
        id="P42", file=WAITER, needle="{control_, POLLRDHUP, 0}", replacement="{-1, POLLRDHUP, 0}",
        symptom="nobody notices that the client has gone",
        killed_by=("vanished_client_uploads_nothing", "download_ends_with_its_session"),
    ),
    Mutant(
        id="P43", file=WAITER, needle="sooner ? deadline : stalled,", replacement="sooner ? stalled : deadline,",
        symptom="a client that stands still holds the server for ever", killed_by="stalled_upload_is_given_up",
    ),
    Mutant(
        id="P44", file=UPLOAD, needle="bool exists = check_target();", replacement="bool exists = false;",
        symptom="150, and only then a look at the target", killed_by="stor_refuses_what_cannot_be_made",
    ),
    Mutant(
        id="P45", file=TRANSFER, needle="written < 0 ? (refuse_file(errno), 0) : static_cast<std::size_t>(written)",
        replacement="written < 0 ? bytes.size() : static_cast<std::size_t>(written)",
        symptom="226 though the disk is full", killed_by="full_disk_is_no_success",
    ),
    Mutant(
        id="P45b", file=TRANSFER, needle="  std::signal(SIGXFSZ, SIG_IGN);", replacement="",
        symptom="a file that would become too large kills the server", killed_by="full_disk_is_no_success",
    ),
    Mutant(
        id="P46", file=COMMANDS, needle="Upload upload = Upload::in_place(session.service<Root>(), path);",
        replacement="Upload upload = Upload::replacing(session.service<Root>(), path);",
        symptom="APPE replaces the file", killed_by="appe_appends_and_creates",
    ),
    Mutant(
        id="P47", file=COMMANDS, needle='"FILE: " + upload.name()', replacement='"Ready for " + upload.name()',
        symptom="STOU does not say `FILE: name`", killed_by="stou_tells_the_name_that_it_made",
    ),
    Mutant(
        id="P48", file=COMMANDS, needle='{"RETR", reads, takes::path,',
        replacement='{"RETR", reads, takes::optional_path,',
        symptom="RETR without a name is about the working directory", killed_by="transfer_commands_need_a_name",
    ),
    Mutant(
        id="P49", file=COMMANDS, needle='{"APPE", writes,', replacement='{"APPE", reads,',
        symptom="readers may append", killed_by="reader_uploads_nothing",
    ),
    Mutant(
        id="P50", file=DIRECTORY, needle="!listable(name) || is_upload_temporary(name)", replacement="!listable(name)",
        symptom="the server's own temporary is listed", killed_by="killed_server_leaves_the_old_file",
    ),
    Mutant(
        id="P51", file=TRANSFER, needle="    move(data);\n    finish_data_connection(data);\n",
        replacement="    move(data);\n    finish_data_connection(data);\n"
                    "  } catch (const Stopped&) {\n    std::_Exit(0);\n",
        also=((TRANSFER, "#include <csignal>\n", "#include <csignal>\n#include <cstdlib>\n"),),
        symptom="SIGTERM ends the program at once, and the temporary stays", killed_by="server_stops_in_mid_transfer",
    ),
    Mutant(
        id="P52", file=TRANSFER, needle="(control.waiter(), control.descriptor(),",
        replacement="(*new Waiter(), control.descriptor(),",
        symptom="a transfer does not hear SIGTERM", killed_by="server_stops_in_mid_transfer",
    ),
]
