"""Lab 2, the server and bytes that nobody types: lines without end, NUL, CR, 8-bit, Telnet, other protocols."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, Weather, scenario
from autograder.scenarios.lab02_lines import EVERY_CUT, GREETED, JOINED, SERVER

MiB = 1 << 20
LIMIT = 4608  # the course's limit of a line, without its end
SOME_BUFFERS = (64, 100, 128, 255, 256, 512, 1000, 1024, 2048, 4096, LIMIT, 8192, 16384, 65536)

IAC, DM, IP, SB, SE = b"\xff", b"\xf2", b"\xf4", b"\xfa", b"\xf0"
WILL, WONT, DO, DONT = b"\xfb", b"\xfc", b"\xfd", b"\xfe"


@scenario(
    points=4, clause="RFC 959 4.2.1", level=MUST, program=SERVER, carries=True, covers=(17,), after=JOINED,
    weather=EVERY_CUT,
    by_hand="(head -c 9000 /dev/zero | tr '\\0' x; printf '\\r\\nNOOP\\r\\n') | nc -q 1 127.0.0.1 {port}   # 500, 200",
    causes=("the line is copied into an array of fixed size",
            "each time the buffer is full it is answered: remember that the line is too long, answer once, at its end",
            "the connection is closed: the session goes on after the 500"),
)
def over_long_line_gets_one_500(server):
    """A line of 9,000 bytes, and one of 200,000, get one 500 each, and the session goes on."""
    control = server.connect()
    for size in (9_000, 200_000):
        control.send_raw(b"x" * size + b"\r\n", f"a line of {size:,} bytes")
        control.expect(500)
        control.nothing_more()
        control.in_step()


@scenario(
    points=4, clause="RFC 959 4.2.1", level=MUST, program=SERVER, carries=True, covers=(18,), after=JOINED,
    by_hand="(head -c 5000 /dev/zero | tr '\\0' x; printf 'QUIT\\r\\nNOOP\\r\\n') | nc -q 1 127.0.0.1 {port}",
    causes=("when the buffer is full its content is taken for a line, and the rest of the line for the next one",
            "what is over the limit is thrown away, but only up to the end of the buffer and not of the line"),
)
def tail_of_a_long_line_is_never_obeyed(server):
    """A line whose tail spells QUIT, behind any number of bytes, is one line: 500, and nobody leaves."""
    control = server.connect()
    for size in SOME_BUFFERS:
        for count in (size - 4, size, size + 1):
            control.send_raw(b"x" * count + b"QUIT\r\n", f"{count:,} bytes and QUIT")
            control.expect(500)
    control.send_raw(b"x" * LIMIT + b"\rQUIT\r\n", f"{LIMIT:,} bytes, a CR and QUIT")
    control.expect(500)
    control.in_step()


@scenario(
    points=2, clause="course: memory is bounded", level=COURSE, program=SERVER, carries=True, covers=(177,),
    after=("over_long_line_gets_one_500",),
    by_hand="head -c 100M /dev/zero | tr '\\0' x | nc -q 1 127.0.0.1 {port} & top -p $(pgrep -n line_server)",
    causes=("all bytes of the line are kept until its end comes, which may be never: keep no more than the limit",
            "the bytes over the limit are dropped from the line, but stay in the buffer they came in"),
)
def line_without_end_takes_no_memory(server, check):
    """A line of 12 MiB does not make the server grow, and still gets its one 500."""
    control = server.connect()
    control.ask("NOOP", 200)
    before = server.process.memory_bytes()
    block = b"x" * MiB
    sent = control.wire.send_stream(block for _ in range(12))
    control.wire.settle()
    grown = server.process.memory_bytes() - before
    check(grown < sent * 2 // 3, expected=f"a line of {sent // MiB} MiB takes no memory to speak of",
          observed=f"the server has grown by {grown / MiB:.1f} MiB")
    control.send_raw(b"\r\n", "the line without end")
    control.expect(500)
    control.in_step()


@scenario(
    points=3, clause="RFC 2640 3.1", level=MUST, program=SERVER, carries=True, covers=(13, 14), after=JOINED,
    weather=EVERY_CUT, by_hand="printf 'XYZZY\\rNOOP\\r\\nNOOP\\r\\n' | nc -q 1 127.0.0.1 {port}   # two replies",
    causes=("a CR alone is taken for the end of a line: only LF ends one, with or without a CR before it",
            "the CR is thrown away wherever it stands: it is part of the name unless LF comes behind it"),
)
def bare_carriage_return_is_data(server):
    """A CR that no LF follows belongs to the line; CR NUL too. One line, one reply."""
    control = server.connect()
    for line in (b"XYZZY\rNOOP", b"NOOP\r", b"NO\rOP", b"NOOP\r\0", b"\rNOOP"):
        control.ask(line, 500, 501)
        control.nothing_more()
    control.in_step()


@scenario(
    points=3, clause="RFC 2640 3.1", level=MUST, program=SERVER, carries=True, covers=(15,), after=GREETED,
    by_hand="printf 'NOOP\\0x\\r\\nNOOP\\r\\n' | nc -q 1 127.0.0.1 {port}   # 501, then 200",
    causes=("the line goes through a C string and ends at the NUL: what stands behind it is lost without a word",
            "the NUL is left out, and what remains is obeyed"),
)
def nul_in_a_line_is_refused(server):
    """A NUL in a line: 501 or 500, never the command that the bytes around it spell; the session lives."""
    control = server.connect()
    for line in (b"NOOP\0", b"NOOP\0x", b"NO\0OP", b"\0NOOP", b"QUIT\0", b"\0"):
        control.ask(line, 501, 500)
    control.in_step()


@scenario(
    points=2, clause="RFC 959 5.4", level=MUST, program=SERVER, carries=True, covers=(23, 26), after=GREETED,
    by_hand="printf '\\316\\317\\317\\320\\r\\nNOOP\\r\\n' | nc -q 1 127.0.0.1 {port}   # 500, then 200",
    causes=("the eighth bit is cut off: \\316\\317\\317\\320 is not NOOP",
            "isalpha() and its kin are given a negative char"),
)
def eight_bit_verb_gets_500(server):
    """Bytes over 0x7F in a verb make it unknown: one 500 each."""
    control = server.connect()
    for line in (b"\xce\xcf\xcf\xd0", b"NOOP\xa0", b"\xc3\xa4", b"\x80", "ΝΟΟΡ".encode()):
        control.ask(line, 500)
    control.in_step()


@scenario(
    points=3, clause="RFC 1123 4.1.2.12; RFC 854", level=MUST, program=SERVER, carries=True, covers=(19,), after=JOINED,
    weather=EVERY_CUT,
    by_hand="printf 'NO\\377\\375\\6OP\\r\\n' | nc -q 1 127.0.0.1 {port} | od -c   # 377 374 006, and 200",
    causes=("Telnet bytes are left in the line: take IAC (0xFF) and what belongs to it out before you look for lines",
            "DO is answered with WONT, WILL with DONT, and WONT and DONT are not answered at all",
            "IAC and the bytes behind it may come in different pieces"),
)
def telnet_options_are_refused(server, check):
    """IAC DO x gets IAC WONT x, IAC WILL x gets IAC DONT x; the line around them is answered as if without them."""
    control = server.connect()
    for asked, refused, option in ((DO, WONT, b"\x06"), (WILL, DONT, b"\x01"), (DO, WONT, IAC)):
        control.wire.send(b"NO" + IAC + asked + option + b"OP\r\n")
        refusal = IAC + refused + option
        came = control.wire.read_until(b"\r\n")
        check.equal(came.replace(refusal, b"")[:4], b"200 ", "the code of the reply to NOOP")
        if refusal not in came:
            control.wire.expect_bytes(refusal, "the refusal of the option")
    control.wire.send(IAC + WONT + b"\x01" + IAC + DONT + b"\x03NOOP\r\n")
    control.expect(200)
    control.in_step()


@scenario(
    points=3, clause="RFC 959 4.1; RFC 854", level=MUST, program=SERVER, carries=True, covers=(20, 21), after=JOINED,
    weather=EVERY_CUT, by_hand="printf '\\377\\364\\377\\362NOOP\\r\\n' | nc -q 1 127.0.0.1 {port}   # one reply: 200",
    causes=("IAC and the one byte behind it are to be removed; only WILL, WONT, DO and DONT take a third byte",
            "a subnegotiation goes from IAC SB to IAC SE, whatever stands in it",
            "urgent data: SO_OOBINLINE leaves the last byte of a Synch in its place (the given constructor sets it)"),
)
def telnet_commands_are_removed(server):
    """IAC IP, a Synch with urgent data and a subnegotiation are taken out; one command remains and gets one reply."""
    control = server.connect()
    control.send_raw(IAC + IP + IAC + DM + b"NOOP\r\n", "IP, DM and NOOP")
    control.expect(200)
    control.wire.send(b"NO" + IAC + SB + b"\x18\0xterm\r\nQUIT\r\n" + IAC + SE + b"OP\r\n")
    control.expect(200)
    control.wire.send_urgent(IAC + IP + IAC + DM)
    control.send_raw(b"NOOP\r\n", "NOOP behind a Synch")
    control.expect(200)
    control.in_step()


@scenario(
    points=2, clause="course: any bytes are survived", level=COURSE, program=SERVER, carries=True, covers=(8,),
    after=GREETED, weather=(Weather.PLAIN, Weather.SHORT_IO),
    by_hand="curl --http0.9 --max-time 2 127.0.0.1:{port}; openssl s_client -connect 127.0.0.1:{port} < /dev/null",
    causes=("an index computed from a char: bytes over 0x7F are negative numbers",
            "an exception leaves the accept loop"),
)
def other_protocols_do_no_harm(server, rng):
    """A browser, a TLS client and pure noise call at the wrong port: the server neither crashes nor hangs."""
    hello = b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" + rng.bytes(160)
    for speech in (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", hello, rng.bytes(20_000), bytes(range(256)) * 3):
        with server.dial() as wire:
            wire.try_send(speech)
            if not wire.was_reset:
                wire.half_close()
                wire.expect_gone()
    control = server.connect()
    control.ask("NOOP", 200)
    control.quit()
