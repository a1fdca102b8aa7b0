"""Lab 7, TYPE: text is converted, everything else is not."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, SHOULD, Weather, scenario
from autograder.scenarios.lab04_files import typed
from autograder.scenarios.lab07_active import DONE, OPENING, binary
from autograder.wire.control import Control
from autograder.workspace import KiB

ASCII = "RFC 959 3.1.1.1, 3.4"
FETCH = "curl -s -B {url}f | xxd | head"
STORE = "printf 'one\\r\\ntwo\\r\\n' | curl -s -B -T - {url}f && xxd f"
EDGES = tuple(1 << power for power in range(9, 19))  # the sizes that buffers have


def text(ftp) -> Control:
    """A session that is logged in and has said TYPE A."""
    control = ftp.login()
    control.ask("TYPE A", 200)
    return control


def lines_with_ends_at(edges: tuple[int, ...], end: bytes) -> bytes:
    """Text with a line end just before, across, and just behind each of these places."""
    lines = bytearray()
    for edge in edges:
        for place in (edge - 2 * len(end), edge - len(end) + 1, edge + len(end) + 1):
            if place > len(lines):
                lines += b"x" * (place - len(lines)) + end
    return bytes(lines)


def stored(control: Control, name: str, *pieces: bytes) -> None:
    """STOR, with each piece in a segment of its own."""
    with control.passive() as data:
        control.ask(f"STOR {name}", *OPENING)
        data.send_pieces(list(pieces))
        data.close()
        control.expect(*DONE)


@scenario(
    points=3, clause=ASCII, level=MUST, carries=True, covers=(67, 74, 77), by_hand=FETCH,
    weather=(Weather.PLAIN, Weather.SHORT_IO),
    causes=("TYPE A is answered 200 and ignored: the file goes out as it is stored",
            "the last line has no LF, and one is added or the line is lost"),
)
def type_a_sends_lines_with_crlf(ftp, tree, check):
    """RETR in TYPE A: each line end of the file leaves as CR LF, and nothing else is changed."""
    control = text(ftp)
    for kept, sent in ((b"one\ntwo\n", b"one\r\ntwo\r\n"), (b"no end", b"no end"), (b"\n\n\nx", b"\r\n\r\n\r\nx"),
                       (b"", b""), (b"\xff\x00\x80\n", b"\xff\x00\x80\r\n")):
        tree.write("f", kept)
        check.equal(control.retrieve("f"), sent, f"what RETR sends of {kept!r}")
    control.in_step()


@scenario(
    points=3, clause=ASCII, level=MUST, carries=True, covers=(67, 75, 77), by_hand=STORE,
    weather=(Weather.PLAIN, Weather.DRIP, Weather.SHORT_IO),
    causes=("TYPE A is answered 200 and ignored: the CR stays in the file",
            "CR LF is looked for within one read() only: the CR may be the last byte of one, the LF the first of the "
            "next"),
)
def type_a_stores_lines_with_lf(ftp, tree):
    """STOR and APPE in TYPE A: each CR LF becomes the line end of this system, LF."""
    control = text(ftp)
    for sent, kept in ((b"one\r\ntwo\r\n", b"one\ntwo\n"), (b"no end", b"no end"), (b"\r\n\r\n", b"\n\n"), (b"", b"")):
        control.store("f", sent)
        tree.expect("f", kept)
    control.store("f", b"more\r\n", "APPE")
    control.store("f", b"\r\n", "APPE")
    tree.expect("f", b"more\n\n")


@scenario(
    points=3, clause=ASCII, level=MUST, carries=True, covers=(74,), after=("type_a_sends_lines_with_crlf",),
    by_hand=FETCH, weather=(Weather.PLAIN, Weather.SHORT_IO),
    causes=("a buffer that is converted in place overflows or loses its tail: text grows on the way out",
            "what was seen at the end of one buffer is not remembered for the next: \\r\\r\\n at its edge"),
)
def crlf_is_right_at_every_edge_of_a_buffer(ftp, tree, check):
    """Line ends before, on and behind every power of two leave as one CR LF each, whether stored as LF or CR LF."""
    control = text(ftp)
    for end in (b"\n", b"\r\n"):
        content = tree.write("f", lines_with_ends_at(EDGES, end))
        sent = content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        check.equal(control.retrieve("f"), sent, f"what RETR sends of lines that end with {end!r}")
    tree.write("f", b"\n" * (300 * KiB))
    check.equal(control.retrieve("f"), b"\r\n" * (300 * KiB), "what RETR sends of 307,200 empty lines")


@scenario(
    points=3, clause=ASCII, level=MUST, carries=True, covers=(75,), after=("type_a_stores_lines_with_lf",),
    by_hand="(printf 'one\\r'; sleep 1; printf '\\ntwo\\r\\n') | nc 127.0.0.1 PORT_OF_227, while STOR runs",
    weather=(Weather.PLAIN, Weather.SHORT_IO),
    causes=("CR and LF in two segments come in two reads: the CR has to wait for what follows it",
            "the CR that waits is lost at the end of the file"),
)
def cr_and_lf_may_come_apart(ftp, tree):
    """CR and LF in different segments are still one line end; a CR that waits in vain is kept."""
    control = text(ftp)
    stored(control, "f", b"one\r", b"\ntwo", b"\r", b"\n", b"\r", b"\r\n", b"x\r", b"y", b"\r")
    tree.expect("f", b"one\ntwo\n\r\nx\ry\r")
    content = lines_with_ends_at(EDGES, b"\r\n")
    control.store("f", content)
    tree.expect("f", content.replace(b"\r\n", b"\n"))


@scenario(
    points=2, clause=ASCII, level=COURSE, carries=True, covers=(74,), after=("type_a_sends_lines_with_crlf",),
    by_hand="printf 'a\\r\\nb\\r\\n' >f; " + FETCH,
    causes=("every LF gets a CR, also one that has its own already: the client sees \\r\\r\\n",),
)
def a_file_with_crlf_grows_no_second_cr(ftp, tree, check):
    """Text that was stored with CR LF leaves with CR LF, and a CR that ends no line stays alone."""
    control = text(ftp)
    for content in (b"one\r\ntwo\r\n", b"lone\rcr\r", b"\r\r\n"):
        tree.write("f", content)
        check.equal(control.retrieve("f"), content, f"what RETR sends of {content!r}")
    tree.write("f", b"\r\n\n")
    check.equal(control.retrieve("f"), b"\r\n\r\n", "what RETR sends of a CR LF and a LF")


@scenario(
    points=2, clause=ASCII, level=COURSE, carries=True, covers=(75,), after=("type_a_stores_lines_with_lf",),
    by_hand=STORE.replace("one\\r\\ntwo", "one\\rtwo\\nthree"),
    causes=("all CRs are taken out: only the one before a LF belongs to a line end",
            "a lone LF is dropped, or made two bytes"),
)
def a_lone_cr_or_lf_survives_a_stor(ftp, tree):
    """In STOR a CR without LF and a LF without CR are data, and are kept."""
    control = text(ftp)
    for sent, kept in ((b"a\rb", b"a\rb"), (b"a\nb\n", b"a\nb\n"), (b"\r\r\r\n", b"\r\r\n"), (b"\n\r", b"\n\r"),
                       (b"\r", b"\r")):
        control.store("f", sent)
        tree.expect("f", kept)


@scenario(
    points=2, clause="RFC 959 3.1.1.3, 3.1.2", level=MUST, carries=True, covers=(67, 76),
    by_hand="head -c 1000000 /dev/urandom >x; curl -T x {url}; curl {url}x | cmp - x",
    causes=("TYPE I is taken for TYPE A, or L 8 is not taken for I",
            "the type is kept in a global and not in the session"),
)
def type_i_changes_no_byte(ftp, tree, rng, check):
    """In TYPE I and L 8 every byte travels as it is, both ways."""
    content = bytes(range(256)) + b"\r\n\n\r\r\n\xff\x01" + rng.bytes(200 * KiB)
    control = text(ftp)
    for line in ("TYPE I", "TYPE L 8", "type i"):
        control.ask(line, 200)
        control.store("f", content)
        tree.expect("f", content)
        check.equal(control.retrieve("f"), content, f"the file in {line}")


@scenario(
    points=2, clause="RFC 959 5.1, 4.1.1", level=MUST, carries=True, covers=(42, 43, 70),
    after=("type_a_sends_lines_with_crlf",), by_hand=typed("PASV", "RETR f"),
    causes=("a session begins with TYPE I: the default is A N", "REIN leaves the type, or EPSV ALL, as it was"),
)
def sessions_begin_and_begin_again_in_type_a(ftp, tree, check):
    """Without a TYPE command text is converted; after REIN and a new login it is again; A T and A are one."""
    tree.write("f", b"one\n")
    control = ftp.login()
    check.equal(control.retrieve("f"), b"one\r\n", "the file before any TYPE")
    control.ask("TYPE I", 200)
    control.ask("EPSV ALL", 200)
    control.ask("REIN", 220)
    control.login()
    check.equal(control.retrieve("f"), b"one\r\n", "the file after REIN")
    for line in ("TYPE A T", "TYPE A", "TYPE A N"):
        control.ask(line, 200)
        check.equal(control.retrieve("f"), b"one\r\n", f"the file in {line}")


@scenario(
    points=1, clause="RFC 1123 4.1.2.7", level=SHOULD, carries=True, covers=(113,), by_hand="curl -s {url} | xxd",
    causes=("the lines of a listing have their CR LF already: the encoder of TYPE A must not see them",
            "in TYPE I listings go out with LF alone"),
)
def listings_are_text_in_every_type(ftp, tree, check):
    """LIST and NLST end their lines with one CR LF in TYPE A and in TYPE I."""
    tree.write("a", b"")
    tree.write("b", b"")
    control = text(ftp)
    for line in ("TYPE A", "TYPE I"):
        control.ask(line, 200)
        check.equal(sorted(control.list(verb="NLST")), [b"a", b"b"], f"the names that NLST sends in {line}")
        check.equal(len(control.list()), 2, f"the number of lines that LIST sends in {line}")


@scenario(
    points=2, clause="RFC 959 5.4", level=MUST, carries=True, covers=(68, 69, 71, 72, 73),
    by_hand=typed("TYPE E", "STRU P", "MODE C", "TYPE X"),
    causes=("a parameter that exists and is not offered is 504, one that does not exist 501 (504 passes)",
            "a refused command has changed the parameter all the same"),
)
def what_is_not_offered_is_refused(ftp, tree, check):
    """TYPE E, A C and L 36, STRU P, MODE C: 504; nonsense 501; and the parameters are what they were."""
    content = tree.write("f", b"one\n\xfftwo")
    control = binary(ftp)
    for line in ("TYPE E", "TYPE A C", "TYPE L 36", "STRU P", "MODE C"):
        control.ask(line, 504)
    for line in ("TYPE X", "TYPE L", "STRU X", "MODE X", "STRU", "MODE", "TYPE"):
        control.ask(line, 501, 504, 500)
    check.equal(control.retrieve("f"), content, "the file")
    for line in ("STRU F", "MODE S", "stru f", "mode s"):
        control.ask(line, 200)
    control.in_step()
