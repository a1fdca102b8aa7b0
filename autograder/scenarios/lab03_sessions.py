"""Lab 3, the session as a state machine: what may follow what, and what a client that goes leaves behind."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.lab03_login import BOB, KNOWN, NC, TWO, logged_in

KEPT = "what USER named is kept where all sessions see it (a global, a static): it belongs into a part of the session"


@scenario(
    points=4, clause="RFC 959 4.1.1, 5.4", level=MUST, carries=True, covers=(36, 37), options=BOB, after=KNOWN,
    by_hand=NC + "PASS secret: 503; USER bob, PASS wrong, PASS secret: 503",
    causes=("PASS is accepted whenever it comes: its row needs follows = \"USER\"",
            "the name that USER gave is still there after a failed PASS: a failed step ends the sequence"),
)
def pass_is_only_for_a_user(ftp):
    """PASS without USER gets 503; so does PASS after a PASS that was refused, and nobody is logged in."""
    control = ftp.connect()
    control.ask("PASS secret", 503)
    logged_in(control, False)
    control.ask("USER bob", 331)
    control.ask("PASS wrong", 530)
    control.ask("PASS secret", 503)
    logged_in(control, False)
    control.login("bob", "secret")
    logged_in(control)


@scenario(
    points=3, clause="RFC 959 4.1.1 (\"immediately preceded\")", level=COURSE, carries=True, covers=(36, 37),
    options=BOB, after=("pass_is_only_for_a_user",), by_hand=NC + "USER bob, NOOP, PASS secret: 503",
    causes=("only the name is remembered, not that USER was the last command: any command between ends the sequence",
            "an unknown or refused line between does not count: it does"),
)
def pass_follows_user_at_once(ftp):
    """Any line between USER and PASS, also one that is refused, ends the sequence: PASS gets 503."""
    for between in ("NOOP", "XYZZY", "", "TYPE", "SYST"):
        control = ftp.connect()
        control.ask("USER bob", 331)
        control.ask(between, "2yz", "5yz")
        control.ask("PASS secret", 503)
        logged_in(control, False)
        control.quit()


@scenario(
    points=4, clause="RFC 959 4.1.1", level=MUST, carries=True, covers=(39,), options=TWO, after=KNOWN,
    by_hand=NC + "log in as bob, then: USER eve, TYPE I: 530",
    causes=("USER keeps the old login until the new password is right: the old identity goes at once",
            "the second login is refused, but the first is gone: half a state"),
)
def user_begins_a_new_login(ftp):
    """USER in a session: the old user is out at once and a new login begins; a wrong password changes nothing."""
    control = ftp.login("bob", "secret")
    if control.ask("USER eve", 331, 530, 503).code != 331:
        logged_in(control)  # refused: then nothing has changed
        return
    logged_in(control, False)
    control.ask("USER eve", 331)
    control.ask("PASS wrong", 530)
    logged_in(control, False)
    control.login("eve", "looks")
    logged_in(control)


@scenario(
    points=3, clause="RFC 959 4.1.1", level=MUST, carries=True, covers=(42,), options=BOB, after=KNOWN,
    by_hand=NC + "log in, REIN, TYPE I: 530",
    causes=("REIN answers and changes nothing", "the name from USER outlives REIN"),
)
def rein_starts_the_session_anew(ftp):
    """REIN gets 220; the login is gone, the connection stays, and a new login works."""
    control = ftp.login("bob", "secret")
    control.ask("REIN", 220)
    logged_in(control, False)
    control.ask("USER bob", 331)
    control.ask("REIN", 220)
    control.ask("PASS secret", 503)
    control.login("bob", "secret")
    logged_in(control)
    control.quit()


@scenario(
    points=4, clause="RFC 959 2.2", level=MUST, carries=True, covers=(6,), options=BOB, after=KNOWN,
    by_hand="log in with one nc and end it with Ctrl-C; a second nc: TYPE I must be 530",
    causes=("whether somebody is logged in is kept in a global or static variable: it is the session's",
            KEPT),
)
def login_belongs_to_its_session(ftp):
    """A client logs in and vanishes; the next one is not logged in, and its PASS has no USER."""
    first = ftp.login("bob", "secret")
    first.reset()
    second = ftp.connect()
    logged_in(second, False)
    second.ask("USER bob", 331)
    second.reset()
    third = ftp.connect()
    third.ask("PASS secret", 503)
    logged_in(third, False)
    third.quit()
