"""Lab 8, how the server ends."""

from __future__ import annotations

import signal
import time

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.lab08_server import GREETED
from autograder.scenarios.server_talk import DONE, STARTED, binary, open_data
from autograder.wire.transcript import Divergence
from autograder.workspace import MiB

BOB = ("--user", "bob:secret")


def greeted(ftp):
    """Whether somebody who connects now is served."""
    try:
        with ftp.dial() as wire:
            return wire.readable(time.monotonic() + 0.3) and wire.read_some().startswith(b"220")
    except (Divergence, OSError):
        return False


@scenario(
    points=2, clause="course: SIGTERM", level=MUST, after=GREETED,
    by_hand="nc 127.0.0.1 {port} & kill -TERM $(pgrep -n ftp_server); echo $?",
    causes=("the sessions' threads do not see the stop: they have to wait through the same door as the acceptor",
            "threads are detached: main() ends while they run, and what they use is gone (a crash now and then)",
            "join() is called in a signal handler"),
)
def sigterm_says_goodbye_to_everybody(ftp):
    """SIGTERM with clients connected, logged in or not: each gets 421 and the end; the exit status is 0."""
    sessions = [ftp.connect(), ftp.login(), ftp.login()]
    half = ftp.connect()
    half.send_raw(b"USER ano")
    ftp.expect_exit(signal.SIGTERM, status=0)
    for control in (*sessions, half):
        control.expect(421)
        control.expect_closed()


@scenario(
    points=1, clause="course: SIGTERM", level=MUST, after=("sigterm_says_goodbye_to_everybody",), options=BOB,
    by_hand="curl --limit-rate 1k ftp://127.0.0.1:{port}/big & kill -TERM $(pgrep -n ftp_server); ls -la",
    causes=("a transfer waits in a way that the stop does not end", "an upload that was broken off leaves its "
            "temporary, or its half, behind", "the delay behind a wrong password is a sleep"),
)
def sigterm_ends_transfers_too(ftp, tree):
    """SIGTERM in the middle of transfers, of a wait for data and of a wrong password: exit 0, no half an upload."""
    tree.write("big", 24 * MiB)
    tree.write("old", b"old")
    held = []
    for line in ("RETR big", "STOR old", "STOR new"):
        control = ftp.login("bob", "secret")
        held.append((control, open_data(control)))
        control.ask(line, *STARTED)
    held[1][1].send(b"half of it")
    held[1][1].settle()
    control = ftp.login("bob", "secret")
    control.passive_port()
    control.ask("LIST", *STARTED)
    guesser = ftp.connect()
    guesser.ask("USER bob", 331)
    guesser.send("PASS wrong")
    guesser.wire.settle()
    ftp.expect_exit(signal.SIGTERM, status=0)
    tree.expect("old", b"old")
    tree.expect_names("big", "old")


@scenario(
    points=2, clause="course: SIGTERM", level=COURSE, after=("sigterm_says_goodbye_to_everybody",),
    by_hand="curl --limit-rate 20M -O ftp://127.0.0.1:{port}/big & kill -TERM $(pgrep -n ftp_server); wait; ls -l big",
    causes=("the stop ends every wait, that of a running transfer too: let the door of a transfer go on for a while",
            "threads are detached, or nobody joins them: main() ends while they run",
            "the server goes on accepting until the last transfer is over"),
)
def sigterm_lets_a_transfer_finish(ftp, tree, check):
    """SIGTERM in a download that goes on: idle sessions end at once, nobody new is served, and every byte arrives."""
    content = tree.write("big", 24 * MiB)
    idle = ftp.login()
    control = binary(ftp)
    data = open_data(control)
    control.ask("RETR big", *STARTED)
    data.expect_bytes(content[: 1 * MiB], "the first MiB")
    ftp.process.signal(signal.SIGTERM)
    idle.expect(421)
    idle.expect_closed()
    check(not greeted(ftp), expected="a server that stops to serve nobody new", observed="a greeting")
    data.expect(content[1 * MiB :], "the rest of the file")
    control.expect(*DONE)
    control.expect(421)
    control.expect_closed()
    ftp.expect_exit(signal.SIGTERM, status=0)
