"""Lab 4, SITE: what RFC 959 has no verb for."""

from __future__ import annotations

from autograder.scenario import COURSE, SHOULD, scenario
from autograder.scenarios.lab04_files import typed
from autograder.wire.control import Control
from autograder.wire.transcript import Unsupported

SITE = "RFC 1123 4.1.2.8"


def offering(control: Control, line: str) -> Control:
    """The session, if its server offers this SITE command; no RFC asks for any. Raises Unsupported if not."""
    if control.ask(line, 200, 250, 213, 500, 502, 504).code in (500, 502, 504):
        raise Unsupported(f"{line} is not implemented")
    return control


@scenario(
    points=1, clause=SITE, level=SHOULD, carries=True, covers=(22, 111, 112, 174), after=("pwd_begins_at_the_root",),
    by_hand=typed("SITE", "SITE XYZZY", "SITE HELP"),
    causes=("SITE without anything behind it is left without a reply",),
)
def site_says_what_it_has(ftp):
    """SITE alone or with an unknown word is 500, 501 or 504; SITE HELP tells what there is."""
    control = ftp.login()
    for line in ("SITE", "SITE ", "SITE XYZZY", "SITE EXEC touch x", "SITE  HELP"):
        control.ask(line, 500, 501, 502, 504)
    control.ask("SITE HELP", 214, 211, 200)
    control.ask("site help", 214, 211, 200)
    control.in_step()


@scenario(
    points=3, clause="SITE CHMOD, as deployed; RFC 1123 4.1.2.8", level=COURSE, carries=True, covers=(174, 198),
    after=("site_says_what_it_has",), by_hand=typed("SITE CHMOD 640 file", "SITE CHMOD 4755 file"),
    causes=("the mode is read as a decimal number: it is octal", "the name behind the mode may hold blanks",
            "mode bits above 0777 are handed on: setuid, setgid and sticky are nobody's to give away"),
)
def site_chmod_sets_permission_bits_only(ftp, tree, check):
    """SITE CHMOD 640 file sets the nine permission bits; setuid, setgid and sticky are kept out; nonsense is 501."""
    tree.write("file", b"", mode=0o600)
    tree.write("a b", b"", mode=0o600)
    control = offering(ftp.login(), "SITE CHMOD 400 file")
    for mode, name in ((0o640, "file"), (0o755, "/file"), (0o444, "a b"), (0, "a b"), (0o604, "a b")):
        control.ask(f"SITE CHMOD {mode:03o} {name}", 200)
        check.equal(tree.mode(name.lstrip("/")), mode, f"the mode of {name}")
    for mode in (0o4755, 0o2755, 0o1755):
        control.ask(f"SITE CHMOD {mode:o} file", 200, "5yz")
        check.equal(tree.mode("file") & 0o7000, 0, f"what the file has of setuid, setgid and sticky after {mode:o}")
    for argument in ("", " 644", " 644 ", " rwx file", " 888 file", " -1 file"):
        control.ask(f"SITE CHMOD{argument}", 500, 501, 504, 550)
    control.ask("SITE CHMOD 644 nowhere", 550)
    control.in_step()


@scenario(
    points=1, clause="SITE UTIME, as deployed", level=COURSE, carries=True, covers=(198,),
    after=("site_says_what_it_has",), by_hand=typed("SITE UTIME 20090213233130 file", "SITE UTIME 20090230000000 file"),
    causes=("the time is taken as local time: it is UTC", "mktime() takes a 30th of February for the 2nd of March"),
)
def site_utime_sets_times_in_utc(ftp, tree, check):
    """Both forms of SITE UTIME set the time of modification, in UTC; a time that does not exist is 501."""
    tree.write("file", b"")
    tree.write("a b", b"")
    control = offering(ftp.login(), "SITE UTIME 20010203040506 file")
    control.ask("SITE UTIME 20090213233130 file", 200, 250, 213)
    check.equal(int(tree.stat("file").st_mtime), 1_234_567_890, "the time of file, in seconds since 1970")
    control.ask("SITE UTIME a b 20010909014640 20090213233130 20200101000000 UTC", 200, 250, 213)
    check.equal(int(tree.stat("a b").st_mtime), 1_234_567_890, "the time of \"a b\", in seconds since 1970")
    for argument in ("", " file", " 20090213233130", " 20090230000000 file", " 20091301000000 file",
                     " 20090213246000 file"):
        control.ask(f"SITE UTIME{argument}", 500, 501, 504)
    check.equal(int(tree.stat("file").st_mtime), 1_234_567_890, "the time of file, in seconds since 1970")
    control.ask("SITE UTIME 20090213233130 nowhere", 550)
    control.in_step()
