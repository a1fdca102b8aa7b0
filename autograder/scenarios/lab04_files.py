"""Lab 4, walking through directories: PWD, CWD, CDUP."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, Weather, scenario
from autograder.wire.transcript import Unsupported

WALK = "RFC 959 4.1.1, 5.4"
HERE = "the working directory that PWD shows"
DONE = (250, 200)


def typed(*lines: str) -> str:
    """The shell command that types these lines into a session that has logged in."""
    session = ("USER anonymous", "PASS x", *lines, "QUIT")
    return "printf '" + "".join(f"{line}\\r\\n" for line in session) + "' | nc -q 1 127.0.0.1 {port}"


@scenario(
    points=3, clause="RFC 959 4.1.3, Appendix II", level=MUST, carries=True, covers=(43, 104), by_hand=typed("PWD"),
    causes=("PWD shows what getcwd() or --root says: the client's world begins at \"/\", whatever directory is served",
            "the reply is 257, a space and the path in double quotes; a comment may follow the quotes"),
)
def pwd_begins_at_the_root(ftp, tree, check):
    """After login the session stands at "/", and the reply shows nothing of the host."""
    control = ftp.login()
    reply = control.ask("PWD", 257)
    check.equal(control.held_by(reply, lambda said: said.path), "/", HERE)
    check(str(tree.root) not in reply.text, expected="no path of the host in the reply", observed=reply.text)


@scenario(
    points=4, clause=WALK, level=MUST, carries=True, covers=(102, 104), after=("pwd_begins_at_the_root",),
    weather=(Weather.PLAIN, Weather.SPLIT, Weather.SHORT_IO), by_hand=typed("CWD d", "CWD e", "PWD", "CWD /d", "PWD"),
    causes=("a name that begins with / is taken as relative: it counts from the root, wherever the session stands",
            "the new name replaces the working directory instead of being resolved against it",
            "\".\", \"..\" and empty components (\"d//e/\") are not taken out of the path"),
)
def cwd_takes_relative_and_absolute_names(ftp, tree, check):
    """CWD goes by names from here and from the root, with . and .. and doubled slashes in them."""
    tree.mkdir("d/e")
    control = ftp.login()
    for name, place in (("d", "/d"), ("e", "/d/e"), ("/d", "/d"), ("/d/e", "/d/e"), ("..", "/d"), ("../d/e/.", "/d/e"),
                        ("/d//e/", "/d/e"), (".", "/d/e"), ("/./d/e/../../d", "/d"), ("/", "/")):
        control.ask(f"CWD {name}", *DONE)
        check.equal(control.directory(), place, f"{HERE} after CWD {name}")


@scenario(
    points=3, clause="RFC 959 4.1.1, Appendix II", level=MUST, carries=True, covers=(102,),
    after=("cwd_takes_relative_and_absolute_names",), by_hand=typed("CWD /d/e", "CDUP", "PWD"),
    causes=("CDUP is answered, but the working directory stays", "CDUP goes to the root instead of one level up"),
)
def cdup_goes_up_one_level(ftp, tree, check):
    """CDUP takes the last component away, no more."""
    tree.mkdir("d/e/f")
    control = ftp.login()
    control.ask("CWD d/e/f", *DONE)
    for place in ("/d/e", "/d", "/"):
        control.ask("CDUP", *DONE)
        check.equal(control.directory(), place, HERE)


@scenario(
    points=3, clause="RFC 959 4.1.1; CWE-22", level=COURSE, carries=True, covers=(103, 169),
    after=("cdup_goes_up_one_level",), by_hand=typed("CDUP", "CWD ..", "CWD ../..", "PWD"),
    causes=("the path is cut without asking whether anything is left to cut: at the root \"..\" is the root",
            "the root of the client's world is taken for a directory like any other"),
)
def root_is_its_own_parent(ftp, tree, check):
    """CDUP and CWD .. at the root stay there (250), or are refused (550)."""
    control = ftp.login()
    for line in ("CDUP", "CWD ..", "CWD ../..", "CWD /..", "CDUP"):
        control.ask(line, *DONE, 550)
        check.equal(control.directory(), "/", f"{HERE} after {line}")
    control.ask("MKD here", 257)
    tree.expect_names("here")


@scenario(
    points=3, clause=WALK, level=MUST, carries=True, covers=(102,), after=("cwd_takes_relative_and_absolute_names",),
    by_hand=typed("CWD nowhere", "CWD file", "PWD"),
    causes=("only access() or stat() is asked, which a file passes too: it has to be a directory",
            "the working directory is changed before anybody has looked whether the new one exists"),
)
def cwd_goes_only_into_directories(ftp, tree, check):
    """CWD into a file or into nothing is 550, and the session stays where it was."""
    tree.mkdir("d")
    tree.write("d/file", b"text")
    control = ftp.login()
    control.ask("CWD d", *DONE)
    for name in ("nowhere", "file", "/d/file", "file/", "file/x", "nowhere/x", "/nowhere", "d"):
        control.ask(f"CWD {name}", 550)
        check.equal(control.directory(), "/d", f"{HERE} after CWD {name}")


@scenario(
    points=3, clause="RFC 959 5.1", level=MUST, carries=True, covers=(43,),
    after=("cwd_takes_relative_and_absolute_names",), by_hand=typed("CWD d", "PWD") + "; " + typed("PWD"),
    causes=("chdir() moves the whole server, for every session: keep the path in the session and chdir nowhere",
            "the working directory is a global or static variable"),
)
def working_directory_belongs_to_the_session(ftp, tree, check):
    """The next session begins at the root, wherever the one before it ended."""
    tree.mkdir("d/e")
    first = ftp.login()
    first.ask("CWD d/e", *DONE)
    first.quit()
    second = ftp.login()
    check.equal(second.directory(), "/", HERE)
    second.ask("MKD mine", 257)
    tree.expect_names("d", "mine")
    second.reset()
    third = ftp.login()
    third.ask("CWD d", *DONE)
    check.equal(third.directory(), "/d", HERE)


@scenario(
    points=2, clause="RFC 959 4.1.1", level=MUST, carries=True, covers=(42,),
    after=("working_directory_belongs_to_the_session",),
    by_hand=typed("CWD d", "REIN", "USER anonymous", "PASS x", "PWD"),
    causes=("REIN leaves the session's parts as they were",),
)
def rein_goes_back_to_the_root(ftp, tree, check):
    """After REIN and a new login the session stands at the root again, and a pending RNFR is forgotten."""
    tree.mkdir("d")
    control = ftp.login()
    control.ask("CWD d", *DONE)
    control.ask("RNFR /d", 350)
    if control.ask("REIN", 220, 502).code == 502:
        raise Unsupported("REIN is not implemented (502)")
    control.login()
    check.equal(control.directory(), "/", HERE)
    control.ask("RNTO e", 503)


@scenario(
    points=2, clause="RFC 959 5.4", level=MUST, carries=True, covers=(22, 102),
    after=("cwd_goes_only_into_directories",), by_hand=typed("CWD d", "CWD .", "MKD x", "CDUP", "PWD"),
    causes=("an error that nobody expected ends the session, or a command is left without a reply",
            "what goes wrong is answered 4yz though it cannot get better by itself"),
)
def session_outlives_its_working_directory(ftp, tree, check):
    """Somebody else removes the working directory: commands there are 550, and CWD / leads out."""
    tree.mkdir("d/e")
    control = ftp.login()
    control.ask("CWD d/e", *DONE)
    tree.remove("d")
    for line in ("MKD x", "CWD .", "CWD x", "RNFR x", "DELE x"):
        control.ask(line, 550, 553)
    control.ask("PWD", 257, 550)
    control.ask("CWD /", *DONE)
    check.equal(control.directory(), "/", HERE)
    control.in_step()
