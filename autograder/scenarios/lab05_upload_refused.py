"""Lab 5, uploads that cannot be: refused names, full disks, readers, a server that dies."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.lab05_data import DONE, STARTED, binary
from autograder.scenarios.lab05_upload import STORED, TEMPORARY
from autograder.workspace import MiB

NOT_TAKEN = (550, 553, 450, 452, 552)


@scenario(
    points=2, clause="RFC 959 5.4 (550, 553)", level=MUST, carries=True, covers=(85, 169, 170), after=STORED,
    by_hand="curl -T file ftp://127.0.0.1:{port}/no/such/directory/file",
    causes=("150 is sent before anybody has looked whether the file can be made",
            "a link that leads out of the root is followed",
            "ENAMETOOLONG is an error like any other: a reply, not the end of the session"),
)
def stor_refuses_what_cannot_be_made(ftp, tree, outside, check):
    """A directory, a missing directory, a name too long, a link out of the root: refused, without 150."""
    outside.write("secret", b"secret")
    tree.mkdir("directory")
    tree.write("file", b"kept")
    tree.symlink("door", "../outside/secret")
    tree.symlink("gate", "../outside")
    control = binary(ftp)
    for name in ("directory", "nowhere/file", "file/x", "door", "gate/new", "../new", "/", "n" * 300):
        control.passive_port()
        if name == "../new":  # above the root is the root: then it is a file like any other
            continue
        control.ask(f"STOR {name}", *NOT_TAKEN)
        control.ask(f"APPE {name}", *NOT_TAKEN)
    tree.expect_names("directory", "file", "door", "gate")
    tree.expect("file", b"kept")
    outside.expect_names("secret")
    outside.expect("secret", b"secret")
    control.in_step()


@scenario(
    points=2, clause="RFC 959 5.4 (452, 552)", level=MUST, carries=True, covers=(86, 91), after=STORED,
    by_hand="(ulimit -f 1024; ftp_server {port}) and an upload of 4 MB",
    causes=("the result of write() is not looked at: ENOSPC, EDQUOT and EFBIG are errors, and the client has to know",
            "SIGXFSZ kills the server: offer_transfers() ignores it",
            "the error of the file is reported as an error of the data connection, 426: tell them apart"),
)
def full_disk_is_no_success(ftp, tree, rng):
    """When the file cannot take all of it the upload ends in 452 or 552, never 226, and the old file stays."""
    old = tree.write("file", 5000)
    ftp.restart(limits={"f": 2048})  # blocks of 512 bytes: no file may be larger than 1 MiB
    control = binary(ftp)
    with control.passive() as data:
        control.ask("STOR file", *STARTED)
        data.try_send(rng.bytes(4 * MiB))
        control.expect(452, 552, 451)
        data.close()
    control.in_step()
    tree.expect("file", old)
    tree.expect_names("file")
    control.store("file", b"small enough")
    tree.expect("file", b"small enough")


@scenario(
    points=1, clause="RFC 959 5.4 (501)", level=MUST, carries=True, covers=(24, 93), after=STORED,
    by_hand="printf 'USER anonymous\\r\\nPASS x\\r\\nRETR\\r\\nQUIT\\r\\n' | nc -q 1 127.0.0.1 {port}",
    causes=("the reader of the row lets an empty argument through",
            "whether there is a data connection is asked first"),
)
def transfer_commands_need_a_name(ftp, tree):
    """RETR, STOR and APPE with nothing behind them are 501, PASV or not."""
    control = binary(ftp)
    for _ in range(2):
        for line in ("RETR", "STOR", "APPE", "RETR ", "STOR "):
            control.ask(line, 501)
        control.passive_port()
    tree.expect_names()
    control.in_step()


@scenario(
    points=1, clause="RFC 959 5.4 (550)", level=COURSE, carries=True, covers=(176,), after=STORED,
    options=("--user", "eve:looks:ro"), by_hand="ftp_server {port} --user eve:looks:ro; curl -T file -u eve:looks ...",
    causes=("the column `writes` is missing in a row", "the file is made before the reply says no"),
)
def reader_uploads_nothing(ftp, tree):
    """Whoever may only read gets 550 for STOR, APPE and STOU, and can fetch."""
    content = tree.write("file", 1000)
    control = binary(ftp, "eve", "looks")
    for line in ("STOR file", "STOR new", "APPE file", "APPE new", "STOU"):
        control.passive_port()
        control.ask(line, 550)
    tree.expect_names("file")
    tree.expect("file", content)
    with control.passive() as data:
        control.ask("RETR file", *STARTED)
        data.expect(content)
        control.expect(*DONE)


@scenario(
    points=1, clause="course: no upload destroys a file", level=COURSE, carries=True, covers=(91,),
    after=("reset_upload_is_no_upload",), by_hand="kill -9 the server in the middle of an upload; start it; LIST",
    causes=("the target itself is written to: " + TEMPORARY,
            "LIST shows the server's own temporaries: is_upload_temporary() knows them"),
)
def killed_server_leaves_the_old_file(ftp, tree, check, rng):
    """The server is killed in mid-upload and started again: the old file is whole, and LIST and NLST show only that."""
    old = tree.write("file", 5000)
    control = binary(ftp)
    with control.passive() as data:
        control.ask("STOR file", *STARTED)
        data.send(rng.bytes(8 * MiB))
        ftp.restart(kill=True)
    tree.expect("file", old)
    control = binary(ftp)
    check.equal(control.list(verb="NLST"), [b"file"], "the list of names")
    check.equal(len(control.list()), 1, "the number of lines in the list")
