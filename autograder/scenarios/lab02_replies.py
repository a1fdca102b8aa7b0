"""Lab 2, the client: replies out of a stream, of one line or many, and lines that can be sent."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, Weather, scenario
from autograder.wire.show import quote

CLIENT = "line_client"
EVERY_CUT = (Weather.PLAIN, Weather.SPLIT, Weather.DRIP)
HELLO = b"220 Hello\r\n"
BY_HAND = "nc -C -l 127.0.0.1 2121 & line_client 127.0.0.1 2121   # answer by hand what the client sends"

BY_CODE = ("a reply of several lines begins with its code and a hyphen, and ends at the same code with a space; the "
           "lines between are text, whatever they begin with")
ONE_READ = "one recv() is taken for one reply: it may hold half a reply, or three"
FIRST = ("client_prints_the_reply_to_every_line",)
MANY_LINES = ("client_understands_replies_of_several_lines",)


def printed(raw: bytes) -> bytes:
    """What the client prints of these replies: the lines as they came, ended by LF."""
    return raw.replace(b"\r\n", b"\n")


def serve(client, peer, *dialogue: tuple[bytes, bytes], greeting: bytes = HELLO) -> None:
    """Runs the client against a peer that awaits each line and answers it; all replies have to be printed whole."""
    running = client.start(*peer.address, stdin=b"".join(line + b"\n" for line, _ in dialogue))
    with peer.accept() as wire:
        wire.send(greeting)
        for line, reply in dialogue:
            wire.expect_bytes(line + b"\r\n", "the next line")
            wire.conditions.transcript.step(f"the client sends {quote(line)}")
            wire.send(reply)
        wire.expect_eof()
    everything = printed(greeting + b"".join(reply for _, reply in dialogue))
    running.finish().expect_status(0).expect_stdout(everything)


@scenario(
    points=4, clause="RFC 959 4.2", level=MUST, program=CLIENT, covers=(27, 178), by_hand=BY_HAND,
    causes=("the greeting is a reply too: it comes before anything is sent",
            "a line that is sent ends with CR LF, not with LF alone",
            "the reply loses its code, or its text"),
)
def client_prints_the_reply_to_every_line(client, peer):
    """The greeting, and the reply to each line of standard input; exit status 0 when all were answered."""
    serve(client, peer, (b"NOOP", b"200 Nothing done\r\n"), (b"RETR a b.txt", b"550 No  such \xc3\xa4 file \r\n"),
          (b"", b"500 Empty\r\n"), (b"QUIT", b"221 Bye\r\n"))


@scenario(
    points=3, clause="RFC 959 5.4", level=MUST, program=CLIENT, covers=(31, 178, 189), after=FIRST, by_hand=BY_HAND,
    causes=("lines are sent without waiting for the reply to the one before",
            "a preliminary reply (1yz) is taken for the end: a final one follows"),
)
def client_waits_for_each_final_reply(client, peer):
    """The next line is sent when the final reply to the one before has come, and no sooner."""
    running = client.start(*peer.address, stdin=b"ONE\nTWO\nTHREE\n")
    with peer.accept() as wire:
        wire.expect_silence(0.05)
        wire.send(b"120 Wait\r\n")
        wire.expect_silence(0.05)
        wire.send(HELLO)
        wire.expect_bytes(b"ONE\r\n", "the first line")
        wire.expect_silence(0.05)
        wire.send(b"150 Soon\r\n")
        wire.expect_silence(0.05)
        wire.send(b"226 Done\r\n")
        wire.expect_bytes(b"TWO\r\n", "the second line")
        wire.send(b"331 More\r\n")
        wire.expect_bytes(b"THREE\r\n", "the third line")
        wire.send(b"451 No\r\n")
    running.finish().expect_status(0).expect_stdout(
        b"120 Wait\n220 Hello\n150 Soon\n226 Done\n331 More\n451 No\n")


@scenario(
    points=4, clause="RFC 959 4.2", level=MUST, program=CLIENT, covers=(3, 28, 179), after=FIRST, weather=EVERY_CUT,
    by_hand=BY_HAND,
    causes=(BY_CODE, "only the first line of the reply is printed, and the rest is taken for the next reply"),
)
def client_understands_replies_of_several_lines(client, peer):
    """A greeting of three lines, a status of many, one of two: each is one reply."""
    status = b"211-Status\r\n" + b"".join(b" line %d\r\n" % number for number in range(40)) + b"\r\n211 End\r\n"
    serve(client, peer, (b"STAT", status), (b"HELP", b"214-Help\r\n214 End\r\n"), (b"QUIT", b"221 Bye\r\n"),
          greeting=b"220-Welcome\r\nto this server\r\n220 Ready\r\n")


@scenario(
    points=4, clause="RFC 959 4.2; RFC 1123 4.1.2.11", level=MUST, program=CLIENT, covers=(28, 179),
    after=MANY_LINES, by_hand=BY_HAND,
    causes=(BY_CODE, "the end is looked for with \"three digits and a space\", without comparing the code",
            "the end is looked for with the code alone, without the space"),
)
def client_knows_the_end_of_a_reply(client, peer):
    """Inner lines that look like an end are none: another code, a hyphen, a digit more, a blank before."""
    inner = (b"220-again", b"2200 guests", b"221 no", b"220", b"220x", b" 220 moved", b"331 Password?", b"22", b"")
    tricky = [b"220-Welcome\r\n" + line + b"\r\n220 Ready\r\n" for line in inner]
    everything = b"220-All\r\n" + b"".join(line + b"\r\n" for line in inner) + b"220 of them\r\n"
    serve(client, peer, *((b"NOOP", reply) for reply in [*tricky, everything]), greeting=tricky[0])


@scenario(
    points=4, clause="RFC 1123 4.1.2.10", level=MUST, program=CLIENT, covers=(11, 189), after=FIRST,
    by_hand=BY_HAND, causes=(ONE_READ, "what stands behind the first reply of a recv() is thrown away"),
)
def client_takes_replies_that_come_together(client, peer):
    """150 and 226 in one segment are two replies; so are replies that came before they were asked for."""
    running = client.start(*peer.address, stdin=b"RETR x\nONE\nTWO\nQUIT\n")
    with peer.accept() as wire:
        wire.send(HELLO)
        wire.expect_bytes(b"RETR x\r\n", "the first line")
        wire.send(b"150 Here\r\n226-Done\r\n226 well\r\n200 One\r\n200 Two\r\n22")
        wire.expect_bytes(b"ONE\r\nTWO\r\nQUIT\r\n", "the other lines")
        wire.send(b"1 Bye\r\n")
    running.finish().expect_status(0).expect_stdout(
        b"220 Hello\n150 Here\n226-Done\n226 well\n200 One\n200 Two\n221 Bye\n")


@scenario(
    points=3, clause="RFC 959 4.2", level=MUST, program=CLIENT, covers=(179,), after=MANY_LINES, by_hand=BY_HAND,
    weather=(Weather.PLAIN, Weather.SHORT_IO),
    causes=("the reply is copied into an array of fixed size",
            "the limit of a line is that of a server's: a reply may be longer"),
)
def client_takes_long_replies(client, peer, rng):
    """A line of 20,000 bytes and a reply of 5,000 lines are printed whole."""
    listing = b"211-Status\r\n" + b"".join(b" %s\r\n" % rng.name().encode() for _ in range(5000)) + b"211 End\r\n"
    serve(client, peer, (b"NOOP", b"200 " + b"x" * 20_000 + b"\r\n"), (b"STAT", listing), (b"QUIT", b"221 \r\n"))


@scenario(
    points=3, clause="RFC 1123 4.1.2.12", level=MUST, program=CLIENT, covers=(20, 185), after=FIRST, weather=EVERY_CUT,
    by_hand=BY_HAND,
    causes=("Telnet options are answered: a client of FTP never negotiates", "Telnet bytes stay in the text",
            "IAC IAC is one byte 0xFF of text"),
)
def client_never_negotiates_telnet(client, peer):
    """Options in a reply are removed and not answered; a doubled 0xFF is one byte of text."""
    running = client.start(*peer.address, stdin=b"NOOP\nQUIT\n")
    with peer.accept() as wire:
        wire.send(b"\xff\xfd\x01\xff\xfb\x0322\xff\xf10 a\xff\xffb\r\n")
        wire.expect_bytes(b"NOOP\r\n", "the first line")
        wire.send(b"200 \xff\xfe\x01ok\r\n")
        wire.expect_bytes(b"QUIT\r\n", "the second line")
        wire.send(b"221 \r\n")
    running.finish().expect_status(0).expect_stdout(b"220 a\xffb\n200 ok\n221 \n")


@scenario(
    points=3, clause="RFC 2640 3.1; RFC 854", level=MUST, program=CLIENT, covers=(20, 191), after=FIRST,
    by_hand="printf 'MKD a\\rb\\nMKD \\377\\nMKD a\\0b\\n' | line_client 127.0.0.1 {port}",
    causes=("0xFF is Telnet's IAC: as data it is sent twice", "a CR inside a line is sent as CR NUL",
            "a NUL ends a C string: a line that holds one cannot be sent, and must be refused and not cut"),
)
def client_encodes_what_it_sends(client, peer, check):
    """A CR in a line goes out as CR NUL, 0xFF twice; a line with a NUL is refused, and the next one is sent."""
    running = client.start(*peer.address, stdin=b"MKD a\rb\nMKD \xc3\xbf \xff\nDELE a\0b\nQUIT\n")
    with peer.accept() as wire:
        wire.send(HELLO)
        for line in (b"MKD a\r\0b\r\n", b"MKD \xc3\xbf \xff\xff\r\n", b"QUIT\r\n"):
            wire.expect_bytes(line, "the next line")
            wire.send(b"200 ok\r\n")
    ended = running.finish().expect_status(1)
    check(len(ended.errors.splitlines()) == 1, expected="one line on stderr for the line with the NUL",
          observed=repr(ended.errors))


@scenario(
    points=2, clause="RFC 1123 4.1.4.4", level=MUST, program=CLIENT, covers=(180, 189), after=FIRST, by_hand=BY_HAND,
    causes=("the end of the connection is taken for a reply, or waited out",
            "the last reply is lost with the connection"),
)
def client_notices_that_the_server_left(client, peer, check):
    """421 and a close are shown; the line that gets no reply is an error: one line on stderr, exit status 1."""
    running = client.start(*peer.address, stdin=b"NOOP\nNOOP\n")
    with peer.accept() as wire:
        wire.send(HELLO)
        wire.expect_bytes(b"NOOP\r\n", "the first line")
        wire.send(b"421 Shutting down\r\n226-half a re")
        wire.half_close()  # not at once for good: a line that is still on its way would make it a reset
        wire.expect_gone()
    ended = running.finish().expect_status(1).expect_stdout(b"220 Hello\n421 Shutting down\n")
    check(len(ended.errors.splitlines()) == 1, expected="one line on stderr", observed=repr(ended.errors))


@scenario(
    points=2, clause="course: a reply that is none ends the client", level=COURSE, program=CLIENT, after=MANY_LINES,
    by_hand="line_client 127.0.0.1 22   # against a server that speaks something else",
    causes=("the first three bytes are taken for a code without looking whether they are digits",
            "the reply is kept however long it grows: an evil server fills the memory"),
)
def client_refuses_what_is_no_reply(client, peer, check):
    """Text without a code, a code of four digits, a reply without end: one line on stderr, exit status 1."""
    for words in (b"SSH-2.0-OpenSSH_9.2\r\n", b"2200 hello\r\n", b"22\r\n", b"\r\n", b"20x no\r\n"):
        running = client.start(*peer.address, stdin=b"NOOP\n")
        with peer.accept() as wire:
            wire.send(words)
            wire.expect_gone()
        ended = running.finish().expect_status(1)
        check(len(ended.errors.splitlines()) == 1, expected="one line on stderr", observed=repr(ended.errors))
    running = client.start(*peer.address, stdin=b"NOOP\n")
    with peer.accept() as wire:
        wire.send(b"220-Welcome\r\n")
        for _ in range(1000):
            if not wire.try_send(b" more and more\r\n" * 1000):
                break
        wire.expect_gone()
    running.finish().expect_status(1)
