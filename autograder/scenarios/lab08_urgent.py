"""Lab 8, what may be said in the middle of a transfer: ABOR, STAT, QUIT, and everything else."""

from __future__ import annotations

import re
import time

from autograder.scenario import MUST, SHOULD, Weather, scenario
from autograder.scenarios.lab08_server import DONE, GREETED, NC, STARTED, binary, open_data, served
from autograder.workspace import KiB, MiB

RFC = "RFC 959 4.1.3"
WATCH = "while it waits for the data connection the server does not look at the control connection: poll(2) both"
IN_TRANSFER = NC + "PASV, RETR big with nothing reading the data connection; then "
ABORTED = ("abor_ends_a_download",)
SYNCH = (b"\xff\xf4", b"\xff\xf2", b"ABOR\r\n")


def stuck_download(ftp, tree):
    """A download that cannot go on, for nobody reads it: its control and data connections."""
    tree.write("big", 24 * MiB)
    control = binary(ftp)
    data = open_data(control)
    control.ask("RETR big", *STARTED)
    data.read(64 * KiB)
    return control, data


@scenario(
    points=2, clause=RFC, level=MUST, covers=(62,), after=GREETED, by_hand=NC + "log in, ABOR",
    causes=("ABOR has no row, or a row without a handler",
            "the reply is 426, though there is nothing that could be aborted"),
)
def abor_with_nothing_to_abort(ftp, tree):
    """ABOR without a transfer: 225 or 226, twice as well, and behind a transfer that is complete."""
    content = tree.write("file", b"content")
    control = binary(ftp)
    control.ask("ABOR", 225, 226)
    control.ask("ABOR", 225, 226)
    control.in_step()
    with control.passive() as data:
        control.ask("RETR file", *STARTED)
        data.expect(content, "file")
        control.expect(*DONE)
    control.ask("ABOR", 225, 226)
    control.retrieve("file")


@scenario(
    points=3, clause=RFC, level=MUST, covers=(62, 63), after=GREETED, weather=(Weather.PLAIN, Weather.SPLIT),
    by_hand=IN_TRANSFER + "ABOR", causes=(
        WATCH, "one reply instead of two: 426 belongs to RETR, 226 to ABOR", "226 is sent before 426",
        "ABOR ends the session as QUIT does"),
)
def abor_ends_a_download(ftp, tree):
    """ABOR in the middle of a RETR: 426 for the transfer, 226 for ABOR, the data connection closed; all goes on."""
    control, data = stuck_download(ftp, tree)
    control.send("ABOR")
    control.expect(426, 451)
    control.expect(225, 226)
    data.expect_gone()
    control.in_step()
    control.ask("CWD /", 250)
    served(ftp, tree)


@scenario(
    points=3, clause=RFC, level=MUST, covers=(62, 63), after=ABORTED,
    by_hand=NC + "PASV, STOR old with the data connection open; then ABOR; the old file is whole",
    causes=("the end of the upload is taken for the end of the file, and half a file replaces the old one", WATCH),
)
def abor_ends_an_upload(ftp, tree):
    """ABOR in the middle of a STOR: 426 and 226; the old file stays, nothing new appears."""
    tree.write("old", b"old content")
    control = binary(ftp)
    for name in ("old", "new"):
        with control.passive() as data:
            control.ask(f"STOR {name}", *STARTED)
            data.send(b"half of what")
            control.send("ABOR")
            control.expect(426, 451)
            control.expect(225, 226)
            data.expect_gone()
        control.in_step()
    tree.expect("old", b"old content")
    tree.expect_names("old")


@scenario(
    points=2, clause=RFC + ", 5.4 (425)", level=MUST, covers=(59, 62), after=ABORTED,
    by_hand=NC + "PASV, RETR file, and instead of connecting: ABOR",
    causes=("while the server waits in accept() it does not see the control connection: wait through the door of the "
            "transfer, with the listener's descriptor", "the wait goes on until its timeout"),
)
def abor_ends_the_wait_for_data(ftp, tree):
    """ABOR while the server waits for a data connection that nobody makes: 425 or 426, then 226, at once."""
    tree.write("file", b"content")
    control = binary(ftp)
    for line in ("RETR file", "STOR new", "LIST"):
        control.passive_port()
        control.ask(line, *STARTED)
        control.send("ABOR")
        control.expect(425, 426, 451)
        control.expect(225, 226)
        control.in_step()
    tree.expect_names("file")
    control.retrieve("file")


@scenario(
    points=2, clause=RFC + ", RFC 854 (Synch)", level=SHOULD, covers=(63,), after=ABORTED,
    by_hand="curl or lftp in a terminal: Ctrl-C in a download, and then another command",
    causes=("urgent data are not kept in line (SO_OOBINLINE): half of IAC DM is left, and swallows the A of ABOR",
            "IAC IP and IAC DM are taken for part of the command"),
)
def abor_comes_with_a_telnet_synch(ftp, tree):
    """IAC IP, IAC DM with urgent data, then ABOR, as RFC 959 asks of a client: the same as ABOR alone."""
    control, data = stuck_download(ftp, tree)
    control.send_raw(SYNCH[0])
    control.wire.send_urgent(SYNCH[1])
    control.send_raw(SYNCH[2])
    control.expect(426, 451)
    control.expect(225, 226)
    data.expect_gone()
    control.wire.send_urgent(SYNCH[0] + SYNCH[1])
    control.ask("ABOR", 225, 226)
    control.in_step()


@scenario(
    points=2, clause=RFC, level=MUST, covers=(25, 62), after=ABORTED,
    by_hand="PASV, connect, and then printf 'RETR big\\r\\nABOR\\r\\n' in one piece",
    causes=("the bytes behind RETR were read together with it: they lie in the line reader, where poll(2) does not see "
            "them. Take what is buffered before waiting",),
)
def abor_arrives_together_with_the_command(ftp, tree):
    """RETR and ABOR in one segment: the transfer ends at once, one way or another, and the session is in step."""
    tree.write("big", 24 * MiB)
    control = binary(ftp)
    with control.passive(receive_buffer=32 * KiB) as data:
        control.send_raw(b"RETR big\r\nABOR\r\n")
        if control.expect(150, 125, 425, 426).code < 200:
            control.expect(425, 426, 451)
        control.expect(225, 226)
        data.expect_gone()
    control.in_step()


@scenario(
    points=1, clause="RFC 959 4.2", level=MUST, covers=(25, 62), after=ABORTED, by_hand=IN_TRANSFER + "NOOP, ABOR, PWD",
    causes=("what came before ABOR is thrown away, or is never answered",
            "ABOR is seen only when it is the first of what has come"),
)
def abor_behind_other_commands(ftp, tree, check):
    """NOOP, ABOR and PWD in mid-transfer: 426 first, then one reply for each."""
    control, data = stuck_download(ftp, tree)
    control.send_raw(b"NOOP\r\nABOR\r\nPWD\r\n")
    control.expect(426, 451)
    codes = [control.expect("2yz").code for _ in range(3)]
    check(sorted(226 if code == 225 else code for code in codes) == [200, 226, 257],
          expected="200 for NOOP, 225 or 226 for ABOR, 257 for PWD", observed=" ".join(map(str, codes)))
    control.in_step()
    data.close()


@scenario(
    points=1, clause="course: ABOR leaves nothing behind", level=MUST, covers=(58, 62), after=ABORTED, seconds=20,
    by_hand="ls /proc/$(pgrep -n ftp_server)/fd   # before and after some ABORs",
    causes=("the exception that ends the transfer passes a descriptor that no object owns",
            "a slot, or the waiter's mark that a transfer runs, is kept behind an abort"),
)
def many_aborts_leave_nothing_behind(ftp, tree):
    """Ten downloads aborted in one session: no descriptor is left, STAT says that nothing runs, and RETR works."""
    content = tree.write("file", b"content")
    control, data = stuck_download(ftp, tree)
    before = None
    for _ in range(10):
        control.send("ABOR")
        control.expect(426, 451)
        control.expect(225, 226)
        data.expect_gone()
        data.close()
        before = before or ftp.usage()
        data = open_data(control)
        control.ask("RETR big", *STARTED)
    control.send("ABOR")
    control.expect(426, 451)
    control.expect(225, 226)
    data.close()
    control.ask("STAT", 211)
    ftp.expect_usage(before)
    with control.passive() as data:
        control.ask("RETR file", *STARTED)
        data.expect(content, "file")
        control.expect(*DONE)


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
            getattr(control, ending)()
            data.expect_gone()
    until = time.monotonic() + 3
    while len(tree.names()) > 1 and time.monotonic() < until:
        time.sleep(0.02)  # the temporary goes a moment after the data connection
    tree.expect("old", b"old content")
    tree.expect_names("old")
