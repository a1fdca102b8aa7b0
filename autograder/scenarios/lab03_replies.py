"""Lab 3, commands and their replies: every line gets exactly one, with the code that RFC 959 5.4 has for it."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.lab03_login import BOB, GREETED, KNOWN, NC
from autograder.wire.control import Control

TWICE = "an error reply is sent, and the command goes on to its ordinary reply: every path returns one Reply"


def all_get(control: Control, lines: tuple[str, ...], *codes: int) -> None:
    """Each line gets one of these replies, and none is left over."""
    for line in lines:
        control.ask(line, *codes)
    control.in_step()


@scenario(
    points=2, clause="RFC 959 5.4", level=MUST, carries=True, covers=(41, 109, 111), after=GREETED,
    by_hand=NC + "NOOP, SYST, HELP",
    causes=("every command is refused before the login: the policy stands in each command's row",
            "SYST begins with the system's registered name: 215 UNIX Type: L8"),
)
def some_commands_need_no_login(ftp, check):
    """NOOP 200, SYST 215 and HELP 214 before anybody has logged in."""
    control = ftp.connect()
    control.ask("NOOP", 200)
    system = control.ask("SYST", 215)
    check(system.text.split()[:1] == ["UNIX"], expected="215 UNIX Type: L8", observed=f"215 {system.text}")
    control.ask("HELP", 211, 214)
    control.in_step()


@scenario(
    points=4, clause="RFC 959 5.4", level=MUST, carries=True, covers=(40,), after=KNOWN,
    by_hand=NC + "TYPE I: 530",
    causes=("nobody asks session.user() before the handler is called: policy.login in dispatch()",
            "the rows have .login = false"),
)
def commands_are_refused_before_login(ftp):
    """TYPE, MODE, STRU get 530 before the login, whatever their argument, and 200 after it."""
    control = ftp.connect()
    all_get(control, ("TYPE I", "MODE S", "STRU F", "TYPE", "TYPE X"), 530)
    control.login()
    all_get(control, ("TYPE I", "MODE S", "STRU F"), 200)


@scenario(
    points=2, clause="RFC 959 5.4", level=MUST, carries=True, covers=(40,), after=GREETED,
    by_hand=NC + "PASV: 502 in this lab, 530 once there is a PASV, never 227",
    causes=("a row of a later lab forgets that the login comes first", "a known verb without a handler is called"),
)
def file_commands_are_refused_before_login(ftp, tree, check):
    """Before the login no file command does anything, and PASV opens no port."""
    tree.write("kept.txt", b"kept")
    control = ftp.connect()
    ports = ftp.process.listening_ports()
    lines = ("PWD", "CWD /", "CDUP", "MKD new", "RMD /", "DELE kept.txt", "RNFR kept.txt", "RNTO lost.txt", "LIST",
             "NLST", "RETR kept.txt", "STOR new.txt", "APPE kept.txt", "STOU", "PASV", "EPSV", "PORT 127,0,0,1,200,1",
             "SIZE kept.txt", "MDTM kept.txt", "MLSD", "SITE CHMOD 000 kept.txt", "STAT kept.txt", "XPWD", "XMKD new")
    all_get(control, lines, 530, 502, 500)
    check(ftp.process.listening_ports() == ports, expected="no port is opened before the login",
          observed=f"it listens on {sorted(ftp.process.listening_ports() - ports)} too")
    tree.expect_names("kept.txt")


@scenario(
    points=3, clause="RFC 959 4.2, 5.4", level=MUST, carries=True, covers=(22, 23, 26), after=KNOWN,
    by_hand=NC + "XYZZY: 500; SMNT x: 502",
    causes=("a line that nobody understands gets no reply: the client waits for one",
            "known and unknown verbs are not told apart: a row with nullptr for a handler is 502"),
)
def unknown_and_unimplemented_differ(ftp):
    """A verb nobody knows gets 500, before and after the login; SMNT, which RFC 959 has and nobody offers, 502."""
    control = ftp.connect()
    all_get(control, ("XYZZY", "XYZZY plugh", "GET file", "LS", "HELO", "Ünknown"), 500)
    control.login()
    all_get(control, ("XYZZY", "PUT file", "A", "ABCDEFGHIJKLMNOP x"), 500)
    all_get(control, ("SMNT x", "smnt /"), 502, 202)


@scenario(
    points=2, clause="RFC 959 5.3", level=MUST, carries=True, covers=(9,), after=KNOWN,
    by_hand=NC + "uSeR anonymous, pAsS x, type i",
    causes=("the verb is looked up as it came: parse_command() gives it in upper case",
            "letters in arguments count too: `type i` is TYPE I"),
)
def case_of_letters_does_not_matter(ftp):
    """uSeR, pAsS and `type i` are USER, PASS and TYPE I."""
    control = ftp.connect()
    if control.ask("uSeR anonymous", 331, 230).code == 331:
        control.ask("pAsS x", 230)
    all_get(control, ("type i", "Type a n", "tYPE l 8", "mode s", "stru f"), 200)
    control.ask("quIT", 221)
    control.expect_closed()


@scenario(
    points=2, clause="RFC 959 5.3", level=MUST, carries=True, covers=(23,), after=KNOWN,
    by_hand=NC + "USERanonymous, TYPEI, SYS: 500",
    causes=("only the first letters of the verb are compared (strncmp)",
            "the first four bytes are taken for the verb: it ends at a space or with the line"),
)
def verb_is_compared_as_a_whole(ftp):
    """A verb with letters too many or too few is unknown: 500."""
    control = ftp.connect()
    all_get(control, ("USERanonymous", "USERS x", "USE x", "SYSTEM", "SYS", "HELPUSER", "NOOPNOOP"), 500)
    control.login()
    all_get(control, ("TYPEI", "TYP I", "TYPES I", "MODES"), 500)


@scenario(
    points=3, clause="RFC 959 5.4", level=MUST, carries=True, covers=(22, 36, 93), after=KNOWN,
    by_hand=NC + "USER: 501; TYPE: 501",
    causes=("the argument is used without looking whether there is one",
            "the argument of the command before is still there",
            "takes::text has to refuse an argument that is missing or empty"),
)
def missing_argument_gets_501(ftp):
    """USER, TYPE, MODE, STRU and ALLO without an argument get 501; no verb alone ends the session or the server."""
    control = ftp.connect()
    control.ask("USER anonymous", 331, 230)
    all_get(control, ("USER", "USER "), 501)
    control.login()
    control.ask("TYPE I", 200)
    all_get(control, ("TYPE", "TYPE ", "MODE", "STRU", "ALLO"), 501)
    for verb in ("ACCT", "RETR", "STOR", "APPE", "DELE", "MKD", "RMD", "RNFR", "RNTO", "PORT", "REST", "SITE", "SMNT",
                 "OPTS", "AUTH", "PROT", "SIZE", "PASS"):
        control.ask(verb, "5yz")
    control.in_step()


@scenario(
    points=2, clause="course: an argument where none belongs is 501", level=COURSE, carries=True, covers=(24,),
    after=KNOWN, by_hand=NC + "SYST x: 501, and one reply only", causes=(TWICE, "takes::nothing has to refuse"),
)
def unwanted_argument_gets_501(ftp):
    """NOOP, SYST, REIN and QUIT with an argument get 501, once, and do nothing."""
    control = ftp.login()
    all_get(control, ("SYST x", "NOOP x", "REIN x", "QUIT x", "quit now"), 501)
    control.ask("TYPE I", 200)
    control.quit()


@scenario(
    points=3, clause="RFC 959 4.1.2, 5.4; RFC 1123 4.1.2.13", level=MUST, carries=True, covers=(67, 68, 69, 70),
    after=KNOWN, by_hand=NC + "log in, then TYPE A N, TYPE L 8, TYPE L 36, TYPE X",
    causes=("TYPE takes one letter only: it may have a second word (A N, L 8)",
            "a byte size other than 8 is accepted: that needs a host with such bytes",
            "a type that RFC 959 has and you have not is 504; what is no type is 501"),
)
def type_sets_what_there_is(ftp):
    """A, A N, I and L 8 are 200; L 36 is 504; E, A T and A C may be 504; what is no type gets 501."""
    control = ftp.login()
    all_get(control, ("TYPE A", "TYPE A N", "TYPE I", "TYPE L 8", "type a", "TYPE A N"), 200)
    all_get(control, ("TYPE L 36", "TYPE L 7"), 504)
    all_get(control, ("TYPE A T", "TYPE A C", "TYPE E", "TYPE E N"), 200, 504)
    all_get(control, ("TYPE L", "TYPE L x", "TYPE L 8 8", "TYPE II", "TYPE A N N"), 501)
    all_get(control, ("TYPE X", "TYPE A X", "TYPE 8"), 501, 504)


@scenario(
    points=2, clause="RFC 959 4.1.2, 5.4", level=MUST, carries=True, covers=(71, 72, 73, 89), after=KNOWN,
    by_hand=NC + "log in, then MODE S, STRU F, ALLO 1000, ALLO x",
    causes=("every letter is accepted with 200: the client then uses a mode that you do not speak",
            "the argument of ALLO is not looked at, or only its first digits (atoi)"),
)
def mode_structure_and_allocation(ftp):
    """MODE S and STRU F are 200, STRU P 504, ALLO of a number 200 or 202; what is none of these is refused."""
    control = ftp.login()
    all_get(control, ("MODE S", "STRU F"), 200)
    all_get(control, ("MODE B", "MODE C", "STRU R"), 200, 504)
    all_get(control, ("STRU P",), 504)
    all_get(control, ("MODE X", "STRU X", "MODE SS", "STRU FF"), 501, 504)
    all_get(control, ("ALLO 1000", "ALLO 0", "ALLO 123456789012345", "ALLO 1000 R 80"), 200, 202)
    all_get(control, ("ALLO x", "ALLO 10x", "ALLO -1", "ALLO 10 R x"), 501)


@scenario(
    points=3, clause="RFC 959 4.2, 5.4", level=MUST, carries=True, covers=(28, 29, 111), after=KNOWN,
    by_hand=NC + "HELP, HELP USER, HELP XYZZY",
    causes=("a line inside the reply begins with three digits: a client takes it for the last one",
            "the last line has no `214 `: the client waits for it", "HELP of a verb gives the whole list, or nothing"),
)
def help_is_one_reply(ftp):
    """HELP is one well-formed reply, of however many lines; HELP USER tells about USER; HELP of nothing known 501."""
    control = ftp.connect()
    all_get(control, ("HELP", "HELP USER", "help user", "HELP QUIT"), 211, 214)
    all_get(control, ("HELP XYZZY",), 501, 502, 504)


@scenario(
    points=3, clause="RFC 959 4.1.3, 4.2", level=MUST, carries=True, covers=(28, 29, 110), after=KNOWN,
    by_hand=NC + "log in, then STAT",
    causes=("the reply of several lines is put together by hand: give its lines to Reply, format_reply() does the rest",
            "STAT before the login tells about a user who is not there"),
)
def stat_is_one_reply(ftp):
    """STAT without an argument is one well-formed 211 for somebody who is logged in."""
    control = ftp.connect()
    control.ask("STAT", 211, 530)
    control.login()
    control.ask("TYPE I", 200)
    all_get(control, ("STAT", "stat"), 211)


@scenario(
    points=1, clause="RFC 1123 4.1.2.13", level=MUST, carries=True, covers=(38,), after=KNOWN,
    by_hand=NC + "log in, then ACCT x: 202",
    causes=("ACCT is missing: RFC 1123 asks for it, if only to say that it is superfluous",),
)
def account_is_superfluous(ftp):
    """ACCT of somebody who is logged in gets 202: no account is needed."""
    control = ftp.login()
    all_get(control, ("ACCT x", "acct y"), 202, 230)


@scenario(
    points=2, clause="RFC 2640 3.1; RFC 959 5.3", level=MUST, carries=True, covers=(15,), options=BOB, after=KNOWN,
    by_hand="printf 'USER bob\\0junk\\r\\nPASS secret\\r\\n' | nc -q 1 127.0.0.1 {port}   # 501, then 503",
    causes=("the line is handled as a C string: everything behind a NUL is gone",
            "Line::Defect::nul has to be answered with 501"),
)
def nul_does_not_end_a_name(ftp):
    """A NUL in a name or a password gets 501 and is not taken for its end: nobody is logged in."""
    control = ftp.connect()
    control.ask(b"USER bob\0junk", 501, 500)
    control.ask("PASS secret", 503)
    control.ask("USER bob", 331)
    control.ask(b"PASS secret\0junk", 501, 500, 530)
    control.ask("TYPE I", 530)
    control.login("bob", "secret")
    control.in_step()
