"""Wrong line clients, each with the one mistake that its scenario must find."""

from autograder.kit.mutants import Mutant

REPLY, REPLY_HEADER = "lab02_lines/reply.cpp", "lab02_lines/reply.h"
DIALOGUE, CLIENT = "lab02_lines/dialogue.cpp", "lab02_lines/line_client_main.cpp"
LAST_LINE = 'line.starts_with(std::to_string(unfinished_->code) + " ")'

MUTANTS = [
    Mutant(
        id="F40", file=DIALOGUE, needle='  return encoded + "\\r\\n";', replacement='  return encoded + "\\n";',
        symptom="the client's lines end with LF alone", killed_by="client_prints_the_reply_to_every_line",
    ),
    Mutant(
        id="F41", file=REPLY, needle="std::min<std::size_t>(line.size(), 4)",
        replacement="std::min<std::size_t>(line.size(), 3)",
        symptom="the text of a reply is taken from the wrong column", killed_by="client_prints_the_reply_to_every_line",
    ),
    Mutant(
        id="F42", file=CLIENT, needle="    more = reply.preliminary();", replacement="    more = false;",
        symptom="a preliminary reply is taken for the final one", killed_by="client_waits_for_each_final_reply",
    ),
    Mutant(
        id="K05", file=REPLY, needle="  return mark == ' ';", replacement="  return true;",
        symptom="each line is taken for a reply: a greeting of three lines breaks everything",
        killed_by="client_understands_replies_of_several_lines",
    ),
    Mutant(
        id="K05b", file=REPLY, needle=LAST_LINE,
        replacement="leading_code(line).has_value() && line.size() > 3 && line[3] == ' '",
        symptom="any three digits and a space end a reply", killed_by="client_knows_the_end_of_a_reply",
    ),
    Mutant(
        id="K05c", file=REPLY, needle=LAST_LINE,
        replacement="line.size() > 3 && line.starts_with(std::to_string(unfinished_->code)) && line[3] != '-'",
        symptom="the code without a space behind it ends a reply", killed_by="client_knows_the_end_of_a_reply",
    ),
    Mutant(
        id="K09", file=DIALOGUE, needle="  return *std::move(reply);",
        replacement="  parser_ = {};\n  return *std::move(reply);",
        symptom="150 and 226 in one segment: the second is lost", killed_by="client_takes_replies_that_come_together",
    ),
    Mutant(
        id="K20", file=REPLY_HEADER, needle="  static constexpr std::size_t line_limit = 65536;",
        replacement="  static constexpr std::size_t line_limit = 1024;",
        symptom="a long line of a reply ends the client", killed_by="client_takes_long_replies",
    ),
    Mutant(
        id="F43", file=DIALOGUE, needle="    parser_.feed({buffer.data(), got});\n",
        replacement="    parser_.feed({buffer.data(), got});\n    stream_.write_all(parser_.answers(), deadline);\n",
        also=((REPLY_HEADER, "  std::optional<Reply> next();\n",
               "  std::optional<Reply> next();\n  std::string answers() { return lines_.take_answers(); }\n"),),
        symptom="the client negotiates Telnet options", killed_by="client_never_negotiates_telnet",
    ),
    Mutant(
        id="F44", file=DIALOGUE, needle="    if (byte == '\\r') {\n      encoded += '\\0';\n    }\n", replacement="",
        symptom="a CR is sent without its NUL", killed_by="client_encodes_what_it_sends",
    ),
    Mutant(
        id="F45", file=DIALOGUE, needle="telnet_encode(line)", replacement="line",
        symptom="0xFF is not doubled: the server takes it for Telnet", killed_by="client_encodes_what_it_sends",
    ),
    Mutant(
        id="F46", file=DIALOGUE, needle="if (byte == '\\n' || byte == '\\0') {", replacement="if (byte == '\\n') {",
        symptom="a NUL is sent raw", killed_by="client_encodes_what_it_sends",
    ),
    Mutant(
        id="F47", file=DIALOGUE, needle="      throw ConnectionClosed();", replacement='      return {421, "Gone"};',
        symptom="the end of the connection is taken for a reply", killed_by="client_notices_that_the_server_left",
    ),
    Mutant(
        id="F48", file=REPLY, needle=" || line[0] < '1' || line[0] > '5' || !is_digit(line[1]) || !is_digit(line[2])",
        replacement="", symptom="anything is taken for a reply", killed_by="client_refuses_what_is_no_reply",
    ),
    Mutant(
        id="F49", file=REPLY, needle=" || size_ > reply_limit", replacement="",
        symptom="a reply without end fills the client's memory", killed_by="client_refuses_what_is_no_reply",
    ),
]
