"""Lab 9, one number about one file: SIZE, MDTM, MFMT, HASH, AVBL."""

from __future__ import annotations

import hashlib
import os
import re

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.lab04_files import typed
from autograder.wire.control import Control
from autograder.wire.reply import WireReply
from autograder.workspace import GiB, KiB, MiB

SIZE, MDTM = "RFC 3659 4", "RFC 3659 3"
HASH = "draft-bryan-ftpext-hash"
MFMT = "draft-somers-ftp-mfxx 3"


def number(control: Control, line: str) -> int | None:
    """The number in a 213 reply and nothing else; None for 550."""
    reply = control.ask(line, 213, 550)
    if reply.code == 550:
        return None
    return control.held_by(reply, lambda given: int(given.lines[0][4:]) if re.fullmatch(r"\d+", given.lines[0][4:])
                           else -1)


def word(reply: WireReply, place: int = 0) -> str:
    """A word of a reply's text, "" where there are fewer: a short reply is the server's fault and not the grader's."""
    return dict(enumerate(reply.text.split())).get(place, "")


@scenario(
    points=3, clause=SIZE, level=MUST, carries=True, covers=(138,),
    by_hand=typed("TYPE I", "SIZE f", "TYPE A", "SIZE f"),
    causes=("SIZE is st_size whatever TYPE is: in TYPE A every LF travels as two bytes",
            "the text is '213 ' and digits: words around them ('the size is ...') are no number",
            "a CR LF of the file is counted as if it grew another CR"),
)
def size_is_what_retr_would_send(ftp, tree, rng, check):
    """SIZE is 213 and exactly the number of bytes that RETR sends then, in TYPE I and in TYPE A (there 550 will do)."""
    tree.write("text", b"one\ntwo\r\n\n\rthree")
    tree.write("many", b"\n" * (300 * KiB))
    tree.write("bytes", rng.bytes(100_000))
    tree.write("empty", b"")
    control = ftp.login()
    for setting in ("TYPE I", "TYPE A", "TYPE I"):
        control.ask(setting, 200)
        for name in ("text", "many", "bytes", "empty"):
            told = number(control, f"SIZE {name}")
            check(told is not None or setting == "TYPE A", expected=f"a size of {name} in {setting}", observed="550")
            if told is not None:
                check.equal(told, len(control.retrieve(name)), f"SIZE of {name} in {setting}, and what RETR sent")
    control.in_step()


@scenario(
    points=1, clause="RFC 3659 4.2", level=MUST, carries=True, covers=(139, 172), by_hand=typed("SIZE d", "SIZE fifo"),
    causes=("stat() gives a size for directories too (4096): SIZE is for files that RETR could send",
            "open() of a FIFO waits for a writer: O_NONBLOCK, or look before"),
)
def size_is_for_files(ftp, tree, outside):
    """SIZE of a directory, of a FIFO, of what leads out and of nothing is 550 at once."""
    tree.mkdir("d")
    tree.fifo("fifo")
    tree.symlink("out", str(outside.path("")))
    outside.write("secret", b"12345")
    tree.symlink("link", str(outside.path("secret")))
    control = ftp.login()
    control.ask("TYPE I", 200)
    for name in ("d", "fifo", "out", "link", "nope", "/"):
        control.ask(f"SIZE {name}", 550)
    control.ask("SIZE", 501)
    control.in_step()


@scenario(
    points=1, clause="RFC 3659 4.1", level=MUST, carries=True, covers=(90, 140), by_hand=typed("TYPE A", "SIZE huge"),
    after=("size_is_what_retr_would_send",),
    causes=("in TYPE A every byte of the file is read to answer SIZE: a client could keep the disk busy for nothing",
            "the size passes through an int: 5 GiB becomes something else"),
)
def size_of_a_huge_file_is_cheap(ftp, tree, check):
    """A file of 5 GiB: SIZE in TYPE I is exact; in TYPE A it is refused (550) or right, and in either case soon."""
    tree.sparse("huge", 5 * GiB, tail=b"\n")
    control = ftp.login()
    before = ftp.process.cpu_seconds()
    control.ask("TYPE A", 200)
    told = number(control, "SIZE huge")
    check(told in (None, 5 * GiB + 1, 5 * GiB + 2), expected="550, or the right number", observed=f"{told}")
    control.ask("TYPE I", 200)
    check.equal(number(control, "SIZE huge"), tree.stat("huge").st_size, "SIZE in TYPE I")
    spent = ftp.process.cpu_seconds() - before
    check(spent < 2, expected="no reading of 5 GiB to answer SIZE", observed=f"{spent:.1f} s of processor time")


@scenario(
    points=2, clause=MDTM, level=MUST, carries=True, covers=(141, 142),
    by_hand=typed("MDTM f", "MDTM 20200102030405 f"),
    causes=("localtime() where gmtime() is wanted: MDTM is UTC wherever the server stands",
            "tm_year counts from 1900 and tm_mon from 0", "words around the number: '213 ' and 14 digits, no more"),
)
def mdtm_is_in_utc(ftp, tree, check):
    """MDTM: 213 and YYYYMMDDhhmmss in UTC; a time in front of the name belongs to the name and sets nothing."""
    tree.write("f", b"")
    tree.write("20200102030405 f", b"")
    control = ftp.login()
    control.ask("SITE UTIME 19991231235959 f", 200)
    control.ask("SITE UTIME 20240229000001 20200102030405 f", 200)
    for name, time in (("f", "19991231235959"), ("20200102030405 f", "20240229000001"), ("f", "19991231235959")):
        told = control.ask(f"MDTM {name}", 213).text
        check(re.fullmatch(rf"{time}(\.0+)?", told) is not None, expected=f"213 {time}", observed=told)
    for name in ("nope", "20200102030405 nope"):
        control.ask(f"MDTM {name}", 550)
    control.ask("MDTM", 501)
    control.in_step()


@scenario(
    points=2, clause=MFMT, level=COURSE, carries=True, covers=(143, 176), by_hand=typed("MFMT 20200229010203 f"),
    options=("--user", "eve:looks:ro", "--user", "bob:works"),
    causes=("the time is taken for local time (mktime): it is UTC (timegm)",
            "a 30th of February passes, and becomes the first of March",
            "the row does not say that MFMT writes: a user who may only read can use it"),
)
def mfmt_sets_the_time_of_modification(ftp, tree, check):
    """MFMT: 213 Modify=time; name, and MDTM says so; what is no date is 501; a reader changes nothing."""
    tree.write("a b", b"content")
    control = ftp.login("bob", "works")
    reply = control.ask("MFMT 20200229010203 a b", 213)
    check(re.match(r"(?i)modify=20200229010203; .*a b$", reply.text) is not None,
          expected="213 Modify=20200229010203; a b", observed=reply.text)
    check.equal(tree.stat("a b").st_mtime, 1582938123.0, "the file's time of modification")
    for line in ("MFMT 20200230010203 a b", "MFMT 20201301010203 a b", "MFMT 202002290102 a b", "MFMT x a b",
                 "MFMT 20200229010203", "MFMT"):
        control.ask(line, 501)
    control.ask("MFMT 20200229010203 nope", 550)
    reader = ftp.login("eve", "looks")
    reader.ask("MFMT 20210101000000 a b", 550)
    check.equal(control.ask("MDTM a b", 213).text[:14], "20200229010203", "MDTM in the end")
    tree.expect("a b", b"content")
    control.in_step()


@scenario(
    points=2, clause=HASH, level=COURSE, carries=True, covers=(199,), by_hand=typed("HASH f", "OPTS HASH CRC32"),
    causes=("the bytes are hashed as TYPE A would send them: HASH is about the file as it is stored",
            "a buffer is hashed whole though read() gave less", "OPTS HASH changes it for everybody"),
)
def hash_is_that_of_the_file(ftp, tree, rng, check):
    """HASH: 213, the function's name, the bytes from-to, the checksum and the name; OPTS HASH chooses another."""
    contents = {"f": rng.bytes(300_001), "empty": b"", "text": b"one\ntwo\n", "a b": b"abc"}
    for name, content in contents.items():
        tree.write(name, content)
    control = ftp.login()
    for setting in ("TYPE A", "TYPE I"):
        control.ask(setting, 200)
        for name, content in contents.items():
            words = control.ask(f"HASH {name}", 213).text.split(" ", 3)
            expected = ["SHA-256", f"0-{max(len(content), 1) - 1}", hashlib.sha256(content).hexdigest()]
            check.equal(words[:3], expected, f"HASH of {name} in {setting}")
            check(words[3:] in ([name], [f"/{name}"]), expected=f"the name {name} in the end", observed=f"{words[3:]}")
    check.equal(word(control.ask("OPTS HASH", 200)), "SHA-256", "the function in use")
    control.ask("OPTS HASH crc32", 200)
    control.ask("OPTS HASH ROT13", 501)
    check.equal(word(control.ask("HASH text", 213), 2).lower(), "12ba0be6", "CRC32 of one and two")
    check.equal(word(ftp.login().ask("HASH text", 213)), "SHA-256", "the function in another session")
    for line in ("HASH nope", "HASH /"):
        control.ask(line, 550)
    control.in_step()


@scenario(
    points=2, clause=HASH, level=COURSE, carries=True, covers=(63, 199), seconds=20, by_hand=typed("HASH huge"),
    after=("hash_is_that_of_the_file",),
    causes=("HASH reads the file in one go and looks at nothing else meanwhile",
            "reading a file goes through no waiting door, for it never has to wait: pass it all the same"),
)
def hash_of_a_huge_file_can_be_aborted(ftp, tree):
    """HASH of a huge file: others are served meanwhile, ABOR ends it with 426 and 226, and the session goes on."""
    tree.sparse("huge", 5 * GiB, tail=b"x")
    control = ftp.login()
    control.send("HASH huge")
    other = ftp.login()
    other.ask("NOOP", 200)
    control.send("ABOR")
    control.expect(426)
    control.expect(226, 225)
    control.in_step()
    control.send("HASH huge")
    control.send("QUIT")
    control.close()
    other.in_step()


@scenario(
    points=1, clause="draft-peterson-streamlined-ftp-command-extensions 4", level=COURSE, carries=True, covers=(200,),
    by_hand=typed("AVBL", "CLNT kit"),
    causes=("the number of blocks is told instead of bytes", "AVBL is told of the host's root, not of the directory"),
)
def avbl_tells_the_room_that_is_left(ftp, tree, check):
    """AVBL: 213 and how many bytes can be stored in a directory; 550 for what is none. CLNT: 200."""
    tree.mkdir("d")
    tree.write("f", b"")
    control = ftp.login()
    system = os.statvfs(tree.path("d"))
    free = system.f_bavail * system.f_frsize
    for line in ("AVBL", "AVBL d"):
        told = number(control, line)
        check(told is not None and abs(told - free) <= max(free // 10, 256 * MiB),
              expected=f"about {free} bytes", observed=f"{told}")
    for line in ("AVBL nope", "AVBL f"):
        control.ask(line, 550)
    control.ask("CLNT kit 1.0", 200)
    control.in_step()
