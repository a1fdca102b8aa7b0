"""Lab 9, REST: transfers that go on where an earlier one broke off."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, Weather, scenario
from autograder.scenarios.lab04_files import typed
from autograder.scenarios.lab07_active import DONE, OPENING, binary, download, listening
from autograder.wire.control import Control
from autograder.wire.reply import REFUSAL
from autograder.workspace import GiB, KiB

REST = "RFC 3659 5.3"
RESUMED = "curl -s -C 5 ftp://127.0.0.1:{port}/f"


def resumed(control: Control, offset: int, line: str) -> bytes:
    """A download that begins at an offset, REST being the last word before it (RFC 3659 5.3)."""
    with control.passive() as data:
        control.ask(f"REST {offset}", 350)
        control.ask(line, *OPENING)
        content = data.read_all()
        control.expect(*DONE)
    return content


def put_at(control: Control, offset: int, line: str, content: bytes) -> None:
    """An upload to an offset."""
    with control.passive() as data:
        control.ask(f"REST {offset}", 350)
        control.ask(line, *OPENING)
        data.send(content)
        data.close()
        control.expect(*DONE)


@scenario(
    points=3, clause=REST, level=MUST, carries=True, covers=(96, 97, 101), by_hand=RESUMED,
    weather=(Weather.PLAIN, Weather.SHORT_IO),
    causes=("the offset is remembered and never looked at: RETR begins with lseek()",
            "REST is answered 200: it is 350, for something has to follow",
            "the offset is still there at the next transfer: it is used up by the first",
            "PASV or PORT between REST and RETR throws the offset away"),
)
def rest_resumes_a_download(ftp, tree, rng, check):
    """REST then RETR sends the file from that byte; the next RETR is whole; REST may stand before PASV or PORT."""
    content = tree.write("f", rng.bytes(300 * KiB))
    control = binary(ftp)
    for offset in (1, 100_000, len(content) - 1, len(content), 0):
        check.equal(resumed(control, offset, "RETR f"), content[offset:], f"the file from byte {offset}")
    check.equal(resumed(control, 7, "RETR f"), content[7:], "the file from byte 7")
    check.equal(control.retrieve("f"), content, "the file behind that, with no REST")
    control.ask("REST 1000", 350)
    check.equal(control.retrieve("f"), content[1000:], "the file from byte 1000, with REST before PASV")
    with listening(control) as listener:
        control.ask("REST 2000", 350)
        control.ask(f"PORT {listener.six_numbers}", 200)
        download(control, listener, "f", content[2000:])
    control.in_step()


@scenario(
    points=1, clause=REST, level=MUST, carries=True, covers=(94,), by_hand=typed("REST 5x", "REST -1"),
    causes=("atoi() reads '5x' as 5 and '-1' as a number: digits only, to the end",
            "a number over 2^63 wraps around: 501", "350 is for REST, and 501 for what is no number"),
)
def rest_takes_digits_only(ftp):
    """REST with digits is 350, with anything else 501, and with a number that no file can reach 501 too."""
    control = binary(ftp)
    for argument in ("0", "5", "00005", "4294967296", "9223372036854775807"):
        control.ask(f"REST {argument}", 350)
    for argument in ("-1", "+1", "5x", "x", "1 2", "1.5", "0x10", " 5", "99999999999999999999", "18446744073709551616"):
        control.ask(f"REST {argument}", 501)
    control.ask("REST", 501)
    control.in_step()


@scenario(
    points=2, clause=REST, level=MUST, carries=True, covers=(95, 96), by_hand="curl -sv -C 11 ftp://127.0.0.1:{port}/f",
    after=("rest_resumes_a_download",),
    causes=("lseek() behind the end succeeds: compare with the size first",
            "STOR at an offset behind the end makes a file with a hole",
            "a transfer that was refused leaves its offset for the next one"),
)
def an_offset_behind_the_end_is_refused(ftp, tree, check):
    """REST behind the file's end: the transfer is refused (554, 551 or 550), and the next one is whole."""
    content = tree.write("f", b"0123456789")
    control = binary(ftp)
    for line in ("RETR f", "STOR f", "STOR nope"):
        with control.passive():
            control.ask("REST 11", 350)
            control.final(line, 550, 551, 554, 553)
        check.equal(control.retrieve("f"), content, f"the file behind the refused {line}")
    with control.passive():
        control.ask("REST 5", 350)
        control.ask("RETR nope", 550)
    check.equal(control.retrieve("f"), content, "the file behind a RETR that was refused")
    tree.expect("f", content)
    tree.expect_names("f")
    control.in_step()


@scenario(
    points=3, clause=REST, level=MUST, carries=True, covers=(98,),
    by_hand=typed("TYPE I", "PASV", "REST 5", "STOR f"),
    causes=("STOR behind REST still cuts the file off, or puts a new one in its place: what is before the offset stays",
            "the bytes are added to the end: O_APPEND ignores where lseek() went",
            "what was uploaded before the offset is filled with zeros"),
)
def rest_puts_an_upload_into_its_place(ftp, tree, rng, check):
    """REST then STOR writes from that byte on and keeps what is before it; the next STOR replaces the file."""
    tree.write("f", b"0123456789")
    control = binary(ftp)
    put_at(control, 5, "STOR f", b"abcde")
    tree.expect("f", b"01234abcde")
    put_at(control, 8, "STOR f", b"vwxyz")
    tree.expect("f", b"01234abcvwxyz")
    put_at(control, 13, "STOR f", b"!")
    tree.expect("f", b"01234abcvwxyz!")
    whole = rng.bytes(200 * KiB)
    control.store("big", whole[:70_000])
    put_at(control, 70_000, "STOR big", whole[70_000:])
    check.equal(tree.read("big"), whole, "an upload in two parts")
    control.store("f", b"new")
    tree.expect("f", b"new")
    tree.expect_names("big", "f")


@scenario(
    points=1, clause=REST, level=MUST, carries=True, covers=(99,), by_hand=typed("REST 5", "APPE f"),
    after=("rest_puts_an_upload_into_its_place",),
    causes=("APPE adds to the end whatever REST said: then it has to refuse, or nobody can tell where the bytes went",),
)
def appe_behind_rest_is_stor(ftp, tree):
    """REST then APPE writes from that byte on, as STOR does, or is refused; APPE alone appends."""
    tree.write("f", b"0123456789")
    control = binary(ftp)
    with control.passive() as data:
        control.ask("REST 5", 350)
        reply = control.ask("APPE f", *OPENING, *REFUSAL)
        if reply.code < 200:
            data.send(b"abc")
            data.close()
            control.expect(*DONE)
            tree.expect("f", b"01234abc89")
    before = tree.read("f")
    control.store("f", b"end", verb="APPE")
    tree.expect("f", before + b"end")


@scenario(
    points=1, clause="RFC 3659 5.1", level=MUST, carries=True, covers=(100,),
    by_hand=typed("TYPE A", "REST 5", "RETR f"),
    after=("rest_resumes_a_download",),
    causes=("in TYPE A the offset is used as a place in the file: it counts what travels, where each LF is two bytes",),
)
def rest_in_type_a_destroys_nothing(ftp, tree, check):
    """In TYPE A an offset counts bytes as they travel: RETR and STOR heed that, or refuse (5yz)."""
    tree.write("f", b"a\nb\nc\nd\n")
    control = ftp.login()
    control.ask("TYPE A", 200)
    with control.passive() as data:
        control.ask("REST 3", 350, 501, 504)
        reply = control.ask("RETR f", *OPENING, *REFUSAL)
        if reply.code < 200:
            check.equal(data.read_all(), b"b\r\nc\r\nd\r\n", "the text from its third byte on the wire")
            control.expect(*DONE)
    with control.passive() as data:
        control.ask("REST 3", 350, 501, 504)
        reply = control.ask("STOR f", *OPENING, *REFUSAL)
        if reply.code < 200:
            data.send(b"x\r\n")
            data.close()
            control.expect(*DONE)
            check(tree.read("f").startswith(b"a\nx\n"), expected="a, x in the file", observed=f"{tree.read('f')!r}")
        else:
            tree.expect("f", b"a\nb\nc\nd\n")
    control.in_step()


@scenario(
    points=1, clause=REST, level=COURSE, carries=True, covers=(96,), by_hand=typed("REST 5", "CWD /", "PASV", "RETR f"),
    after=("rest_resumes_a_download",),
    causes=("an offset waits for whatever transfer comes one day: a STOR of another file would write into its middle",
            "a listing or a STOU begins at the offset, or hands it on"),
)
def rest_is_for_the_command_behind_it(ftp, tree, check):
    """A command between REST and the transfer that is not about the transfer takes the offset back; so does LIST."""
    content = tree.write("f", b"0123456789")
    control = binary(ftp)
    for line in ("CWD /", "SIZE f", "NOOP", "MKD d"):
        control.ask("REST 5", 350)
        control.ask(line, "2yz")
        check.equal(control.retrieve("f"), content, f"the file, with {line} behind REST")
    for verb in ("NLST", "MLSD", "LIST"):
        control.ask("REST 5", 350)
        check(any(line.endswith(b"f") for line in control.list(verb=verb)), expected=f"the whole {verb} behind REST",
              observed="no f in it")
        check.equal(control.retrieve("f"), content, f"the file, with {verb} behind REST")
    control.ask("REST 5", 350)
    control.ask("TYPE I", 200)
    check.equal(control.retrieve("f"), content[5:], "the file, with TYPE and PASV behind REST")
    control.ask("REST 5", 350)
    control.ask("REIN", 220)
    control.login()
    control.ask("TYPE I", 200)
    check.equal(control.retrieve("f"), content, "the file behind REIN")


@scenario(
    points=1, clause=REST, level=MUST, carries=True, covers=(90,),
    by_hand="curl -s -C 5368709121 ftp://127.0.0.1:{port}/huge",
    after=("rest_resumes_a_download",),
    causes=("the offset passes through an int or a long of 32 bits: std::uint64_t, and off_t behind it",),
)
def rest_passes_four_gibibytes(ftp, tree, check):
    """REST beyond 4 GiB: a download and an upload go on at the right byte of a huge file."""
    tree.sparse("huge", 5 * GiB, tail=b"the tail")
    size = tree.stat("huge").st_size
    control = binary(ftp)
    check.equal(resumed(control, size - 4, "RETR huge"), b"tail", "the last four bytes")
    put_at(control, size - 4, "STOR huge", b"TAIL, and more")
    check.equal(tree.stat("huge").st_size, size + 10, "the size then")
    check.equal(resumed(control, size - 4, "RETR huge"), b"TAIL, and more", "the last bytes then")
