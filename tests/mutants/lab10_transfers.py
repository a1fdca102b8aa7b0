"""Wrong transfers and metrics of lab 10, each with the one mistake that its scenario must find."""

from autograder.kit.mutants import Mutant

COPY, PIPE, SLOTS = "lab10_scale/zero_copy.cpp", "lab10_scale/splice_pipe.cpp", "lab10_scale/transfer_slots.cpp"
LINES = "lab10_scale/shared_lines.cpp"
METRICS, PAGE, SERVER = "lab10_scale/metrics.cpp", "lab10_scale/metrics_server.cpp", "lab10_scale/parked_server.cpp"

MUTANTS = [
    Mutant(
        id="Z01", file=COPY, needle="  std::uint64_t left = as_it_is ? skip_to(file, 0) : 0;",
        replacement="  std::uint64_t left = as_it_is ? 0 : 0;",
        symptom="RETR copies every byte", killed_by="retr_copies_nothing",
    ),
    Mutant(
        id="Z01b", file=COPY,
        needle="const ssize_t sent = retry_eintr([&] { return ::sendfile(data.descriptor(), file, nullptr, wanted); });",
        replacement="""const off_t at = ::lseek(file, 0, SEEK_CUR);
    const std::size_t end = static_cast<std::size_t>(at) + wanted;
    char* const mapped = static_cast<char*>(::mmap(nullptr, end, PROT_READ, MAP_SHARED, file, 0));
    const ssize_t sent = ::send(data.descriptor(), mapped + at, wanted, MSG_NOSIGNAL);
    ::munmap(mapped, end);
    ::lseek(file, at + std::max<ssize_t>(sent, 0), SEEK_SET);""",
        also=((COPY, "#include <sys/sendfile.h>", "#include <sys/mman.h>\n#include <sys/socket.h>\n#include <unistd.h>"),),
        symptom="RETR copies every byte from where the file is mapped: no read(2) counts it",
        killed_by="retr_copies_nothing",
    ),
    Mutant(
        id="Z01c", file=COPY, needle="constexpr std::size_t piece = std::size_t{2} << 20U;",
        replacement="constexpr std::size_t piece = std::size_t{4} << 10U;",
        symptom="a call for each 4 KiB", killed_by="retr_copies_nothing",
    ),
    Mutant(
        id="Z01d", file=COPY, needle="    left -= static_cast<std::uint64_t>(std::max<ssize_t>(sent, 0));",
        replacement="""    if (sent > 0) {
      const std::size_t end = static_cast<std::size_t>(::lseek(file, 0, SEEK_CUR));
      auto* const mapped = static_cast<unsigned char*>(::mmap(nullptr, end, PROT_READ, MAP_SHARED, file, 0));
      volatile std::uint32_t sum = 1;
      for (std::size_t at = end - static_cast<std::size_t>(sent); at < end; at += 2) {
        sum = sum * 31 + mapped[at];
      }
      ::munmap(mapped, end);
    }
    left -= static_cast<std::uint64_t>(std::max<ssize_t>(sent, 0));""",
        also=((COPY, "#include <sys/sendfile.h>", "#include <sys/mman.h>\n#include <sys/sendfile.h>\n#include <unistd.h>"),),
        symptom="nothing is copied, but every other byte looked at", killed_by="retr_copies_nothing",
    ),
    Mutant(
        id="Z02", file=COPY, needle="  if (changes_nothing(*session.service<TransferSeams>().decoder(session))) {",
        replacement="  if (changes_nothing(*session.service<TransferSeams>().decoder(session)) && file < 0) {",
        symptom="STOR copies every byte", killed_by="stor_copies_nothing",
    ),
    Mutant(
        id="Z03", file=PIPE, needle="      copy_into(file);\n      return false;", replacement="      held_ = 0;\n      return false;",
        symptom="what is in the pipe when splice fails is lost", killed_by="no_byte_is_lost_on_the_way",
    ),
    Mutant(
        id="Z04", file=PIPE, needle="    held_ -= static_cast<std::size_t>(check(moved, \"write\"));\n",
        replacement="    held_ -= static_cast<std::size_t>(check(moved, \"write\"));\n    break;\n",
        symptom="a splice that moves a part is taken for all of it", killed_by="no_byte_is_lost_on_the_way",
        also=((PIPE, "splice(out_.get(), nullptr, file, nullptr, held_, SPLICE_F_MOVE)",
               "splice(out_.get(), nullptr, file, nullptr, std::min<std::size_t>(held_, 4096), SPLICE_F_MOVE)"),),
    ),
    Mutant(
        id="Z04b", file="lab10_scale/late_closer.cpp", needle="    lock.unlock();\n    close_(std::move(file));\n    lock.lock();\n",
        replacement="    static std::deque<FileDescriptor> kept;\n    kept.push_back(std::move(file));\n",
        symptom="files that were replaced are never closed", killed_by="no_byte_is_lost_on_the_way",
    ),
    Mutant(
        id="Z05", file=COPY, needle="return typeid(converter) == typeid(Converter);",
        replacement="return !converter.ended();",
        symptom="TYPE A is sent as it is", killed_by="what_must_be_changed_is_changed",
    ),
    Mutant(
        id="Z06", file=COPY, needle="for (bool fresh = true; left > 0; fresh = false) {",
        replacement="for (bool fresh = true; left > 0;) {",
        also=((COPY, "    if (sent < 0 && errno != EAGAIN) {",
               "    if (sent < 0 && errno == EAGAIN) {\n      pollfd one{data.descriptor(), POLLOUT, 0};\n"
               "      ::poll(&one, 1, 5000);\n    } else if (sent < 0) {"),),
        symptom="the pump waits past the door: nothing ends it", killed_by="abor_ends_a_transfer_at_full_speed",
    ),
    Mutant(
        id="Z07", file=COPY, needle="  std::signal(SIGPIPE, SIG_IGN);\n", replacement="",
        symptom="a client that vanishes in a download kills the server", killed_by="clients_that_vanish_in_a_transfer",
    ),
    Mutant(
        id="Z08", file=SLOTS, needle="  if (++taken_ > transfers_) {", replacement="  if (++taken_ > 100 * transfers_) {",
        symptom="transfers have no limit", killed_by="slow_transfers_leave_workers",
    ),
    Mutant(
        id="Z09", file="lab10_scale/transfer_slots.h", needle="return transfers_ + other_workers;", replacement="return transfers_;",
        symptom="transfers may take all workers", killed_by="slow_transfers_leave_workers",
    ),
    Mutant(
        id="Z10", file=SLOTS, needle="    --taken_;\n    throw", replacement="    throw",
        symptom="a transfer that is refused takes a slot for ever", killed_by="a_slot_comes_back",
    ),
    Mutant(
        id="Z11", file="lab05_passive/transfer.cpp",
        needle=".begin = [](Session& session, const Reply& opening) { session.reply(opening); },",
        replacement=".begin =\n          [](Session& session, const Reply& opening) {\n"
                    "            const std::string text = format_reply(opening);\n"
                    "            ::send(session.control().stream().descriptor(), text.data(), text.size(), MSG_MORE);\n          },",
        symptom="the 150 waits a fifth of a second for a reply to go with it",
        killed_by="a_slot_comes_back",
    ),
    Mutant(
        id="M01", file=METRICS, needle="  (receives ? bytes_received_ : bytes_sent_) += bytes;", replacement="  bytes_sent_ += bytes;",
        symptom="what is received is counted as sent", killed_by="metrics_tell_what_happened",
    ),
    Mutant(
        id="M02", file=METRICS, needle="    so_far += counts_[i];", replacement="    so_far = counts_[i];",
        symptom="a bucket does not hold the smaller ones", killed_by="metrics_tell_what_happened",
    ),
    Mutant(
        id="M03", file=SERVER, needle="  return {lot_.size(), away_, pool_.count(),", replacement="  return {lot_.size() + away_, 0, pool_.count(),",
        symptom="sessions that a worker runs are called parked", killed_by="metrics_tell_what_is",
    ),
    Mutant(
        id="M04", file=PAGE, needle='Address::resolve("127.0.0.1", port)', replacement='Address::resolve("0.0.0.0", port)',
        symptom="the metrics are for the whole network", killed_by="metrics_are_for_this_machine",
    ),
    Mutant(
        id="M05", file=PAGE, needle='  if (target.substr(0, target.find(\'?\')) != "/metrics") {',
        replacement='  if (target.empty()) {', symptom="every path shows the metrics", killed_by="metrics_are_for_this_machine",
    ),
    Mutant(
        id="M06", file=PAGE, needle='  std::string answer = "HTTP/1.0 ";', replacement='  std::string answer = "METRICS ";',
        symptom="the answer is no HTTP", killed_by="metrics_tell_what_happened",
    ),
    Mutant(
        id="M07", file=METRICS, needle="ftp_sessions_total", replacement="ftp_session_total",
        symptom="a metric has another name", killed_by="metrics_tell_what_happened",
    ),
    Mutant(
        id="Z12", file=LINES, needle="std::min((number + 1) * piece_lines, lines_)",
        replacement="std::min((number + 1) * piece_lines + 1, lines_)",
        symptom="where two pieces of a list meet, a name stands twice", killed_by="long_listings_are_whole",
    ),
    Mutant(
        id="Z12b", file=LINES, needle="      pieces_.give_up();\n", replacement="",
        symptom="a listing that breaks off waits for its second thread for ever", killed_by="long_listings_are_whole",
    ),
]
