"""Lab 5, uploads: STOR, APPE, STOU, and what becomes of the file that was there before."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, Weather, scenario
from autograder.scenarios.lab05_data import DATA, DONE, IMPATIENT, LOST, OPENED, STARTED, binary
from autograder.scenarios.lab05_download import EVERY_BYTE, SENT
from autograder.workspace import KiB, MiB

STORED = ("stor_keeps_every_byte",)
PUT = "curl -v -T file ftp://127.0.0.1:{port}/"
TEMPORARY = "write to a hidden temporary beside the target and rename() it when everything has come"


@scenario(
    points=4, clause="RFC 959 4.1.3, 5.2", level=MUST, carries=True, covers=(76, 85), after=OPENED,
    weather=(Weather.PLAIN, Weather.SPLIT, Weather.SHORT_IO), by_hand=PUT,
    causes=("the end of the data connection is the end of the file: a loop that waits for more never ends",
            "write() to the file took only a part: it says how much",
            "226 comes before the last bytes are in the file"),
)
def stor_keeps_every_byte(ftp, tree, rng):
    """STOR: 150, and when the client ends the data connection, the file is there byte for byte and 226 says so."""
    content = EVERY_BYTE * 3 + rng.bytes(300 * KiB)
    control = binary(ftp)
    with control.passive() as data:
        control.ask("STOR new", *STARTED)
        data.send_stream(content[at:at + 50_000] for at in range(0, len(content), 50_000))
        data.close()
        control.expect(*DONE)
    tree.expect("new", content)
    tree.expect_names("new")
    control.in_step()


@scenario(
    points=2, clause="RFC 959 4.1.3", level=MUST, carries=True, covers=(85, 90), after=STORED,
    by_hand="curl -T long ftp://127.0.0.1:{port}/file; curl -T short ftp://127.0.0.1:{port}/file; ls -l {root}",
    causes=("the old file is overwritten from its beginning and not cut off: O_TRUNC, or a new file in its place",
            "an upload of no bytes creates nothing, or leaves the old content"),
)
def stor_replaces_the_whole_file(ftp, tree):
    """A short upload over a long file leaves nothing of the long one; one of no bytes leaves an empty file."""
    tree.write("file", 5000)
    control = binary(ftp)
    control.store("file", b"x" * 100)
    tree.expect("file", b"x" * 100)
    control.store("file", b"")
    tree.expect("file", b"")
    control.store("empty", b"")
    tree.expect("empty", b"")
    tree.expect_names("file", "empty")


@scenario(
    points=2, clause="course: no upload destroys a file", level=COURSE, carries=True, covers=(91,), after=STORED,
    options=IMPATIENT, by_hand="PASV, do not connect, STOR file: after the 425 the old file is still whole",
    causes=("the target is opened with O_TRUNC before anybody knows whether data will come",
            "the temporary is made before the data connection stands, and stays there"),
)
def stor_without_data_keeps_the_old_file(ftp, tree):
    """PASV, STOR, and nobody connects: 425, the old file is whole, and no new one lies about."""
    tree.write("file", b"eighty bytes " * 6)
    control = binary(ftp)
    for line in ("STOR file", "APPE new", "STOU"):
        control.passive_port()
        control.final(line, *LOST, 421, seconds=8)
    tree.expect("file", b"eighty bytes " * 6)
    tree.expect_names("file")
    control.in_step()


@scenario(
    points=3, clause="RFC 959 5.4 (426)", level=MUST, carries=True, covers=(65, 91), after=STORED,
    by_hand="begin a big upload and kill -9 the client; then look at the file on the server",
    causes=("recv() returned -1 (ECONNRESET) and was taken for the end of the file", TEMPORARY,
            "the temporary is not removed when the transfer fails: a destructor does that on every path"),
)
def reset_upload_is_no_upload(ftp, tree, rng):
    """The data connection is reset in the middle of a STOR: one 4yz, the old file whole, no temporary left."""
    old = tree.write("file", 5000)
    control = binary(ftp)
    for name in ("file", "new"):
        with control.passive() as data:
            control.ask(f"STOR {name}", *STARTED)
            data.send(rng.bytes(8 * MiB))  # more than the buffers hold: the server has begun to read
            data.reset()
            control.expect(*LOST)
        control.in_step()
    tree.expect("file", old)
    tree.expect_names("file")


@scenario(
    points=2, clause=DATA, level=MUST, carries=True, covers=(6, 65), after=("reset_upload_is_no_upload",),
    by_hand="begin an upload with nc on both connections, and end both",
    causes=("only the data connection is watched: while it waits for data the server does not notice that the control "
            "connection has ended",
            "the end of the data connection is a good end only while the client is still there"),
)
def vanished_client_uploads_nothing(ftp, tree, rng):
    """The control connection ends in the middle of a STOR: the transfer is given up and the old file stays."""
    old = tree.write("file", 5000)
    for _ in range(3):
        control = binary(ftp)
        with control.passive() as data:
            control.ask("STOR file", *STARTED)
            data.send(rng.bytes(8 * MiB))
            control.close()
            data.expect_gone()
    with ftp.login() as next_one:
        next_one.in_step()
    tree.expect("file", old)
    tree.expect_names("file")


@scenario(
    points=1, clause="course: --stall-timeout", level=COURSE, carries=True, covers=(66,), after=STORED,
    options=IMPATIENT, by_hand="ftp_server {port} --stall-timeout 3; begin an upload with nc and type nothing",
    causes=("read() on the data connection has no deadline: a client that stands still holds the session for ever",
            "TimedOut is taken for the end of the file"),
)
def stalled_upload_is_given_up(ftp, tree):
    """An upload in which nothing comes for --stall-timeout seconds ends in 426; the old file stays."""
    tree.write("file", b"old")
    control = binary(ftp)
    with control.passive() as data:
        control.ask("STOR file", *STARTED)
        data.send(b"the beginning")
        control.expect(*LOST, 421, seconds=8)
        data.expect_gone()
    tree.expect("file", b"old")
    tree.expect_names("file")


@scenario(
    points=2, clause="RFC 959 4.1.3", level=MUST, carries=True, covers=(87,), after=STORED,
    by_hand="curl -a -T file ftp://127.0.0.1:{port}/log",
    causes=("APPE and STOR share a handler that replaces the file", "O_APPEND without O_CREAT: a new file is not made"),
)
def appe_appends_and_creates(ftp, tree, rng):
    """APPE makes a file that is not there, and adds to the end of one that is."""
    parts = [rng.bytes(size) for size in (1000, 0, 300 * KiB, 1)]
    control = binary(ftp)
    for part in parts:
        control.store("log", part, verb="APPE")
    tree.expect("log", b"".join(parts))
    tree.expect_names("log")


@scenario(
    points=2, clause="RFC 1123 4.1.2.9", level=MUST, carries=True, covers=(88,), after=(*STORED, *SENT),
    by_hand="PASV, connect, STOU: 150 FILE: name",
    causes=("150 tells another text: it is `FILE: `, then the name and nothing else",
            "the name is not that of a file in the working directory, or lacks the path to it",
            "two STOU get one name"),
)
def stou_tells_the_name_that_it_made(ftp, tree, check):
    """STOU: `150 FILE: name`; the name is new each time and can be fetched by RETR."""
    tree.write("here/file", b"kept")
    control = binary(ftp)
    control.ask("CWD here", 250, 200)
    names = []
    for number in range(3):
        with control.passive() as data:
            reply = control.ask("STOU", *STARTED)
            check(reply.text.startswith("FILE: ") and len(reply.text) > 6,
                  expected="the text `FILE: ` and a name in the 150 reply", observed=reply.text)
            names.append(reply.text.removeprefix("FILE: "))
            data.send(b"number %d" % number)
            data.close()
            control.expect(*DONE)
        check.equal(control.retrieve(names[-1]), b"number %d" % number, f"what RETR {names[-1]} fetches")
    check(len({*names, "file"}) == 4, expected="a new name each time", observed=", ".join(names))
    tree.expect("here/file", b"kept")
