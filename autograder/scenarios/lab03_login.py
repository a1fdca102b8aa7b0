"""Lab 3, logging in: USER and PASS are one step, a session knows its own user only, and nothing is given away."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, Weather, scenario
from autograder.wire.control import Control

BOB = ("--user", "bob:secret")
TWO = (*BOB, "--user", "eve:looks:ro")
NC = "nc -C 127.0.0.1 {port}   # "

GREETED = ("ftp_server_greets_and_says_goodbye",)
KNOWN = ("login_with_name_and_password",)

STATE = "the session takes the user for logged in at USER already, before the password came"


def logged_in(control: Control, yes: bool = True) -> None:
    """TYPE needs a login in every lab: its reply says whether somebody is logged in."""
    control.ask("TYPE I", 200 if yes else 530)


@scenario(
    points=3, clause="RFC 959 5.4", level=MUST, carries=True, covers=(1, 5, 41), by_hand=NC + "then type QUIT",
    causes=("the greeting waits for the client to speak first: 220 comes at once",
            "QUIT is answered, but the connection stays open: the reply first, then the end",
            "QUIT is refused because nobody is logged in: it needs no login"),
)
def ftp_server_greets_and_says_goodbye(ftp):
    """220 at once; QUIT gets 221 and the end of the connection, though nobody has logged in."""
    ftp.connect().quit()
    control = ftp.connect()
    control.ask("NOOP", 200)
    control.quit()


@scenario(
    points=5, clause="RFC 959 5.4", level=MUST, carries=True, covers=(36,), options=TWO, after=GREETED,
    by_hand=NC + "USER bob, PASS secret, TYPE I",
    causes=("USER keeps the name and PASS looks it up: is the part of the session the same object both times?",
            "PASS must find that USER came right before it: session.awaiting() is set by the dispatcher after a 3yz",
            STATE),
)
def login_with_name_and_password(ftp):
    """USER gets 331, PASS 230; from then on, and not before, the session is that user's."""
    for user, password in (("bob", "secret"), ("eve", "looks")):
        control = ftp.connect()
        control.ask(f"USER {user}", 331)
        control.ask(f"PASS {password}", 230)
        logged_in(control)
        control.quit()
    control = ftp.connect()
    control.ask("USER bob", 331)
    logged_in(control, False)


@scenario(
    points=3, clause="RFC 1635; course: both names", level=COURSE, carries=True, covers=(36,), after=KNOWN,
    by_hand=NC + "USER anonymous, PASS me@here",
    causes=("only one of the two names is known, or only in lower case", "the password is compared with something"),
)
def login_of_anonymous_takes_any_password(ftp):
    """anonymous and ftp, in any case, get in with whatever password, where no accounts were given."""
    for user, password in (("anonymous", "me@here"), ("ftp", "x"), ("Anonymous", "two words"), ("FTP", "")):
        control = ftp.connect()
        if control.ask(f"USER {user}", 331, 230).code == 331:
            control.ask(f"PASS {password}", 230)
        logged_in(control)
        control.quit()
    control = ftp.connect()
    control.ask("USER nobody", 331, 530)
    control.ask("PASS x", 530, 503)
    logged_in(control, False)


@scenario(
    points=2, clause="course: --anonymous off", level=COURSE, carries=True, covers=(36,), options=BOB, after=KNOWN,
    by_hand="start it with --user bob:secret, then: " + NC + "USER anonymous, PASS x: 530",
    causes=("the option is not asked: with accounts of its own, a server lets anonymous in only when told to",),
)
def login_of_anonymous_can_be_off(ftp):
    """With accounts given, and with --anonymous off, anonymous stays outside; --anonymous ro opens beside accounts."""
    for server in (ftp, ftp.start_another("--anonymous", "off")):
        for user in ("anonymous", "ftp"):
            control = server.connect()
            control.ask(f"USER {user}", 331, 530)
            control.ask("PASS x", 530, 503)
            logged_in(control, False)
            control.quit()
    ftp.start_another(*BOB, "--anonymous", "ro").login("ftp", "x").quit()


@scenario(
    points=4, clause="RFC 959 5.4", level=MUST, carries=True, covers=(36,), options=TWO, after=KNOWN,
    by_hand=NC + "USER bob, PASS secre: 530",
    causes=("the comparison ends with the shorter of the two (strncmp)", "it ends at the first byte that is equal",
            "the password of any account is taken",
            "wrong passwords are counted for the whole server: the count belongs to the session"),
)
def login_needs_the_right_password(ftp):
    """Everything but the right password, whole, of that very user gets 530, and nobody is logged in."""
    for wrong in ("secre", "secrets", "", "s", "SECRET", "secret ", " secret", "looks", "bob"):
        control = ftp.connect()
        control.ask("USER bob", 331)
        control.ask(f"PASS {wrong}", 530, 501)
        logged_in(control, False)
        control.quit()
    ftp.login("bob", "secret").quit()


@scenario(
    points=2, clause="RFC 959 5.3", level=MUST, carries=True, covers=(16,), after=KNOWN,
    options=("--user", "bob:pass word", "--user", "eve: lead and trail "),
    by_hand="start it with --user 'bob:pass word', then: " + NC + "USER bob, PASS pass word",
    causes=("the argument is cut at a blank (sscanf, >>): everything behind the one space is the argument",
            "blanks at the ends are stripped"),
)
def argument_keeps_its_blanks(ftp):
    """One space separates verb and argument; all others belong to the argument: here to the password."""
    ftp.login("bob", "pass word").quit()
    ftp.login("eve", " lead and trail ").quit()
    for user, wrong in (("bob", "pass"), ("bob", "pass  word"), ("eve", "lead and trail")):
        control = ftp.connect()
        control.ask(f"USER {user}", 331)
        control.ask(f"PASS {wrong}", 530)
        control.quit()


@scenario(
    points=2, clause="RFC 2577 7", level=COURSE, carries=True, covers=(46,), options=BOB, after=KNOWN,
    by_hand=NC + "USER bob, PASS x, USER nobody, PASS x: the same replies",
    causes=("USER looks the name up and refuses: the refusal comes at PASS, for name and password together",
            "the text of the reply tells a wrong name from a wrong password"),
)
def names_of_users_are_not_told(ftp, rng, check):
    """A name that does not exist gets the same replies as one that does, at USER and at PASS."""
    replies = []
    for user in ("bob", rng.name("")):
        control = ftp.connect()
        asked = control.ask(f"USER {user}", 331)
        refused = control.ask("PASS wrong", 530)
        replies.append([reply.text.replace(user, "NAME") for reply in (asked, refused)])
        control.quit()
    check(replies[0] == replies[1], expected="the same texts for bob as for a name that does not exist",
          observed=f"{replies[0]} for bob, {replies[1]} for the other")


@scenario(
    points=4, clause="RFC 2577 5", level=COURSE, carries=True, covers=(44,), options=BOB, after=KNOWN,
    by_hand=NC + "USER bob, PASS x, three times: the third gets 421 and the end",
    causes=("wrong passwords are not counted", "421 is sent, but the session goes on: session.end()",
            "REIN sets the count back to 0: then a guesser sends REIN after every guess"),
)
def guessing_ends_the_session(ftp):
    """The third wrong password of a session gets 421 and the end of the connection; REIN does not forgive."""
    control = ftp.connect()
    for guess in ("first", "second"):
        control.ask("USER bob", 331)
        control.ask(f"PASS {guess}", 530)
    control.ask("REIN", 220)
    control.ask("USER bob", 331)
    control.ask("PASS third", 421)
    control.expect_closed()
    control.close()
    ftp.login("bob", "secret").quit()
    patient = ftp.start_another(*BOB, "--login-attempts", "5").connect()
    for _ in range(4):
        patient.ask("USER bob", 331)
        patient.ask("PASS wrong", 530)
    patient.login("bob", "secret")


@scenario(
    points=3, clause="RFC 959 4.2; RFC 1123 4.1.2.10", level=MUST, carries=True, covers=(7, 10, 25), options=BOB,
    after=KNOWN, weather=(Weather.PLAIN, Weather.SPLIT, Weather.DRIP, Weather.COALESCED),
    by_hand="printf 'USER bob\\r\\nPASS secret\\r\\nTYPE I\\r\\nQUIT\\r\\n' | nc -q 1 127.0.0.1 {port}",
    causes=("the server reads anew for each step of the login, instead of taking one line after another",
            "bytes that came with USER are lost when the session's state changes"),
)
def login_sent_in_one_go(ftp):
    """A whole session sent before the greeting was read is answered, line by line, in order."""
    control = Control(ftp.dial())
    control.send_raw(b"USER bob\r\nPASS secret\r\nTYPE I\r\nREIN\r\nUSER bob\r\nPASS secret\r\nQUIT\r\n")
    for code in (220, 331, 230, 200, 220, 331, 230, 221):
        control.expect(code)
    control.expect_closed()
