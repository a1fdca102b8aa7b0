"""Lab 5, transfers that go wrong, and what is left of them."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.lab05_data import DATA, DONE, IMPATIENT, LOST, STARTED, binary
from autograder.scenarios.lab05_download import SENT
from autograder.scenarios.lab05_listing import LISTED
from autograder.scenarios.lab05_upload import STORED
from autograder.workspace import KiB, MiB

EXCHANGED = (*SENT, *STORED)


@scenario(
    points=2, clause="RFC 959 5.4 (426)", level=MUST, carries=True, covers=(35, 65), after=SENT,
    by_hand="curl -sS --max-time 0.1 --limit-rate 10k ftp://127.0.0.1:{port}/big; then another transfer",
    causes=("the error of send() ends the loop and 226 is sent all the same",
            "EPIPE and ECONNRESET throw, and nobody turns that into 426",
            "two replies are sent: one where the error was found and one at the end"),
)
def reset_download_is_no_success(ftp, tree):
    """The client resets the data connection in the middle of a RETR: exactly one 4yz, and the session goes on."""
    tree.write("big", 24 * MiB)
    control = binary(ftp)
    for _ in range(3):
        with control.passive(receive_buffer=32 * KiB) as data:
            control.ask("RETR big", *STARTED)
            data.read(64 * KiB)
            data.reset()
            control.expect(*LOST)
        control.in_step()


@scenario(
    points=2, clause="RFC 959 5.4 (425)", level=MUST, carries=True, covers=(59,), after=SENT, options=IMPATIENT,
    by_hand="PASV, RETR file, and do not connect: 425 has to come within half a minute",
    causes=("accept() has no deadline: a client that never connects holds the session for ever",
            "TimedOut ends the session instead of becoming 425"),
)
def nobody_connects(ftp, tree):
    """PASV and RETR or LIST, but nobody connects: 425 in bounded time, and the session goes on."""
    tree.write("file", b"content")
    control = binary(ftp)
    for line in ("RETR file", "LIST"):
        control.passive_port()
        control.final(line, 425, 421, seconds=8)
        control.in_step()
    control.retrieve("file")


@scenario(
    points=1, clause="course: --stall-timeout", level=COURSE, carries=True, covers=(66,), after=SENT,
    options=IMPATIENT, by_hand="ftp_server {port} --stall-timeout 3; PASV, RETR big, and nc PORT | sleep 60",
    causes=("a write to the data connection has no deadline",
            "the deadline is that of the whole transfer: a slow client is not one that stands still"),
)
def slow_client_is_no_stalled_one(ftp, tree):
    """A client that reads a little now and then gets its data; one that stops for --stall-timeout seconds gets 426."""
    size = 16 * MiB
    tree.write("big", size)
    control = binary(ftp)
    with control.passive(receive_buffer=32 * KiB) as data:
        control.ask("RETR big", *STARTED)
        for _ in range(5):
            data.discard(1 * MiB)
            control.wire.expect_silence(0.4, unscaled=True)  # shorter than the stall timeout
        control.expect(*LOST, 421, seconds=8)
        data.expect_gone()
    if control.last.code != 421:
        control.in_step()


@scenario(
    points=3, clause=DATA, level=MUST, carries=True, covers=(58,), after=EXCHANGED, options=IMPATIENT, seconds=20,
    by_hand="ls -l /proc/$(pgrep -n ftp_server)/fd   # before and after some transfers",
    causes=("the data connection, the listener or the file is not closed on every path: let an object own each",
            "a transfer that is refused leaves its listener behind"),
)
def transfers_leave_nothing_behind(ftp, tree, step):
    """After forty transfers, good, refused and broken off, the server has no descriptor more than before."""
    tree.write("file", 4 * MiB)
    control = binary(ftp)
    control.retrieve("file")
    control.quit()
    before = ftp.usage()
    for number in range(8):
        control = binary(ftp)
        control.retrieve("file")
        control.store("copy", b"content")
        control.list()
        control.passive_port()
        control.ask("RETR nowhere", 550, 450)
        with control.passive(receive_buffer=32 * KiB) as data:
            control.ask("RETR file" if number % 2 else "STOR copy", *STARTED)
            data.reset()
            control.expect(*DONE, *LOST)  # done: a small upload may have been over
        if number % 2:
            control.passive_port()
        control.quit()
    step("forty transfers")
    ftp.expect_usage(before)


@scenario(
    points=1, clause=DATA, level=MUST, carries=True, covers=(6,), after=SENT,
    by_hand="begin a download with nc on both connections, and end the control connection",
    causes=("the transfer goes on for nobody: while it waits to send, the server does not notice that the control "
            "connection has ended",),
)
def download_ends_with_its_session(ftp, tree):
    """The control connection ends in the middle of a RETR: the data connection ends too, and the next is served."""
    tree.write("big", 24 * MiB)
    control = binary(ftp)
    with control.passive(receive_buffer=32 * KiB) as data:
        control.ask("RETR big", *STARTED)
        data.read(64 * KiB)
        control.close()
        with ftp.login() as next_one:
            next_one.in_step()
        data.expect_gone()


@scenario(
    points=2, clause="RFC 959 5.4; RFC 1123 4.1.2.10", level=MUST, carries=True, covers=(5, 25), after=EXCHANGED,
    by_hand="PASV, then at once: RETR file, NOOP, PWD, QUIT",
    causes=("commands that arrive while data travels are thrown away, or answered before the transfer's own reply",
            "whatever comes on the control connection ends the transfer"),
)
def commands_wait_for_the_transfer(ftp, tree):
    """NOOP, PWD and QUIT sent while a transfer runs are answered behind its 226, in order."""
    content = tree.write("file", 16 * MiB)
    control = binary(ftp)
    with control.passive(receive_buffer=64 * KiB) as data:
        control.ask("RETR file", *STARTED)
        data.expect_bytes(content[:64 * KiB], "the first bytes of the file")
        for line in ("NOOP", "PWD", "NOOP", "QUIT"):
            control.send(line)
        data.expect(content[64 * KiB:], "the rest of the file")
        control.expect(*DONE)
        for code in (200, 257, 200, 221):
            control.expect(code)
        control.expect_closed()


@scenario(
    points=2, clause="RFC 959 5.2", level=MUST, carries=True, covers=(31, 48), after=(*EXCHANGED, *LISTED),
    by_hand="curl -sS ftp://127.0.0.1:{port}/ -T '{a,b,c}'; lftp and wget -r do as much",
    causes=("something of one transfer is left for the next: a flag, an offset, a connection, a reply",),
)
def session_of_many_transfers(ftp, tree, rng, check):
    """Sixty uploads, downloads and listings in one session, good and refused ones mixed, all do what they should."""
    control = binary(ftp)
    files: dict[str, bytes] = {}
    for number in range(20):
        name = rng.choice(["a", "b", "c", f"new-{number}"])
        content = rng.bytes(rng.choice([0, 1, 511, 4096, 70_000]))
        verb = rng.choice(["STOR", "APPE"])
        control.store(name, content, verb=verb)
        files[name] = (files.get(name, b"") if verb == "APPE" else b"") + content
        if number % 4 == 0:
            control.ask("RETR nowhere", 550, 425)
        check.equal(control.retrieve(name), files[name], f"what RETR {name} fetches")
        check.equal(sorted(control.list(verb="NLST")), sorted(key.encode() for key in files), "the names of NLST")
    control.in_step()
    tree.expect_names(*files)


@scenario(
    points=2, clause="course: exit status 0 on SIGTERM", level=COURSE, carries=True, covers=(91,), after=EXCHANGED,
    by_hand="begin a big upload; kill $(pgrep -n ftp_server); echo $?; ls -la {root}",
    causes=("the wait for data does not watch the stop descriptor",
            "a transfer that never has to wait never looks whether it shall stop: each piece goes through the door",
            "Stopped is caught where the transfer's errors are caught, and becomes 426"),
)
def server_stops_in_mid_transfer(ftp, tree, rng):
    """SIGTERM in the middle of an upload: the server ends with status 0, the old file whole, no temporary left."""
    old = tree.write("file", 5000)
    control = binary(ftp)
    with control.passive() as data:
        control.ask("STOR file", *STARTED)
        data.send(rng.bytes(8 * MiB))
        ftp.expect_exit(seconds=3)
        data.expect_gone()
    tree.expect("file", old)
    tree.expect_names("file")
    ftp.restart()
    tree.write("big", 24 * MiB)
    control = binary(ftp)
    with control.passive(receive_buffer=32 * KiB) as data:
        control.ask("RETR big", *STARTED)
        data.read(64 * KiB)
        ftp.expect_exit(seconds=3)


@scenario(
    points=1, clause="course: a line with SUCCESS or FAILURE for each request", level=COURSE, carries=True,
    covers=(173,), after=EXCHANGED, by_hand="look at what ftp_server prints",
    causes=("count_bytes() is not called for what went over the data connection",),
)
def transfers_are_logged_with_their_bytes(ftp, tree, check):
    """The log line of a transfer has SUCCESS or FAILURE, the verb, the name, the code and the number of bytes."""
    tree.write("file", 54_321)
    control = binary(ftp)
    control.retrieve("file")
    ftp.expect_log(r"SUCCESS.*\bRETR\b.*\bfile\b.*\b2(26|50)\b.*\b54321\b")
    control.store("copy", b"x" * 12_345)
    ftp.expect_log(r"SUCCESS.*\bSTOR\b.*\bcopy\b.*\b2(26|50)\b.*\b12345\b")
    control.passive_port()
    control.ask("RETR nowhere", 550, 450)
    ftp.expect_log(r"FAILURE.*\bRETR\b.*\bnowhere\b.*\b(550|450)\b")
