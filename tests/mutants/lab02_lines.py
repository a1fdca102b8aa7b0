"""Wrong line servers, each with the one mistake that its scenario must find."""

from autograder.kit.mutants import Mutant

READER, TELNET = "lab02_lines/line_reader.cpp", "lab02_lines/telnet.cpp"
CONTROL, SERVICE = "lab02_lines/control_connection.cpp", "lab02_lines/line_service.cpp"
REPLY, READER_HEADER = "lab02_lines/reply.cpp", "lab02_lines/line_reader.h"
ANSWER = "    const Reply reply = answer_line(*line);\n"
DECODE = "  telnet_.decode(bytes, buffer_);\n"

MUTANTS = [
    Mutant(
        id="F20", file=REPLY, needle='    wire += telnet_encode(line) + "\\r\\n";',
        replacement='    wire += telnet_encode(line) + "\\n";',
        symptom="replies end with LF alone", killed_by="line_server_greets_and_says_goodbye",
    ),
    Mutant(
        id="F21", file=SERVICE, needle="    if (reply.code == 221) {\n      break;",
        replacement="    if (reply.code == 221) {\n      continue;",
        symptom="QUIT does not close", killed_by="line_server_greets_and_says_goodbye",
    ),
    Mutant(
        id="F22", file=SERVICE, needle="    control.send(reply);\n",
        replacement='    if (!reply.lines.front().starts_with("Only")) {\n      control.send(reply);\n    }\n',
        symptom="an unknown command gets no reply", killed_by="unknown_verb_gets_500",
    ),
    Mutant(
        id="F11", file=SERVICE, needle="return std::equal(text.begin(), text.end(), verb.begin(), verb.end(),",
        replacement="return text.size() >= verb.size() && std::equal(verb.begin(), verb.end(), text.begin(),",
        also=((SERVICE, "[&](char a, char b) {", "[&](char b, char a) {"),),
        symptom="prefix match: NOOPS is NOOP", killed_by="unknown_verb_gets_500",
    ),
    Mutant(
        id="F10", file=SERVICE, needle="{ return upper(a) == b; }", replacement="{ return upper(b) == a; }",
        symptom="verbs are case-sensitive: noop is 500", killed_by="verbs_are_the_same_in_any_case",
    ),
    Mutant(
        id="F02", file=READER, needle="  scanned_ = 0;\n  buffer_.clear();\n",
        replacement="  scanned_ = 0;\n  if (!buffer_.empty()) {\n    buffer_.clear();\n"
                    "    return std::exchange(line_, {});\n  }\n",
        symptom="a command in two pieces is answered as two bad ones", killed_by="lines_split_anywhere_are_joined",
    ),
    Mutant(
        id="F01", file=READER, needle="      return std::exchange(line_, {});\n    }\n",
        replacement="      buffer_.clear();\n      return std::exchange(line_, {});\n    }\n",
        symptom="one recv is one command: the second of two is lost",
        killed_by="lines_that_come_together_are_all_answered",
    ),
    Mutant(
        id="F03", file=READER, needle="  while (scanned_ < buffer_.size()) {",
        replacement="  if (!buffer_.empty() && buffer_.back() != '\\n') {\n    return std::nullopt;\n  }\n"
                    "  while (scanned_ < buffer_.size()) {",
        symptom="waits for a buffer that ends in LF", killed_by="line_is_answered_though_a_fragment_follows",
    ),
    Mutant(
        id="F04", file=CONTROL, needle="  return line;\n  // END SOLUTION",
        replacement='  if (!line) {\n    reader_.feed("\\r\\n");\n    line = buffered_line();\n'
                    "    if (line && line->text.empty()) {\n      line.reset();\n    }\n  }\n"
                    "  return line;\n  // END SOLUTION",
        symptom="an unfinished line is obeyed when the client ends", killed_by="unfinished_line_is_not_obeyed",
    ),
    Mutant(
        id="F12", file=SERVICE, needle='  if (same_verb(line.text, "NOOP")) {',
        replacement="  if (line.text.at(0) == ' ') {\n    return {500, \"A blank\"};\n  }\n"
                    '  if (same_verb(line.text, "NOOP")) {',
        symptom="an empty line crashes the server", killed_by="empty_line_gets_500",
    ),
    Mutant(
        id="F12b", file=SERVICE, needle=ANSWER,
        replacement="    if (line->text.empty()) {\n      continue;\n    }\n" + ANSWER,
        symptom="an empty line gets no reply", killed_by="empty_line_gets_500",
    ),
    Mutant(
        id="F23", file=READER, needle="  if (byte == '\\n') {\n    return true;\n  }\n  if (behind_cr) {",
        replacement="  if (byte == '\\n' && behind_cr) {\n    return true;\n  }\n  if (behind_cr) {",
        symptom="only CR LF ends a line: who types into nc gets no answer", killed_by="bare_line_feed_ends_a_line",
    ),
    Mutant(
        id="F24", file=READER, needle="  buffer_.erase(0, std::exchange(scanned_, 0));\n",
        replacement="  buffer_.erase(0, std::exchange(scanned_, 0));\n  if (buffer_.size() > 2048) {\n"
                    "    buffer_.clear();\n  }\n",
        also=((CONTROL, "    line = buffered_line();\n  }",
               "    if (reader_.next()) {\n      line = buffered_line();\n    }\n  }"),),
        symptom="lines of a long burst are lost", killed_by="thousands_of_lines_in_one_go",
    ),
    Mutant(
        id="F25", file=CONTROL, needle="    closing.shutdown_write();\n", replacement="    return;\n",
        symptom="closing resets the connection: the last reply may be lost",
        killed_by="quit_ends_orderly_though_more_was_sent",
    ),
    Mutant(
        id="F26", file=SERVICE, needle="    } catch (const std::system_error& error) {\n",
        replacement="    } catch (const std::system_error& error) {\n      throw;\n",
        symptom="one client's reset ends the server", killed_by="clients_that_vanish_harm_nobody",
    ),
    Mutant(
        id="F27", file=CONTROL, needle="  return got > 0;", replacement="  return true;",
        symptom="the end of the connection is not noticed: the server spins",
        killed_by="clients_that_vanish_harm_nobody",
    ),
    Mutant(
        id="F28", file=SERVICE, needle="    } catch (const Stopped&) {\n      return;",
        replacement="    } catch (const Stopped&) {\n      continue;",
        symptom="SIGTERM is caught and forgotten", killed_by="line_server_stops_when_asked",
    ),
    Mutant(
        id="F06", file=READER, needle="  if (line_.text.size() == limit_) {\n",
        replacement="  static char field[512];\n  if (line_.text.size() >= sizeof field) {\n"
                    "    field[line_.text.size()] = byte;\n  }\n"
                    "  if (line_.text.size() == limit_) {\n",
        symptom="a long line is written past the end of an array", killed_by="over_long_line_gets_one_500",
    ),
    Mutant(
        id="F06b", file=READER, needle="    line_.defect = Line::Defect::too_long;\n    return;",
        replacement="    line_ = {};\n    line_.defect = Line::Defect::too_long;\n    return;",
        also=((CONTROL, "  while (!line && fill(deadline)) {\n", "  while (!line && fill(deadline)) {\n"
               '    if (reader_.overflowed()) {\n      send({500, "Line too long"});\n    }\n'),
              (READER_HEADER, "  /// Takes the next complete line, or",
               "  bool overflowed() { return std::exchange(line_.defect, Line::Defect::none) != Line::Defect::none; }\n"
               "  /// Takes the next complete line, or"),
              (READER_HEADER, "#include <string_view>\n", "#include <string_view>\n#include <utility>\n")),
        symptom="an over-long line gets several replies", killed_by="over_long_line_gets_one_500",
    ),
    Mutant(
        id="F07", file=READER, needle="    if (take(buffer_[scanned_++])) {",
        replacement="    if (take(buffer_[scanned_++]) || line_.text.size() == limit_) {",
        symptom="the tail of an over-long line is taken for a command", killed_by="tail_of_a_long_line_is_never_obeyed",
    ),
    Mutant(
        id="F29", file=READER, needle="    line_.defect = Line::Defect::too_long;\n    return;\n",
        replacement="    line_.defect = Line::Defect::too_long;\n",
        symptom="a line without end fills the memory", killed_by="line_without_end_takes_no_memory",
    ),
    Mutant(
        id="F30", file=READER, needle="  if (behind_cr) {\n    append('\\r');  // it ended no line, so it was data\n",
        replacement="  if (behind_cr) {\n    scanned_ -= byte == '\\0' ? 0 : 1;\n    return true;\n",
        symptom="a CR alone ends a line", killed_by="bare_carriage_return_is_data",
    ),
    Mutant(
        id="F08", file=READER, needle="    append('\\r');  // it ended no line, so it was data\n", replacement="",
        symptom="every CR is thrown away", killed_by="bare_carriage_return_is_data",
    ),
    Mutant(
        id="F05", file=SERVICE, needle=ANSWER,
        replacement="    const Reply reply = answer_line({line->text.c_str()});\n",
        symptom="C string: a line ends at a NUL and what is left is obeyed", killed_by="nul_in_a_line_is_refused",
    ),
    Mutant(
        id="F31", file=SERVICE, needle="static_cast<char>(c - 'a' + 'A') : c; };",
        replacement="static_cast<char>(c - 'a' + 'A') : static_cast<char>(c & 0x7F); };",
        symptom="the eighth bit is cut off", killed_by="eight_bit_verb_gets_500",
    ),
    Mutant(
        id="F32", file=CONTROL, needle="  if (!answers.empty()) {\n", replacement="  if (answers.size() > 100) {\n",
        symptom="Telnet options are removed but not refused", killed_by="telnet_options_are_refused",
    ),
    Mutant(
        id="F33", file=READER, needle=DECODE, replacement="  buffer_ += bytes;\n",
        symptom="Telnet bytes stay in the line",
        killed_by=("telnet_options_are_refused", "telnet_commands_are_removed"),
    ),
    Mutant(
        id="F34", file=READER, needle=DECODE,
        replacement="  TelnetDecoder fresh;\n  fresh.decode(bytes, buffer_);\n  telnet_ = fresh;\n",
        symptom="a Telnet command in two pieces is not recognised", killed_by="telnet_options_are_refused",
    ),
    Mutant(
        id="F35", file=TELNET, needle="    default: state_ = State::data;",
        replacement="    default: state_ = State::option;", symptom="every Telnet command takes a byte too many",
        killed_by="telnet_commands_are_removed",
    ),
    Mutant(
        id="F36", file=CONTROL, needle="SO_OOBINLINE, &on, sizeof on)", replacement="SO_KEEPALIVE, &on, sizeof on)",
        symptom="urgent data are not kept in line: a Synch swallows a letter",
        killed_by="telnet_commands_are_removed",
    ),
    Mutant(
        id="F37", file=TELNET, needle="  for (const char byte : bytes) {\n    switch (state_) {",
        replacement="  static const char known[128] = {};\n  for (const char byte : bytes) {\n"
                    "    if (byte != iac && known[static_cast<int>(byte)] != 0) {\n      continue;\n    }\n"
                    "    switch (state_) {",
        symptom="a table is read at a negative index",
        killed_by=("other_protocols_do_no_harm", "eight_bit_verb_gets_500"),
    ),
]
