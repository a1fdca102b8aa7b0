"""Lab 2, the server's lines: a byte stream has no messages, so the program has to make them."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, Weather, scenario
from autograder.wire.control import Control
from autograder.wire.show import quote

SERVER = "line_server"
EVERY_CUT = (Weather.PLAIN, Weather.SPLIT, Weather.DRIP)

ONE_READ = "one recv() is taken for one line: keep the bytes, and take a line only when its end has come"
LEFTOVER = "what stands behind the first line of a recv() is thrown away: keep it, it belongs to the next lines"
GREETED = ("line_server_greets_and_says_goodbye",)
JOINED = ("lines_split_anywhere_are_joined",)
TAKEN_APART = ("lines_that_come_together_are_all_answered",)


@scenario(
    points=3, clause="RFC 959 5.4", level=MUST, program=SERVER, carries=True, covers=(1, 5, 27),
    by_hand="nc -C 127.0.0.1 {port}   # then type NOOP and QUIT",
    causes=("the greeting (220) waits for the client to speak first: the server speaks first",
            "a reply is three digits, a space, a text and CR LF; \"\\n\" alone is no line end",
            "QUIT gets 221, then the server closes"),
)
def line_server_greets_and_says_goodbye(server):
    """220 at once, 200 for NOOP, 221 for QUIT, then the end of the connection."""
    control = server.connect()
    control.ask("NOOP", 200)
    control.quit()


@scenario(
    points=3, clause="RFC 959 4.2, 5.4", level=MUST, program=SERVER, carries=True, covers=(22, 23), after=GREETED,
    by_hand="printf 'XYZZY\\r\\nNOOPS\\r\\nQUITE\\r\\nNOOP\\r\\n' | nc -q 1 127.0.0.1 {port}",
    causes=("only known commands are answered: a client waits for a reply to every line",
            "the verb is compared by its first letters only (strncmp): NOOPS is not NOOP"),
)
def unknown_verb_gets_500(server):
    """Every line gets exactly one reply; a verb that nobody knows gets 500, also if it begins like a known one."""
    control = server.connect()
    for line in ("XYZZY", "NOOPS", "NOO", "QUITE", "Q", "XYZZY plugh"):
        control.ask(line, 500)
    control.in_step()


@scenario(
    points=2, clause="RFC 959 5.3", level=MUST, program=SERVER, carries=True, covers=(9,), after=GREETED,
    by_hand="printf 'noop\\r\\nnOoP\\r\\nquit\\r\\n' | nc -q 1 127.0.0.1 {port}",
    causes=("the verb is compared as it came: turn it into upper case first",),
)
def verbs_are_the_same_in_any_case(server):
    """noop, Noop and nOoP are NOOP; quiT is QUIT."""
    control = server.connect()
    for line in ("noop", "Noop", "nOoP"):
        control.ask(line, 200)
    control.ask("quiT", 221)
    control.expect_closed()


@scenario(
    points=6, clause="RFC 959 5.3; RFC 1123 4.1.2.10", level=MUST, program=SERVER, carries=True, covers=(10, 11),
    weather=EVERY_CUT, after=GREETED, causes=(ONE_READ, "CR and LF may come in two pieces"),
    by_hand="(printf 'NO'; sleep 1; printf 'OP\\r'; sleep 1; printf '\\nNOOP\\r\\n') | nc -q 1 127.0.0.1 {port}",
)
def lines_split_anywhere_are_joined(server):
    """A line that comes in pieces, cut at any byte, is one line and gets one reply."""
    control = server.connect()
    line = b"NOOP\r\n"
    for cut in range(1, len(line)):
        control.send_pieces(line[:cut], line[cut:])
        control.expect(200)
    control.send_pieces(*(bytes([byte]) for byte in b"XYZZY\r\n"))
    control.expect(500)
    control.in_step()


@scenario(
    points=6, clause="RFC 959 4.2; RFC 1123 4.1.2.10", level=MUST, program=SERVER, carries=True, covers=(11, 25),
    weather=(Weather.PLAIN, Weather.SPLIT, Weather.COALESCED), after=GREETED, causes=(ONE_READ, LEFTOVER),
    by_hand="printf 'NOOP\\r\\nXYZZY\\r\\nNOOP\\r\\n' | nc -q 1 127.0.0.1 {port}   # three replies: 200, 500, 200",
)
def lines_that_come_together_are_all_answered(server):
    """Three lines in one segment get three replies, in their order."""
    control = server.connect()
    for _ in range(3):
        control.send_raw(b"NOOP\r\nXYZZY\r\nNOOP\r\n")
        for code in (200, 500, 200):
            control.expect(code)
    for line in ("NOOP", "XYZZY", "NOOP", "NOOP"):
        control.send(line)
    for code in (200, 500, 200, 200):
        control.expect(code)
    control.in_step()


@scenario(
    points=4, clause="RFC 959 5.3", level=MUST, program=SERVER, carries=True, covers=(10, 11),
    after=TAKEN_APART,
    by_hand="(printf 'NOOP\\r\\nNO'; sleep 2; printf 'OP\\r\\n') | nc -q 1 127.0.0.1 {port}   # the first 200 at once",
    causes=("the program waits until what it holds *ends* with LF: look for the first line end instead", LEFTOVER),
)
def line_is_answered_though_a_fragment_follows(server):
    """A complete line is answered at once, even when the beginning of the next one came with it."""
    control = server.connect()
    for _ in range(2):
        control.send_pieces(b"NOOP\r\nNO")
        control.expect(200)
        control.send_pieces(b"OP\r\n")
        control.expect(200)
    control.in_step()


@scenario(
    points=3, clause="RFC 959 5.3", level=MUST, program=SERVER, carries=True, covers=(6, 10), after=JOINED,
    by_hand="printf 'NOOP' | nc -q 1 127.0.0.1 {port}   # nothing but the greeting",
    causes=("a line is obeyed when its bytes are there, or when the connection ends: it is one only after CR LF",),
)
def unfinished_line_is_not_obeyed(server, check):
    """Nothing happens before a line's end has come; what is unfinished when the client ends is dropped."""
    control = server.connect()
    control.send_pieces(b"QUIT")
    control.wire.expect_silence(0.1)
    control.send_pieces(b"E\r\n")
    control.expect(500)
    control.send_pieces(b"NOOP")
    control.wire.half_close()
    rest = control.wire.read_to_eof()
    check(not rest.startswith(b"2"), expected="no 2yz reply to the unfinished NOOP", observed=f"it sent {quote(rest)}")


@scenario(
    points=3, clause="RFC 959 4.2", level=MUST, program=SERVER, carries=True, covers=(22,), after=GREETED,
    by_hand="printf '\\r\\nNOOP\\r\\n' | nc -q 1 127.0.0.1 {port}   # 500, then 200",
    causes=("the first word of an empty line is taken without looking whether there is one",
            "an empty line is passed over in silence: the client waits for a reply"),
)
def empty_line_gets_500(server):
    """An empty line gets one 500, and the next line is answered as ever."""
    control = server.connect()
    for _ in range(3):
        control.send_raw(b"\r\n", "an empty line")
        control.expect(500, 501)
    control.in_step()


@scenario(
    points=2, clause="course: a bare LF ends a line too", level=COURSE, program=SERVER, carries=True, covers=(12,),
    after=TAKEN_APART, weather=(Weather.PLAIN, Weather.DRIP),
    by_hand="printf 'NOOP\\nNOOP\\r\\n' | nc -q 1 127.0.0.1 {port}   # two replies",
    causes=("only CR LF is looked for: people type into nc, which sends LF",),
)
def bare_line_feed_ends_a_line(server):
    """LF alone ends a line, mixed with CR LF as you please; replies stay in step."""
    control = server.connect()
    control.send_raw(b"NOOP\nXYZZY\r\nNOOP\n\n")
    for code in (200, 500, 200, 500):
        control.expect(code)
    control.in_step()


@scenario(
    points=3, clause="RFC 959 4.2", level=MUST, program=SERVER, carries=True, covers=(7, 25, 177),
    after=(*JOINED, *TAKEN_APART), weather=(Weather.PLAIN, Weather.SHORT_IO),
    by_hand="yes NOOP | head -3000 | nc -C -q 2 127.0.0.1 {port} | grep -c ^200   # 3000",
    causes=(LEFTOVER, "send() may take only a part of what it is given: the rest of that reply is lost",
            "each line taken moves all the bytes behind it to the front of the buffer"),
)
def thousands_of_lines_in_one_go(server, rng, step):
    """3,000 lines sent before the greeting was read get 3,000 replies, in order; QUIT behind them gets the last."""
    lines = [rng.choice(["NOOP", "XYZZY"]) for _ in range(3000)]
    control = Control(server.dial())
    control.wire.send_stream([b"".join(f"{line}\r\n".encode() for line in [*lines, "QUIT"])])
    control.expect(220)
    for number, line in enumerate(lines, 1):
        reply = control.read_reply(f"the reply to line {number}, {line}")
        if reply.code != (200 if line == "NOOP" else 500):
            raise control.wire.diverge(f"{200 if line == 'NOOP' else 500} in reply to line {number}, {line}",
                                       f"the server sent {reply.code}", ahead=-len(reply.raw))
    step("3,000 lines, 3,000 replies")
    control.expect(221)
    control.expect_closed()


@scenario(
    points=2, clause="RFC 959 5.4; RFC 1122 4.2.2.13", level=COURSE, program=SERVER, carries=True, covers=(5,),
    after=GREETED,
    by_hand="(echo QUIT; yes NOOP | head -50000) | nc -C 127.0.0.1 {port}   # ends with 221, not with a reset",
    causes=("close() with received bytes still unread resets the connection, and that can destroy the last reply: shut "
            "the sending direction down, read and drop what still comes (for a bounded time), then close",
            "lines behind QUIT are answered"),
)
def quit_ends_orderly_though_more_was_sent(server):
    """QUIT with 100 KB behind it: 221 arrives, then an orderly end, no reset and no further reply."""
    control = server.connect()
    control.wire.send(b"QUIT\r\n" + b"NOOP\r\n" * 17_000)  # at once: the server closes with bytes unread
    control.expect(221)
    control.expect_closed()


@scenario(
    points=3, clause="RFC 959 3.2", level=MUST, program=SERVER, carries=True, covers=(6,), after=GREETED,
    by_hand="for i in 1 2 3; do printf 'NO' | timeout 0.1 nc 127.0.0.1 {port}; done; nc -C 127.0.0.1 {port}",
    causes=("an error of one client (ECONNRESET, EPIPE) leaves the accept loop",
            "the end of the connection is not noticed: recv() returning 0 is no empty line"),
)
def clients_that_vanish_harm_nobody(server):
    """Clients that leave at once, in the middle of a line or before they read their replies: the next is served."""
    server.dial().close()
    server.dial().reset()
    for rude in (b"NO", b"NOOP\r\nNO", b"NOOP\r\n" * 2000):
        server.connect().close()
        wire = server.dial()
        wire.send(rude)
        wire.reset()
    control = server.connect()
    control.ask("NOOP", 200)
    control.quit()


@scenario(
    points=2, clause="course: exit status 0 on SIGTERM", level=COURSE, program=SERVER, after=GREETED,
    by_hand="kill $(pgrep -n line_server); echo $?",
    causes=("Stopped is caught inside the loop and the loop goes on", "a wait goes round the one door of lab 1"),
)
def line_server_stops_when_asked(server):
    """SIGTERM ends the server with exit status 0, even while a client is in the middle of a line."""
    control = server.connect()
    control.send_pieces(b"NO")
    server.expect_exit()
