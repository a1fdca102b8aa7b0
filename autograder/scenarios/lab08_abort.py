"""Lab 8, ABOR: its effect is at once, and its reply comes in its turn."""

from __future__ import annotations

from autograder.scenario import MUST, SHOULD, Weather, scenario
from autograder.scenarios.lab08_server import GREETED
from autograder.scenarios.server_talk import (
    DONE, IN_TRANSFER, NC, STARTED, WATCH, binary, open_data, served, stuck_download,
)
from autograder.workspace import KiB, MiB

ABORTED = ("abor_ends_a_download",)
RFC = "RFC 959 4.1.3"
SYNCH = (b"\xff\xf4", b"\xff\xf2", b"ABOR\r\n")


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
            data.settle()
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
