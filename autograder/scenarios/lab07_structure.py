"""Lab 7, STRU R and MODE B: records in a stream, and blocks."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, SHOULD, Weather, scenario
from autograder.scenarios.lab04_files import typed
from autograder.scenarios.lab07_active import DONE, OPENING, binary
from autograder.wire.control import Control
from autograder.wire.show import quote
from autograder.wire.reply import REFUSAL
from autograder.wire.transcript import Divergence
from autograder.workspace import KiB

RECORDS, BLOCKS = "RFC 959 3.4.1", "RFC 959 3.4.2"
EOR, EOF_MARK, EOR_EOF = b"\xff\x01", b"\xff\x02", b"\xff\x03"
RECORD_END, FILE_END, SUSPECT, MARKER = 128, 64, 32, 16
LOOK = "RETR f; on the data connection: nc 127.0.0.1 PORT_OF_227 | xxd"


def records_of(stream: bytes) -> tuple[list[bytes], bytes]:
    """The records of a file in record structure, and what stands behind the last EOR. Divergence for anything else."""
    records, current, at = [], bytearray(), 0
    while at < len(stream):
        mark = stream.find(b"\xff", at)
        if mark < 0 or mark + 1 == len(stream):
            break
        current += stream[at:mark]
        code, at = stream[mark + 1], mark + 2
        if code == 255:
            current.append(255)
        elif code in (1, 2, 3):
            if code & 1:
                records.append(bytes(current))
                current.clear()
            if code & 2:
                if at < len(stream):
                    raise Divergence("nothing behind the end of the file", quote(stream[at:]))
                return records, bytes(current)
        else:
            raise Divergence("FF 01, FF 02, FF 03 or FF FF", f"FF {code:02X} at byte {mark} of {quote(stream)}")
    raise Divergence("FF 02 or FF 03 at the end of the file", f"the data end with {quote(stream[-20:])}")


def block(descriptor: int, data: bytes = b"") -> bytes:
    """One block of MODE B."""
    return bytes((descriptor, len(data) >> 8, len(data) & 255)) + data


def blocks_of(stream: bytes) -> list[tuple[int, bytes]]:
    """The blocks of a file in MODE B, up to the one that ends it. Divergence where there is none, or more follows."""
    blocks, at = [], 0
    while at + 3 <= len(stream):
        descriptor, size = stream[at], stream[at + 1] << 8 | stream[at + 2]
        data = stream[at + 3:at + 3 + size]
        if len(data) < size or descriptor & 15:
            raise Divergence("whole blocks with bits of 128, 64, 32 and 16 only",
                             f"descriptor {descriptor}, {size} bytes, of which {len(data)} came, at byte {at}")
        blocks.append((descriptor, data))
        at += 3 + size
        if descriptor & FILE_END:
            if at < len(stream):
                raise Divergence("nothing behind the block that ends the file", quote(stream[at:]))
            return blocks
    raise Divergence("a block with bit 64 at the end of the file", f"the data end with {quote(stream[-20:])}")


def structured(ftp, *lines: str) -> Control:
    """A session in TYPE I that has said these lines, each 200."""
    control = binary(ftp)
    for line in lines:
        control.ask(line, 200)
    return control


def upload(control: Control, name: str, data: bytes) -> None:
    """STOR; the end of the file is in the data, and the client waits with its own end for the server's reply."""
    with control.passive() as peer:
        control.ask(f"STOR {name}", *OPENING)
        peer.send(data)
        control.expect(*DONE)


def failed_upload(control: Control, name: str, data: bytes) -> None:
    """STOR of data that hold no end of the file: refused, and not 2yz."""
    with control.passive() as peer:
        control.ask(f"STOR {name}", *OPENING)
        peer.send(data)
        peer.close()
        control.expect(*REFUSAL)
    control.in_step()


@scenario(
    points=2, clause=RECORDS, level=COURSE, carries=True, covers=(71, 78, 79), by_hand=LOOK,
    weather=(Weather.PLAIN, Weather.SHORT_IO),
    causes=("a record is a line without its line end, followed by FF 01", "the end of the file is FF 02 (or, with the "
            "last record's, FF 03): in record structure the end of the connection says nothing",
            "a file without LF at its end gets one, so it would not come back as it was"),
)
def records_are_sent_with_their_ends(ftp, tree, check):
    """RETR in STRU R, MODE S: each line is a record with FF 01 behind it, and FF 02 or FF 03 ends the file."""
    control = structured(ftp, "STRU R")
    for content, records, rest in ((b"one\ntwo\n", [b"one", b"two"], b""), (b"one\ntwo", [b"one"], b"two"),
                                   (b"", [], b""), (b"\n\n", [b"", b""], b"")):
        tree.write("f", content)
        check.equal(records_of(control.retrieve("f")), (records, rest), f"records and rest of {content!r}")
    content = tree.write("f", b"".join(b"%d\n" % number for number in range(20_000)))
    check.equal(records_of(control.retrieve("f"))[0], content.split(b"\n")[:-1], "the records of 20,000 lines")


@scenario(
    points=2, clause=RECORDS, level=COURSE, carries=True, covers=(78, 79), by_hand=LOOK.replace("RETR", "STOR"),
    weather=(Weather.PLAIN, Weather.SPLIT, Weather.DRIP),
    causes=("FF and its code come in two segments: remember the FF",
            "FF 03 ends record and file, and is one code",
            "the server waits for the client's end though FF 02 has come"),
)
def records_are_stored_as_lines(ftp, tree):
    """STOR in STRU R: FF 01 becomes a line end, FF 02 and FF 03 end the file, wherever segments are cut."""
    control = structured(ftp, "STRU R")
    for data, kept in ((b"one" + EOR + b"two" + EOR + EOF_MARK, b"one\ntwo\n"), (b"one" + EOR_EOF, b"one\n"),
                       (b"one" + EOR + b"rest" + EOF_MARK, b"one\nrest"), (EOF_MARK, b""), (EOR + EOR_EOF, b"\n\n")):
        upload(control, "f", data)
        tree.expect("f", kept)
    control.in_step()


@scenario(
    points=2, clause=RECORDS, level=MUST, carries=True, covers=(78,), after=("records_are_sent_with_their_ends",),
    by_hand=LOOK, weather=(Weather.PLAIN, Weather.SHORT_IO),
    causes=("a data byte FF has to be doubled, or it announces a code that nobody meant",
            "the doubling is undone before the codes are looked for: FF FF 01 is a data byte FF and a data byte 01"),
)
def data_bytes_ff_are_doubled(ftp, tree, check):
    """In record structure a data byte FF travels twice, both ways."""
    content = tree.write("f", b"\xff\n\xff\xff\x01\x02\n\xff" + b"\xff" * 70_000)
    control = structured(ftp, "STRU R")
    sent = control.retrieve("f")
    check.equal(records_of(sent), ([b"\xff", b"\xff\xff\x01\x02"], b"\xff" * 70_001), "records and rest")
    upload(control, "g", sent)
    tree.expect("g", content)


@scenario(
    points=2, clause="RFC 959 3.4.1, 3.4.2", level=MUST, carries=True, covers=(65, 78, 80),
    after=("records_are_stored_as_lines",), by_hand=LOOK.replace("RETR", "STOR"),
    causes=("the end of the connection is taken for the end of the file: in STRU R and MODE B the data tell it",),
)
def an_upload_without_its_end_is_void(ftp, tree):
    """The connection ends and the data have not told the end of the file: no 226, and the old file is whole."""
    content = tree.write("f", b"old and dear")
    control = structured(ftp, "STRU R")
    for data in (b"half" + EOR, b"half\xff", b""):
        failed_upload(control, "f", data)
    for line in ("STRU F", "MODE B"):
        control.ask(line, 200)
    for data in (block(0, b"half"), block(FILE_END, b"cut off")[:-1], bytes((FILE_END, 0)), b""):
        failed_upload(control, "f", data)
    tree.expect("f", content)


@scenario(
    points=2, clause=BLOCKS, level=COURSE, carries=True, covers=(73, 80), by_hand=LOOK,
    weather=(Weather.PLAIN, Weather.SHORT_IO),
    causes=("the header is three bytes: descriptor, high byte and low byte of the count",
            "a count has 16 bits: what is larger goes into several blocks", "the last block has bit 64"),
)
def blocks_are_sent_with_their_headers(ftp, tree, rng, check):
    """RETR in MODE B: blocks with three bytes of header, the last of them with bit 64."""
    control = structured(ftp, "MODE B")
    for size in (0, 1, 65_535, 65_536, 300_000):
        content = tree.write("f", rng.bytes(size))
        blocks = blocks_of(control.retrieve("f"))
        check.equal(b"".join(data for _, data in blocks), content, f"the data of {len(blocks)} blocks")
        check(all(descriptor in (0, FILE_END) for descriptor, _ in blocks), observed=f"{[b[0] for b in blocks]}",
              expected="descriptors 0 and, at the end, 64")
    control.in_step()


@scenario(
    points=2, clause=BLOCKS, level=COURSE, carries=True, covers=(80,), by_hand=LOOK.replace("RETR", "STOR"),
    weather=(Weather.PLAIN, Weather.SPLIT, Weather.DRIP),
    causes=("a header is read in one piece: it may come in three", "data in the block that ends the file are lost",
            "the server waits for the client's end though the block with bit 64 has come"),
)
def blocks_are_stored_without_their_headers(ftp, tree, rng):
    """STOR in MODE B: the data of all blocks make the file, wherever segments are cut; bit 64 ends it."""
    control = structured(ftp, "MODE B")
    for data, kept in ((block(0, b"one\n") + block(0, b"\xff\x01") + block(FILE_END), b"one\n\xff\x01"),
                       (block(FILE_END, b"all in one"), b"all in one"), (block(FILE_END), b""),
                       (block(0) + block(SUSPECT, b"odd") + block(0, b"!") + block(FILE_END), b"odd!")):
        upload(control, "f", data)
        tree.expect("f", kept)
    content = rng.bytes(200 * KiB)
    cut = b"".join(block(0, content[at:at + 65_535]) for at in range(0, len(content), 65_535))
    upload(control, "f", cut + block(FILE_END))
    tree.expect("f", content)
    control.in_step()


@scenario(
    points=2, clause="RFC 959 3.1.1.1, 3.4.2", level=MUST, carries=True, covers=(76, 79, 80),
    after=("blocks_are_sent_with_their_headers", "blocks_are_stored_without_their_headers"),
    by_hand=typed("TYPE A", "MODE B", "PASV", "RETR f"),
    causes=("type and mode are two steps: text is converted first and packed then, and the other way round coming in",
            "the end of a record in MODE B is bit 128 of a block, and no FF 01",
            "a listing leaves out the blocks, or the records, that were asked for"),
)
def type_structure_and_mode_go_together(ftp, tree, check):
    """MODE B with TYPE A converts lines, with STRU R it marks records with bit 128; listings are packed as well."""
    tree.write("f", b"one\ntwo")
    control = structured(ftp, "MODE B", "TYPE A")
    sent = control.retrieve("f")
    check.equal(b"".join(data for _, data in blocks_of(sent)), b"one\r\ntwo", "the text in TYPE A, MODE B")
    upload(control, "g", block(0, b"one\r") + block(0, b"\ntwo") + block(FILE_END))
    tree.expect("g", b"one\ntwo")
    control.ask("STRU R", 200)
    blocks = blocks_of(control.retrieve("f"))
    check.equal(b"".join(data + b"|" * (descriptor >> 7) for descriptor, data in blocks), b"one|two",
                "the records in MODE B")
    upload(control, "g", block(RECORD_END, b"one") + block(RECORD_END | FILE_END, b"two"))
    tree.expect("g", b"one\ntwo\n")
    names = blocks_of(control.retrieve("", "NLST"))
    check.equal(b"".join(data + b"|" * (descriptor >> 7) for descriptor, data in names), b"f|g|", "the names of NLST")


@scenario(
    points=1, clause="RFC 959 3.5, 5.4", level=SHOULD, carries=True, covers=(81,),
    after=("blocks_are_stored_without_their_headers",), by_hand=LOOK.replace("RETR", "STOR"),
    causes=("a marker's block has data bytes, but they belong to no file", "the reply is exactly 110 MARK yyyy = mmmm: "
            "the sender's marker, and one of the server's own"),
)
def restart_markers_are_answered(ftp, tree, check):
    """A block with bit 16 is a restart marker: its bytes are not stored, and 110 MARK yyyy = mmmm answers it."""
    control = structured(ftp, "MODE B")
    with control.passive() as data:
        control.ask("STOR f", *OPENING)
        data.send(block(0, b"one") + block(MARKER, b"M3") + block(0, b"two") + block(MARKER, b"M6") + block(FILE_END))
        for marker in ("M3", "M6"):
            words = control.expect(110).text.split(" ")
            check(len(words) >= 4 and words[:3] == ["MARK", marker, "="], expected=f"110 MARK {marker} = ...",
                  observed=f"110 {' '.join(words)}")
        control.expect(*DONE)
    tree.expect("f", b"onetwo")
    control.in_step()
