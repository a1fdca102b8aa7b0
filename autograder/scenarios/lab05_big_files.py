"""Lab 5, what is long: big files, files that change in size, listings of many names."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.lab05_data import CURL, DONE, IMPATIENT, LOST, STARTED, binary
from autograder.scenarios.lab05_download import SENT
from autograder.scenarios.lab05_listing import LISTED, LS, entries
from autograder.workspace import GiB, KiB, MiB


@contextmanager
def folder_for_holes(otherwise: Path) -> Iterator[Path]:
    """A folder for a file that is one big hole: in memory if there is such a place, where holes are read five times
    as fast as from a disk, and take no room either."""
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else otherwise
    with tempfile.TemporaryDirectory(prefix="ftp-kit-", dir=place) as folder:
        yield Path(folder)


@scenario(
    points=2, clause="course: memory does not grow with the file", level=COURSE, carries=True, covers=(90,),
    after=SENT, seconds=20,
    by_hand="truncate -s 200M {root}/big; " + CURL + "big; grep VmHWM /proc/$(pgrep -n ftp_server)/status",
    causes=("the whole file is read into memory, or onto the stack, before it is sent: send it piece by piece",
            "the buffer grows with every piece"),
)
def memory_does_not_grow_with_the_file(ftp, tree, check):
    """While 200 MiB go out and 64 MiB come in, the server needs less than 24 MiB more than before."""
    tree.sparse("big", 200 * MiB)
    tree.write("small", 1 * MiB)
    control = binary(ftp)
    control.retrieve("small")
    before = ftp.process.memory_bytes(peak=True)
    with control.passive() as data:
        control.ask("RETR big", *STARTED)
        data.discard(200 * MiB)
        data.expect_eof()
        control.expect(*DONE)
    with control.passive() as data:
        control.ask("STOR copy", *STARTED)
        data.send_stream(bytes(1 * MiB) for _ in range(64))
        data.close()
        control.expect(*DONE)
    grown = ftp.process.memory_bytes(peak=True) - before
    check(grown < 24 * MiB, expected="less than 24 MiB of memory more than before",
          observed=f"{grown // KiB:,} KiB more")


@scenario(
    points=1, clause="course: files over 4 GiB", level=COURSE, carries=True, covers=(90,), after=SENT, seconds=60,
    by_hand="truncate -s 5G {root}/big; curl -sS ftp://127.0.0.1:{port}/big | wc -c",
    causes=("a size or an offset went through an int, or through 32 bits: use off_t or std::uint64_t",
            "one sendfile() moves at most 2 GiB: like send() it says how much it took"),
)
def retr_beyond_four_gibibytes(ftp, tree, context):
    """A file of 4 GiB and a bit arrives in full, the last bytes too."""
    tail = b"the end of a long file"
    size = 4 * GiB + 65_537
    with folder_for_holes(tree.root) as folder:
        with open(folder / "big", "wb") as file:
            file.truncate(size)
            file.seek(size - len(tail))
            file.write(tail)
        control = binary(ftp.start_another(root=folder))
        data = context.keep(control.connect_data(*control.passive_port()))
        control.ask("RETR big", *STARTED)
        data.discard(64 * KiB)  # the file is open: its name can go
    data.discard(size - len(tail) - 64 * KiB)
    data.expect(tail, "the last bytes of the file")
    control.expect(*DONE)


@scenario(
    points=1, clause="course: a file that changes in mid-transfer", level=COURSE, carries=True, covers=(92,),
    after=SENT, options=IMPATIENT,
    by_hand="begin RETR of a big file, stop the client (Ctrl-Z), truncate -s 1M {root}/big, fg",
    causes=("the loop runs until as many bytes are sent as fstat() told at first: read() returning 0 ends it too",
            "the loop runs until read() returns 0: a log that grows faster than it is read never ends"),
)
def retr_of_a_file_that_changes_ends(ftp, tree, check):
    """A file that shrinks or grows while it is sent: the transfer ends, with a final reply, and the session goes on."""
    size = 16 * MiB
    control = binary(ftp)
    for now in (1 * MiB, size + MiB):
        tree.write("file", size)
        with control.passive(receive_buffer=32 * KiB) as data:
            control.ask("RETR file", *STARTED)
            data.read(64 * KiB)
            os.truncate(tree.path("file"), now)
            rest = data.discard_to_eof()
            control.expect(*DONE, *LOST)
        check(64 * KiB + rest <= max(size, now), expected="no more bytes than the file ever had",
              observed=f"{64 * KiB + rest:,} bytes")
    control.in_step()


@scenario(
    points=1, clause="RFC 959 4.1.3", level=MUST, carries=True, covers=(113, 177), after=LISTED,
    by_hand="mkdir {root}/many; touch {root}/many/{1..1000}; " + LS + "many/ | wc -l",
    causes=("the whole listing was put into a buffer of a fixed size",
            "lines that cross the end of a buffer are cut, or what is left in it at the end is lost"),
)
def list_of_a_thousand_names_is_whole(ftp, tree, check):
    """A long listing has every name once, in LIST and in NLST."""
    names = [f"{number:04}-{'x' * (number % 200)}" for number in range(1000)]
    tree.write(names[0], b"")
    for name in names[1:]:
        tree.link(name, names[0])
    control = ftp.login()
    wanted = [name.encode() for name in names]
    check.equal(sorted(entries(control.list())), wanted, "the names in LIST")
    check.equal(sorted(control.list(verb="NLST")), wanted, "the names in NLST")
