"""Wrong servers that lose count of bytes or of time, each with one mistake."""

from autograder.kit.mutants import Mutant

ATTRIBUTES, SIZES = "lab09_extensions/attribute_commands.cpp", "lab09_extensions/representation_size.cpp"
TIME, HASH = "lab09_extensions/time_value.cpp", "lab09_extensions/hash_commands.cpp"
RESTART = "lab09_extensions/restart.cpp"
HEADER, UPLOAD, TRANSFER = "lab09_extensions/restart.h", "lab05_passive/upload.cpp", "lab05_passive/transfer.cpp"
LIMIT = "lab09_extensions/representation_size.h"

MUTANTS = [
    Mutant(
        id="X04", file=ATTRIBUTES, needle="Reply(213, std::to_string(*bytes))",
        replacement='Reply(213, "The size is " + std::to_string(*bytes))',
        symptom="SIZE talks", killed_by="size_is_what_retr_would_send",
    ),
    Mutant(
        id="X28", file=SIZES, needle="if (travels_as_stored(session) && ", replacement="if (size > 0 || ",
        symptom="SIZE is that of the file in every TYPE", killed_by="size_is_what_retr_would_send",
    ),
    Mutant(
        id="X29", file=ATTRIBUTES,
        needle="const FileDescriptor file = session.service<Root>().open_file(argument.as<VirtualPath>(), O_RDONLY);",
        replacement="const FileDescriptor file = session.service<Root>().open(argument.as<VirtualPath>(), O_RDONLY);",
        symptom="directories and FIFOs have a size", killed_by="size_is_for_files",
    ),
    Mutant(
        id="X30", file=LIMIT, needle="std::uint64_t{16} << 20U", replacement="std::uint64_t{16} << 40U",
        symptom="SIZE in TYPE A reads any file", killed_by="size_of_a_huge_file_is_cheap",
    ),
    Mutant(
        id="X30b", file=SIZES, needle="const auto size = static_cast<std::uint64_t>(status.st_size);",
        replacement="const auto size = static_cast<std::uint32_t>(status.st_size);",
        symptom="SIZE knows 4 GiB", killed_by="size_of_a_huge_file_is_cheap",
    ),
    Mutant(
        id="X04b", file=TIME, needle="seconds(std::clamp(time, first, last))", replacement="seconds(std::clamp(time, first, last)) + hours(8)",
        symptom="times are those of the server's clock on the wall",
        killed_by="mdtm_is_in_utc",
    ),
    Mutant(
        id="X31", file=ATTRIBUTES, needle="  return {213, time_text(session.service<Root>().status(",
        replacement="  const std::string given = argument.text();\n"
        "  const auto set = parse_time_value(given.substr(0, given.find(' ')));\n"
        "  if (set) {\n"
        "    const VirtualPath behind =\n"
        "        session.part<WorkingDirectory>().path.resolve(given.substr(given.find(' ') + 1));\n"
        "    session.service<Root>().change_times(behind, {0, UTIME_OMIT}, *set);\n"
        "    return {213, time_text(set->tv_sec)};\n"
        "  }\n"
        "  return {213, time_text(session.service<Root>().status(",
        symptom="MDTM with a time in front sets the time", killed_by="mdtm_is_in_utc",
    ),
    Mutant(
        id="X32", file=ATTRIBUTES, needle='{"MFMT", writes, ', replacement='{"MFMT", reads, ',
        symptom="who may only read can set times", killed_by="mfmt_sets_the_time_of_modification",
        also=((ATTRIBUTES, "  constexpr Policy writes{.writes = true};\n", ""),),
    ),
    Mutant(
        id="X33", file=HASH, needle="digest->update({buffer.data(), static_cast<std::size_t>(got)});",
        replacement="digest->update({buffer.data(), buffer.size()});",
        symptom="the whole buffer is hashed", killed_by="hash_is_that_of_the_file",
    ),
    Mutant(
        id="X34", file=HASH, needle='    waiter->wait(file, POLLIN, Deadline::never(), "reading the file");\n',
        replacement="",
        symptom="HASH hears nothing until it is done", killed_by="hash_of_a_huge_file_can_be_aborted",
    ),
    Mutant(
        id="X35", file=ATTRIBUTES, needle="std::uintmax_t{system.f_bavail} * system.f_frsize",
        replacement="std::uintmax_t{system.f_bavail}",
        symptom="AVBL counts blocks", killed_by="avbl_tells_the_room_that_is_left",
    ),
    Mutant(
        id="X03", file=RESTART, needle="return {350, ", replacement="return {200, ",
        symptom="REST is 200", killed_by="rest_resumes_a_download",
    ),
    Mutant(
        id="X36", file=HEADER, needle="std::uint64_t take() { return std::exchange(valid_now_, 0); }",
        replacement="std::uint64_t take() { return said_ = valid_now_; }",
        symptom="an offset holds for every transfer that follows", killed_by="rest_resumes_a_download",
    ),
    Mutant(
        id="X37", file=RESTART, needle='"EPSV", "MODE", "PASV",', replacement='"EPSV", "MODE", "HELP",',
        symptom="PASV forgets REST", killed_by="rest_resumes_a_download",
    ),
    Mutant(
        id="X03b", file=RESTART, needle="parse_number<std::uint64_t>(argument.text(), 0, most)",
        replacement="std::optional<std::uint64_t>(std::strtoull(argument.text().c_str(), nullptr, 10) % most)",
        symptom="REST takes whatever begins with a digit, and more", killed_by="rest_takes_digits_only",
        also=((RESTART, "#include <cstdint>", "#include <cstdint>\n#include <cstdlib>"),),
    ),
    Mutant(
        id="X38", file=TRANSFER, needle="  if (offset > size) {", replacement="  if (false) {",
        symptom="a download begins behind the end", killed_by="an_offset_behind_the_end_is_refused",
    ),
    Mutant(
        id="X38b", file=UPLOAD, needle="  if (offset_ > size) {", replacement="  if (false) {",
        symptom="an upload makes a hole", killed_by="an_offset_behind_the_end_is_refused",
    ),
    Mutant(
        id="X01", file=UPLOAD, needle="O_WRONLY | O_CREAT | (offset_ < 0 ? O_APPEND : 0)",
        replacement="O_WRONLY | O_CREAT | (offset_ < 0 ? O_APPEND : O_TRUNC)",
        symptom="a continued upload destroys what was there", killed_by="rest_puts_an_upload_into_its_place",
    ),
    Mutant(
        id="X01b", file=UPLOAD, needle="O_WRONLY | O_CREAT | (offset_ < 0 ? O_APPEND : 0)",
        replacement="O_WRONLY | O_CREAT | O_APPEND",
        symptom="a continued upload is added to the end", killed_by="rest_puts_an_upload_into_its_place",
    ),
    Mutant(
        id="X39", file=RESTART, needle='row_before(restarts ? "STOR" : "APPE")',
        replacement='row_before(restarts ? "APPE" : "APPE")',
        symptom="APPE appends behind REST", killed_by="appe_behind_rest_is_stor",
    ),
    Mutant(
        id="X40", file=RESTART, needle="if (offset > 0 && !travels_as_stored(session)) {", replacement="if (false) {",
        symptom="in TYPE A an offset is a place in the file", killed_by="rest_in_type_a_destroys_nothing",
    ),
    Mutant(
        id="X41", file=RESTART, needle="      changed.takes = beginning_as(row->takes);",
        replacement="      const bool transfers = row->takes == takes::path && row->verb.size() == 4 && row->verb != \"SIZE\";\n"
        "      changed.takes = transfers ? beginning_as(row->takes) : row->takes;",
        symptom="an offset waits for the next transfer, whatever comes between",
        killed_by="rest_is_for_the_command_behind_it",
    ),
    Mutant(
        id="X42", file=HEADER, needle="void set(std::uint64_t offset) { said_ = offset; }",
        replacement="void set(std::uint64_t offset) { said_ = static_cast<std::uint32_t>(offset); }",
        symptom="an offset has 32 bits", killed_by="rest_passes_four_gibibytes",
    ),
    Mutant(
        id="X33b", file=HASH, needle="  return {200, std::string(kind->name)};", replacement='  return {200, ""};',
        symptom="OPTS HASH does not say which function is in use", killed_by="hash_is_that_of_the_file",
    ),
]
