"""Wrong converters: text, records and blocks, each with one mistake."""

from autograder.kit.mutants import Mutant

TEXT, RECORDS = "lab07_active/ascii_converter.cpp", "lab07_active/record_converter.cpp"
BLOCKS, CHOICE = "lab07_active/block_converter.cpp", "lab07_active/representation.cpp"
COMMANDS = "lab07_active/representation_commands.cpp"
BYTES = ("  out_.push_back(static_cast<char>(data.size() >> 8U));\n",
         "  out_.push_back(static_cast<char>(data.size() & 0xFFU));\n")
HALF_HEADER = "if (header_.size() < block_header_size) {\n        break;"
FOUND = "if (held_cr_ || bytes[cr + 1] == '\\n') {"

MUTANTS = [
    Mutant(
        id="A06", file=CHOICE, needle="      text = std::make_unique<AsciiEncoder>();\n", replacement="",
        symptom="TYPE A is accepted, and RETR sends what is stored",
        killed_by="type_a_sends_lines_with_crlf",
    ),
    Mutant(
        id="A06b", file=CHOICE, needle="parameters.type == Type::ascii && !records", replacement="false",
        symptom="TYPE A is accepted, and STOR keeps the CRs", killed_by="type_a_stores_lines_with_lf",
    ),
    Mutant(
        id="A06c", file="lab03_login/transfer_parameters.h", needle="Type type = Type::ascii;",
        replacement="Type type = Type::image;",
        symptom="sessions begin in TYPE I", killed_by="sessions_begin_and_begin_again_in_type_a",
    ),
    Mutant(
        id="A06d", file="lab03_login/parameter_commands.cpp", needle='{"L 8", Type::image, ',
        replacement='{"L 8", Type::ascii, ',
        symptom="L 8 is taken for text", killed_by="type_i_changes_no_byte",
    ),
    Mutant(
        id="A07", file=TEXT, needle="lf == 0 ? after_cr_ : ", replacement="lf == 0 ? false : ",
        symptom="a CR LF across the edge of a buffer leaves as CR CR LF",
        killed_by="crlf_is_right_at_every_edge_of_a_buffer",
    ),
    Mutant(
        id="A07b", file=TEXT, needle="held_cr_ = cr + 1 == bytes.size();", replacement="held_cr_ = false;",
        also=((TEXT, FOUND, "if (cr + 1 < bytes.size() && bytes[cr + 1] == '\\n') {"),),
        symptom="a CR LF that comes in two reads is stored as it is", killed_by="cr_and_lf_may_come_apart",
    ),
    Mutant(
        id="A07c", file=TEXT, needle="    if (!has_cr) {", replacement="    if (!has_cr || lf > 0) {",
        symptom="a file with CR LF grows second CRs", killed_by="a_file_with_crlf_grows_no_second_cr",
    ),
    Mutant(
        id="A07d", file=TEXT, needle=FOUND, replacement="if (cr < bytes.size()) {",
        symptom="every CR is taken out", killed_by="a_lone_cr_or_lf_survives_a_stor",
    ),
    Mutant(
        id="A13", file="lab05_passive/line_sender.cpp", needle='lines.append(*line).append("\\r\\n");',
        replacement='lines.append(*line).append("\\n");',
        symptom="listings have bare LFs in TYPE I", killed_by="listings_are_text_in_every_type",
    ),
    Mutant(
        id="A14", file=COMMANDS, needle='if (letter == "S" || letter == "B") {',
        replacement='if (letter == "S" || letter == "B" || letter == "C") {',
        symptom="MODE C is accepted and not done", killed_by="what_is_not_offered_is_refused",
    ),
    Mutant(
        id="A15", file=COMMANDS, needle='structure = letter == "R" ? Structure::record : Structure::file;',
        replacement="structure = Structure::file;",
        symptom="STRU R is accepted and ignored",
        killed_by=("records_are_sent_with_their_ends", "records_are_stored_as_lines"),
    ),
    Mutant(
        id="A15b", file=RECORDS, needle="out_.append(data.substr(0, at + 1)).push_back(escape);",
        replacement="out_.append(data.substr(0, at + 1));",
        symptom="a data byte FF announces a code", killed_by="data_bytes_ff_are_doubled",
    ),
    Mutant(
        id="A15c", file=RECORDS, needle="escaped_ = data < bytes.size();",
        replacement="escaped_ = data + 1 < bytes.size();",
        symptom="a FF at the end of a segment is forgotten", killed_by="records_are_stored_as_lines",
    ),
    Mutant(
        id="A15d", file=RECORDS, needle="return ended_ ? \"\" : throw ReplyError(426, ",
        replacement="return true ? \"\" : throw ReplyError(426, ",
        symptom="half a file of records is taken for the whole", killed_by="an_upload_without_its_end_is_void",
    ),
    Mutant(
        id="A15e", file=RECORDS, needle="out_.append({escape, end_of_record});",
        replacement="out_.append({escape, end_of_both});",
        symptom="the file ends with its first record", killed_by="records_are_sent_with_their_ends",
    ),
    Mutant(
        id="A16", file=BLOCKS, needle="".join(BYTES), replacement="".join(reversed(BYTES)),
        symptom="the low byte of the count comes first", killed_by="blocks_are_sent_with_their_headers",
    ),
    Mutant(
        id="A16b", file=BLOCKS, needle="bytes.substr(0, largest_block)", replacement="bytes",
        symptom="a count that needs 17 bits is cut", killed_by="blocks_are_sent_with_their_headers",
    ),
    Mutant(
        id="A16c", file=BLOCKS, needle=HALF_HEADER,
        replacement=HALF_HEADER.replace("break;", "header_.clear();\n        break;"),
        symptom="a header that comes in two segments is lost", killed_by="blocks_are_stored_without_their_headers",
    ),
    Mutant(
        id="A16d", file=BLOCKS, needle="return ended_ ? \"\" : throw ReplyError(426, ",
        replacement="return true ? \"\" : throw ReplyError(426, ",
        symptom="half a file of blocks is taken for the whole", killed_by="an_upload_without_its_end_is_void",
    ),
    Mutant(
        id="A16e", file=BLOCKS, needle="take_marker_(marker_, position_);", replacement="out_.append(marker_);",
        symptom="restart markers end up in the file", killed_by="restart_markers_are_answered",
    ),
    Mutant(
        id="A17", file="lab07_active/converter_chain.cpp", needle="std::make_unique<Chain>(std::move(first), std::move(second))",
        replacement="std::make_unique<Chain>(std::move(second), std::move(first))",
        symptom="headers are converted as if they were text", killed_by="type_structure_and_mode_go_together",
    ),
]
