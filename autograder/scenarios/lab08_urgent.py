"""Lab 8, what else may be said in the middle of a transfer: STAT, QUIT, and everything else."""

from __future__ import annotations

import re

from autograder.scenario import MUST, scenario
from autograder.scenarios.lab08_abort import ABORTED
from autograder.scenarios.lab08_server import GREETED
from autograder.scenarios.server_talk import DONE, IN_TRANSFER, NC, STARTED, WATCH, binary, stuck_download
from autograder.workspace import KiB, MiB

RFC = "RFC 959 4.1.3"


@scenario(
    points=3, clause=RFC, level=MUST, covers=(63, 64), after=ABORTED, by_hand=IN_TRANSFER + "STAT, several times",
    causes=(WATCH, "STAT is kept until the transfer is over: its row has to be urgent",
            "the count of bytes begins anew with every STAT: it was taken out of the session, and not put back"),
)
def stat_shows_a_transfer(ftp, tree, check):
    """STAT in mid-transfer: 211 or 213 at once with how many bytes have been moved; the number grows to the end."""
    size = 24 * MiB
    control, data = stuck_download(ftp, tree)
    shown = []
    for _ in range(3):
        reply = control.ask("STAT", 211, 213)
        shown.append(max((int(number) for number in re.findall(r"\d+", " ".join(reply.lines)[4:])), default=0))
        data.discard(6 * MiB)
    check(0 < shown[0] <= size, expected="the number of bytes so far in the text of STAT", observed=str(shown[0]))
    check(shown == sorted(shown) and shown[2] > shown[0], expected="a number that grows",
          observed=", ".join(map(str, shown)))
    rest = data.discard_to_eof()
    control.expect(*DONE)
    check.equal(64 * KiB + 18 * MiB + rest, size, "bytes received in all")
    control.ask("STAT", 211)
    control.in_step()


@scenario(
    points=2, clause=RFC, level=MUST, covers=(64,), after=("stat_shows_a_transfer",),
    by_hand=NC + "PASV, STOR new, some bytes, STAT, some more bytes, and the end",
    causes=("the wait for data ends when a command has come, and that is taken for the end of the data",
            "what STAT answers goes over the data connection"),
)
def stat_does_not_disturb_an_upload(ftp, tree, rng):
    """STATs between the pieces of an upload, also before the data connection stands: every byte arrives."""
    content = rng.bytes(200 * KiB)
    control = binary(ftp)
    host, port = control.passive_port()
    control.ask("STOR new", *STARTED)
    control.ask("STAT", 211, 213)
    with control.connect_data(host, port) as data:
        for start in range(0, len(content), 40 * KiB):
            data.send(content[start : start + 40 * KiB])
            control.ask("STAT", 211, 213)
    control.expect(*DONE)
    tree.expect("new", content)
    control.in_step()


@scenario(
    points=3, clause="RFC 959 4.1.1 (QUIT)", level=MUST, covers=(25, 63), after=GREETED,
    by_hand=IN_TRANSFER + "QUIT, and only then read the data connection",
    causes=("QUIT ends the session at once, and the transfer with it",
            "221 comes before 226: the transfer's reply goes first",
            "the client's end of the control connection is taken for a break, though QUIT said that it would come"),
)
def quit_lets_the_transfer_end_first(ftp, tree, check):
    """QUIT in mid-transfer, and the client ends its direction: all the bytes, 226, 221 and the end."""
    control, data = stuck_download(ftp, tree)
    control.send("QUIT")
    control.wire.half_close()
    control.wire.expect_silence(0.1)
    check.equal(64 * KiB + data.discard_to_eof(), 24 * MiB, "bytes received")
    control.expect(*DONE)
    control.expect(221)
    control.expect_closed()


@scenario(
    points=3, clause="RFC 959 4.2", level=MUST, covers=(25,), after=GREETED,
    by_hand=IN_TRANSFER + "NOOP, PWD, DELE other; they are answered when the data have been read",
    causes=("commands that come in a transfer are answered at once, or forgotten",
            "they are kept, and answered in another order", "they are carried out before the transfer is over"),
)
def other_commands_wait_their_turn(ftp, tree, check):
    """NOOP, PWD, DELE and an unknown verb in mid-transfer: no reply until 226; then one for each, in order."""
    tree.write("other", b"content")
    control, data = stuck_download(ftp, tree)
    control.send_raw(b"NOOP\r\nPWD\r\nDELE other\r\nXYZZY\r\nSYST\r\n")
    control.wire.expect_silence(0.2)
    check(tree.exists("other"), expected="DELE to wait until the transfer is over", observed="the file is gone already")
    data.discard_to_eof()
    control.expect(*DONE)
    for code in (200, 257, 250, 500, 215):
        control.expect(code)
    control.in_step()
    tree.expect_absent("other")


@scenario(
    points=1, clause="RFC 959 4.2", level=MUST, covers=(25,), after=("other_commands_wait_their_turn",),
    by_hand=IN_TRANSFER + "REIN, NOOP, PWD",
    causes=("what waits is kept in a part of the session, and REIN drops all parts: 220, and silence",),
)
def rein_keeps_what_was_said_behind_it(ftp, tree):
    """REIN, NOOP and PWD in mid-transfer: the transfer ends first; then 220, 200, and 530 for PWD."""
    control, data = stuck_download(ftp, tree)
    control.send_raw(b"REIN\r\nNOOP\r\nPWD\r\n")
    data.discard_to_eof()
    for codes in (DONE, (220,), (200,), (530,)):
        control.expect(*codes)
    control.login()
    control.in_step()


@scenario(
    points=1, clause="course: pipelining", level=MUST, covers=(25, 177), after=("other_commands_wait_their_turn",),
    by_hand="yes NOOP | head -2000 | nc -C 127.0.0.1 {port}   # in the middle of a transfer",
    causes=("what is over the limit of the queue is thrown away: leave it in the socket, and read on afterwards",),
)
def two_thousand_commands_in_a_transfer(ftp, tree):
    """Two thousand NOOPs and QUIT in mid-transfer: the transfer ends, and every one of them is answered."""
    control, data = stuck_download(ftp, tree)
    control.send_raw(b"NOOP\r\n" * 2000 + b"QUIT\r\n")
    data.discard_to_eof()
    control.expect(*DONE)
    for _ in range(2000):
        control.expect(200)
    control.expect(221)
    control.expect_closed()


@scenario(
    points=2, clause="RFC 959 3.2", level=MUST, covers=(65,), after=GREETED,
    by_hand=NC + "PASV, STOR old, some bytes, and kill nc on the control connection",
    causes=("nobody watches the control connection: the upload goes on without a client",
            "the end of the data behind it is taken for the end of the file"),
)
def losing_the_control_connection_ends_a_transfer(ftp, tree):
    """The client's control connection ends in mid-transfer without QUIT: the upload is void, the old file stays."""
    tree.write("old", b"old content")
    for ending in ("close", "reset"):
        control = binary(ftp)
        with control.passive() as data:
            control.ask("STOR old", *STARTED)
            data.send(b"half of what")
            data.settle()
            getattr(control, ending)()
            data.expect_gone()
    tree.expect_names("old", seconds=3)  # the temporary goes a moment after the data connection
    tree.expect("old", b"old content")
