"""Lab 8, limits and timeouts."""

from __future__ import annotations

import time

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.lab08_server import GREETED
from autograder.scenarios.server_talk import DONE, NC, STARTED, binary, open_data, served
from autograder.workspace import KiB, MiB

FULL = ("over_the_limit_gets_421",)
BOB = ("--user", "bob:secret")


def turned_away(ftp, **how):
    """A connection that is answered 421 and closed."""
    with ftp.dial(**how) as wire:
        wire.expect_bytes(b"421", "421 instead of a greeting")
        wire.read_until(b"\r\n")
        wire.expect_eof()


def admitted(ftp, seconds=3.0, **how):
    """A session, as soon as there is a place."""
    until = time.monotonic() + seconds
    while True:
        wire = ftp.dial(**how)
        greeting = wire.read_until(b"\r\n")
        if greeting.startswith(b"220") or time.monotonic() > until:
            return wire, greeting
        wire.close()


@scenario(
    points=3, clause="RFC 959 5.4 (421)", level=MUST, covers=(2, 47), after=GREETED,
    options=("--max-sessions", "3"), by_hand="ftp_server {port} --max-sessions 3, and four times nc",
    causes=("the client over the limit is left waiting, or its connection is closed without a word",
            "the limit is compared after the new session has been counted: one too few gets in"),
)
def over_the_limit_gets_421(ftp):
    """With --max-sessions 3 the fourth connection gets 421 and is closed; the three go on."""
    sessions = [ftp.connect() for _ in range(3)]
    for _ in range(3):
        turned_away(ftp)
    for control in sessions:
        control.login()
        control.in_step()


@scenario(
    points=2, clause="course: --max-sessions", level=MUST, covers=(2, 47), after=FULL,
    options=("--max-sessions", "2"), by_hand="ftp_server {port} --max-sessions 2; QUIT in one of two; connect again",
    causes=("the place is given back on QUIT only: let an object's destructor give it back",
            "clients that were turned away are counted as sessions that ended: the count goes below 0",
            "a session that was reset is never counted out"),
)
def a_freed_place_is_given_again(ftp, check):
    """However a session ends, by QUIT, close or reset, its place is free again, and only its place."""
    keeper = ftp.login()
    for ending in ("quit", "close", "reset"):
        wire, greeting = admitted(ftp)
        check(greeting.startswith(b"220"), expected="a free place (220)", observed=repr(greeting))
        turned_away(ftp)
        if ending == "quit":
            wire.send(b"QUIT\r\n")
            wire.expect_bytes(b"221", "the answer to QUIT")
            wire.close()
        elif ending == "close":
            wire.close()
        else:
            wire.reset()
    _, greeting = admitted(ftp)
    check(greeting.startswith(b"220"), expected="a free place (220)", observed=repr(greeting))
    turned_away(ftp)
    keeper.in_step()


@scenario(
    points=2, clause="RFC 2577 5", level=COURSE, covers=(47,), after=FULL,
    options=("--max-sessions-per-address", "2"),
    by_hand="ftp_server {port} --max-sessions-per-address 2; nc -s 127.0.0.2 127.0.0.1 {port}",
    causes=("the port is part of what is compared: each connection seems to come from another address",
            "all addresses share one count"),
)
def each_address_has_its_own_limit(ftp):
    """With --max-sessions-per-address 2 the third of one address gets 421; another address is served."""
    own = [ftp.connect() for _ in range(2)]
    turned_away(ftp)
    others = [ftp.connect(source="127.0.0.2") for _ in range(2)]
    turned_away(ftp, source="127.0.0.2")
    for control in (*own, *others):
        control.login()
        control.quit()


@scenario(
    points=2, clause="RFC 959 5.4 (450)", level=COURSE, covers=(47,), after=GREETED,
    options=("--max-transfers", "1"),
    by_hand="ftp_server {port} --max-transfers 1; two downloads at once with curl --limit-rate",
    causes=("the slot is not held as long as the transfer lasts", "a transfer that failed never gives its slot back",
            "the data connection that the client has made already is left open behind the 450"),
)
def transfers_over_the_limit_get_450(ftp, tree):
    """With --max-transfers 1 a second transfer gets 450; when the first has ended, however, it can be had."""
    tree.write("big", 24 * MiB)
    tree.write("file", b"content")
    second = binary(ftp)
    for ending in ("end", "break"):
        first = binary(ftp)
        held = open_data(first)
        first.ask("RETR big", *STARTED)
        with second.passive() as data:
            second.final("RETR file", 450)
            data.expect_gone()
        second.in_step()
        if ending == "end":
            held.discard_to_eof()
            first.expect(*DONE)
        else:
            held.reset()
            first.expect("4yz")
        second.retrieve("file")
        first.quit()


@scenario(
    points=2, clause="RFC 2577 5", level=COURSE, covers=(47, 175), after=GREETED,
    options=("--login-timeout", "1", "--idle-timeout", "60"), by_hand=NC + "NOOP every now and then, and never USER",
    causes=("only silence is measured: a client that says NOOP now and then stays for ever",
            "the time begins anew with every command"),
)
def talking_is_no_login(ftp, check):
    """With --login-timeout 1 who is not logged in after a second gets 421 and the end, however much he says."""
    control = ftp.connect()
    until = time.monotonic() + 6
    while time.monotonic() < until:
        control.send("NOOP")
        if control.expect(200, 421).code == 421:
            break
        control.wire.readable(time.monotonic() + 0.1)
    check.equal(control.last.code, 421, "the reply after a second without a login")
    control.expect_closed()


@scenario(
    points=2, clause="course: --login-timeout", level=MUST, covers=(4, 47), after=("talking_is_no_login",),
    options=("--login-timeout", "1", "--idle-timeout", "60"), by_hand=NC + "log in, and wait for two seconds",
    causes=("the timer of the login goes on when somebody has logged in",
            "after REIN the old deadline holds, which has passed long ago"),
)
def who_is_logged_in_has_time(ftp):
    """The login timeout ends with the login; after REIN it begins anew, and not in the past."""
    control = ftp.login()
    control.wire.expect_silence(1.5)
    control.in_step()
    control.ask("REIN", 220)
    control.login()
    control.in_step()


@scenario(
    points=2, clause="RFC 2577 5", level=COURSE, covers=(45,), after=GREETED, options=BOB, alone=True,
    by_hand="ftp_server {port} --user bob:secret; a wrong password: the 530 comes late",
    causes=("the 530 comes at once: a thousand passwords a second can be tried",
            "the delay is made with a lock held, or in the thread that accepts: everybody waits"),
)
def a_wrong_password_delays_its_own_session(ftp, check):
    """The answer to a wrong password takes at least half a second; others log in meanwhile; a right one is quick."""
    guessers = [ftp.connect() for _ in range(4)]
    for control in guessers:
        control.ask("USER bob", 331)
        control.send("PASS guess")
    began = time.monotonic()
    ftp.login("bob", "secret").quit()
    for control in guessers:
        control.expect(530, 421)
    taken = time.monotonic() - began
    check(taken >= 0.4, expected="a wrong password to be answered after half a second or more",
          observed=f"530 after {taken:.2f} s")
    check(taken < 3.5, expected="four sessions to wait side by side", observed=f"{taken:.1f} s for all four")


@scenario(
    points=2, clause="RFC 1123 4.1.3.2", level=MUST, covers=(4,), after=GREETED,
    options=("--idle-timeout", "1"), by_hand="ftp_server {port} --idle-timeout 1; a download that takes three seconds",
    causes=("the idle timer runs during a transfer, when the client has nothing to say",
            "the time since the last command is counted, not the time since the last reply"),
)
def a_transfer_is_not_idle(ftp, tree):
    """With --idle-timeout 1 a transfer of two seconds is not cut; a second of silence afterwards is answered 421."""
    tree.write("big", 16 * MiB)
    control = binary(ftp)
    with control.passive(receive_buffer=32 * KiB) as data:
        control.ask("RETR big", *STARTED)
        for _ in range(4):
            data.discard(512 * KiB)
            control.wire.expect_silence(0.5)
        data.discard_to_eof()
        control.expect(*DONE)
    control.in_step()
    control.expect(421, seconds=4)
    control.expect_closed()


@scenario(
    points=2, clause="course: --stall-timeout", level=COURSE, covers=(66,), after=GREETED,
    options=("--stall-timeout", "1"),
    by_hand="ftp_server {port} --stall-timeout 1; RETR without reading, and NOOP twice a second",
    causes=("every command that comes in the transfer begins the stall timeout anew: one deadline for the whole wait",),
)
def commands_do_not_keep_a_stalled_transfer_alive(ftp, tree, check):
    """A transfer that stands still ends with 426 after --stall-timeout, though NOOPs keep coming."""
    tree.write("big", 24 * MiB)
    control = binary(ftp)
    open_data(control)
    control.ask("RETR big", *STARTED)
    sent = 0
    while sent < 20 and not control.wire.readable(time.monotonic() + 0.3):
        control.send("NOOP")
        sent += 1
    check(sent < 20, expected="426 after a second or somewhat more", observed="nothing as long as NOOPs came")
    control.expect(426, 451)
    for _ in range(sent):
        control.expect(200)
    control.in_step()
