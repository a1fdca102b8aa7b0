"""Wrong echo servers and clients, each with the one mistake that its scenario must find."""

from autograder.kit.mutants import Mutant

ECHO, STREAM = "lab01_echo/echo.cpp", "lab01_echo/tcp_stream.cpp"
LISTENER, CONVERSE = "lab01_echo/tcp_listener.cpp", "lab01_echo/converse.cpp"
WRITE_BACK = "    stream.write_all({buffer.data(), got}, Deadline::after(patience));"

MUTANTS = [
    Mutant(
        id="E00", file=ECHO, needle=WRITE_BACK, replacement="    (void)got;",
        symptom="the server reads and never answers", killed_by="echo_returns_what_it_was_sent",
    ),
    Mutant(
        id="E02", file=ECHO, needle="while (const std::size_t got", replacement="if (const std::size_t got",
        symptom="one recv: only the first piece is echoed", killed_by="echo_answers_every_byte_at_once",
    ),
    Mutant(
        id="E02b", file=ECHO, needle=WRITE_BACK,
        replacement="    static std::string held;\n    held.append(buffer.data(), got);\n    if (held.back() == '\\n') {\n"
                    "      stream.write_all(held, Deadline::after(patience));\n      held.clear();\n    }",
        symptom="the answer waits for a line end", killed_by="echo_answers_every_byte_at_once",
    ),
    Mutant(
        id="E06", file=ECHO, needle="{buffer.data(), got}",
        replacement="std::string_view(buffer.data(), ::strnlen(buffer.data(), got))",
        also=((ECHO, "#include <exception>", "#include <cstring>\n#include <exception>"),),
        symptom="C-string payload: data cut at the first NUL", killed_by="echo_keeps_every_byte_value",
    ),
    Mutant(
        id="E05", file=ECHO, needle="{buffer.data(), got}",
        replacement="{buffer.data(), got > 4096 ? std::size_t{4096} : got}",
        symptom="bytes left over from a long recv are dropped", killed_by="echo_keeps_the_order_of_odd_pieces",
    ),
    Mutant(
        id="E01", file=STREAM, needle="bytes.remove_prefix(static_cast<std::size_t>(sent));", replacement="return;",
        symptom="one send: the tail of a message is missing", killed_by="echo_survives_short_reads_and_writes",
    ),
    Mutant(
        id="E01b", file="lab01_echo/wait.cpp",
        needle="retry_eintr([&] { return ::poll(watched.data(), watched.size(), deadline.poll_timeout()); })",
        replacement="::poll(watched.data(), watched.size(), deadline.poll_timeout())",
        symptom="a wait that a signal interrupts ends the session", killed_by="echo_survives_short_reads_and_writes",
    ),
    Mutant(
        id="E01c", file=STREAM, needle='waiter_->wait(socket_.get(), POLLOUT, deadline, "waiting for the peer to read");',
        replacement="return;", symptom="EAGAIN is taken for \"done\": what does not fit is lost",
        killed_by="echo_waits_for_a_late_reader",
    ),
    Mutant(
        id="E12", file=STREAM, needle="  // BEGIN SOLUTION TcpStream::read_some\n",
        replacement="  // BEGIN SOLUTION TcpStream::read_some\n"
                    "  pollfd hung_up{socket_.get(), POLLRDHUP, 0};\n"
                    "  if (::poll(&hung_up, 1, 0) == 1) {\n    return 0;\n  }\n",
        symptom="half-close ignored: bytes that still wait to be read are dropped",
        killed_by="echo_finishes_after_a_half_close",
    ),
    Mutant(
        id="E10", file=ECHO, needle="  while (true) {\n    try {", replacement="  for (int i = 0; i < 1; ++i) {\n    try {",
        symptom="one client, then exit", killed_by="echo_serves_one_client_after_another",
    ),
    Mutant(
        id="E08", file=STREAM, needle="MSG_NOSIGNAL", replacement="0",
        also=((STREAM, '      throw std::system_error(errno, std::generic_category(), "send");', "      continue;"),),
        symptom="SIGPIPE: the whole server dies with a client that vanishes",
        killed_by="echo_survives_a_client_that_vanishes",
    ),
    Mutant(
        id="E08b", file=ECHO, needle="    } catch (const std::system_error& error) {\n",
        replacement="    } catch (const std::system_error& error) {\n      throw;\n",
        symptom="one client's reset ends the server", killed_by="echo_survives_a_client_that_vanishes",
    ),
    Mutant(
        id="E03", file=ECHO, needle="while (const std::size_t got = stream.read_some(buffer, Deadline::after(patience))) {",
        replacement="while (true) {\n    const std::size_t got = stream.read_some(buffer, Deadline::after(patience));",
        symptom="end of file is taken for \"no progress\": 100 % CPU after the client closed",
        killed_by="echo_does_not_spin",
    ),
    Mutant(
        id="E13", file=STREAM, needle='      throw std::system_error(errno, std::generic_category(), "recv");',
        replacement='      const int error = errno;\n      [[maybe_unused]] const int lost = ::dup(socket_.get());\n'
                    '      throw std::system_error(error, std::generic_category(), "recv");',
        also=((STREAM, "#include <sys/socket.h>", "#include <sys/socket.h>\n#include <unistd.h>"),),
        symptom="the descriptor of a broken connection is never closed", killed_by="echo_server_frees_its_descriptors",
    ),
    Mutant(
        id="E09", file=LISTENER,
        needle='  check(::setsockopt(socket_.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "setsockopt SO_REUSEADDR");',
        replacement="  (void)on;", symptom="no SO_REUSEADDR: a restart fails for a minute",
        killed_by="echo_server_restarts_on_its_port",
    ),
    Mutant(
        id="E15", file=ECHO, needle="    } catch (const Stopped&) {\n      return;",
        replacement="    } catch (const Stopped&) {\n      continue;",
        symptom="SIGTERM is caught and forgotten", killed_by="echo_server_stops_when_asked",
    ),
    Mutant(
        id="E14", file="lab01_echo/echo_server_main.cpp", needle="kit::port_argument(argv[1])",
        replacement="static_cast<std::uint16_t>(std::atoi(argv[1]))",
        also=(("lab01_echo/echo_server_main.cpp", '#include "address.h"', '#include <cstdlib>\n\n#include "address.h"'),),
        symptom="the port is not checked: 65536 and abc are accepted",
        killed_by="echo_server_refuses_a_bad_command_line",
    ),
    Mutant(
        id="E16", file=CONVERSE, needle="      write_output(output, {received.data(), got});\n",
        replacement="      write_output(output, {received.data(), got});\n      return true;\n",
        symptom="the client ends after the first piece of the answer", killed_by="client_prints_what_comes_back",
    ),
    Mutant(
        id="E17", file=CONVERSE, needle="      stream_.shutdown_write();\n", replacement="",
        symptom="the end of standard input is not passed on", killed_by="client_half_closes_at_the_end_of_its_input",
    ),
    Mutant(
        id="E11", file=CONVERSE, needle="      stream_.shutdown_write();\n    }\n",
        replacement="      stream_.shutdown_write();\n    }\n"
                    "    stream_.write_all(std::exchange(pending_, {}), Deadline::after(std::chrono::minutes(1)));\n",
        also=((CONVERSE, "#include <system_error>", "#include <system_error>\n#include <utility>"),),
        symptom="while a send waits for the server, nothing is read: both sides wait for ever",
        killed_by="client_does_not_deadlock_on_a_long_answer",
    ),
    Mutant(
        id="E18", file=CONVERSE, needle="    pending_.remove_prefix(static_cast<std::size_t>(check(sent, \"send\")));",
        replacement="    check(sent, \"send\");\n    pending_ = {};",
        symptom="a short send loses the rest of the input", killed_by="client_survives_short_reads_and_writes",
    ),
    Mutant(
        id="E19", file="lab01_echo/echo_client_main.cpp",
        needle='      throw std::runtime_error("the server closed the connection before everything was sent");',
        replacement="      return kit::exit_ok;",
        symptom="exit status 0 though the server ended too early", killed_by="client_reports_what_went_wrong",
    ),
]
