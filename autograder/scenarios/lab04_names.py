"""Lab 4, names: blanks, quotes, odd bytes; and renaming."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.lab04_files import DONE, HERE, typed

NAMES, RENAME = "RFC 2640 3.1, RFC 3659 2.2", "RFC 959 4.1.3, 5.4"
NOT_THERE = (550, 553)


@scenario(
    points=3, clause=NAMES, level=MUST, carries=True, covers=(16,), after=("mkd_makes_a_directory",),
    by_hand=typed("MKD a  b ", "CWD a  b ", "PWD"),
    causes=("the line is split at blanks (strtok, sscanf \"%s\", >>): one space ends the verb, the rest is the name",
            "blanks in front or behind are trimmed off: they belong to the name"),
)
def blanks_belong_to_the_name(ftp, tree, check):
    """One space ends the verb; all further spaces, in front, inside and behind, are the name's."""
    control = ftp.login()
    for name in ("a b", "a  b", " in front", "behind ", "  both  ", " "):
        check.equal(control.directory(f"MKD {name}"), f"/{name}", f"the path in the reply to \"MKD {name}\"")
        tree.expect_names(name)
        control.ask(f"CWD {name}", *DONE)
        check.equal(control.directory(), f"/{name}", HERE)
        control.ask("CWD /", *DONE)
        control.ask(f"RMD {name}", *DONE)
    tree.expect_names()


@scenario(
    points=2, clause=NAMES, level=MUST, carries=True, covers=(13, 20, 150), after=("mkd_makes_a_directory",),
    by_hand=typed("MKD caf\\xc3\\xa9", "MKD -rf", "MKD *"),
    causes=("bytes from 0x80 up are dropped or converted: a name is bytes, UTF-8 or not",
            "0xFF is doubled on the wire (Telnet IAC IAC) and is one byte of the name"),
)
def names_keep_every_byte(ftp, tree, check):
    """UTF-8, bytes that are none, control characters and signs with a meaning elsewhere: a name is what was sent."""
    control = ftp.login()
    names = ["\u00e9t\u00e9".encode(), b"\xe9t\xe9", b"\xff\xfe", b"tab\there", b"\x1b[31mred", b"-rf", b"*", b"?",
             b"~", b"back\\slash", b"%2e%2e", b"..."]
    for name in names:
        control.ask(b"MKD " + name.replace(b"\xff", b"\xff\xff"), 257)
        check(tree.is_directory(name), expected=f"a directory {name!r} on the disk",
              observed=f"the root holds {tree.names()}")
    for name in names:
        control.ask(b"RMD " + name.replace(b"\xff", b"\xff\xff"), *DONE)
    tree.expect_names()
    control.in_step()


@scenario(
    points=2, clause="RFC 959 4.2.2 (553)", level=MUST, carries=True, covers=(17, 107),
    after=("mkd_makes_a_directory",), by_hand=typed("MKD $(printf %0255d 1)", "MKD $(printf %0256d 1)"),
    causes=("a path is put into an array of fixed size", "a name that the system finds too long ends the session"),
)
def long_names_are_taken_or_refused(ftp, tree, check):
    """A name of 255 bytes works, one of 256 is refused; a path of thousands of bytes works level by level."""
    control = ftp.login()
    control.ask("MKD " + "n" * 256, 550, 553, 501, 500)
    tree.expect_names()
    level, path = "n" * 255, ""
    for _ in range(4):
        path += "/" + level
        check.equal(control.directory(f"MKD {level}"), path, f"the path of {len(path)} bytes in the reply to MKD")
        control.ask(f"CWD {level}", *DONE)
    check.equal(control.directory(), path, HERE)
    control.ask("CWD ..", *DONE)
    control.ask(f"RMD {level}", *DONE)
    control.in_step()


@scenario(
    points=2, clause="RFC 2640 3.1; CWE-93", level=MUST, carries=True, covers=(14, 27, 30),
    after=("quotes_in_a_path_are_doubled",),
    by_hand=typed("MKD a\\r\\0b", "CWD a\\r\\0b", "PWD") + " | od -c   # no CR but before LF",
    causes=("PWD asks the system for the path (getcwd, realpath): what it says may hold CR and LF",
            "a path is put into a reply as it is: CR and LF in it would end the line"),
)
def names_cannot_forge_a_reply(ftp, tree):
    """A directory whose name holds CR LF and a reply's digits never makes one reply into two."""
    control = ftp.login()
    control.ask(b"MKD one\r\x00two", 257)
    tree.expect_names("one\rtwo")
    control.ask(b"CWD one\r\x00two", *DONE)
    control.ask("PWD", 257)
    tree.mkdir("evil\r\n230 You are root\r\n")
    tree.symlink("door", "evil\r\n230 You are root\r\n")
    control.ask("CWD /door", *DONE, 550)  # links may be refused altogether
    control.ask("PWD", 257)
    control.ask("MKD inside", 257, 550)
    control.in_step()


@scenario(
    points=2, clause="RFC 2640 3.1", level=MUST, carries=True, covers=(15,), after=("mkd_makes_a_directory",),
    by_hand=typed("MKD cut\\0here") + "; ls",
    causes=("the line is a C string: what stands behind the NUL is lost, and another file is meant",),
)
def nul_in_a_name_is_refused(ftp, tree):
    """A NUL in a name is 501, and nothing is made, removed or deleted under the part before it."""
    tree.write("cut", b"kept")
    control = ftp.login()
    for line in (b"DELE cut\x00here", b"MKD new\x00here", b"RNFR cut\x00"):
        control.ask(line, 501, 500, 550, 553)
    tree.expect_names("cut")
    control.in_step()


@scenario(
    points=3, clause=RENAME, level=MUST, carries=True, covers=(107,), after=("cwd_takes_relative_and_absolute_names",),
    by_hand=typed("RNFR a", "RNTO b"),
    causes=("RNFR has to remember a whole path, RNTO to resolve its own against the working directory",
            "350 belongs to RNFR, 250 to RNTO", "the file is copied and deleted instead of renamed"),
)
def rename_moves_files_and_directories(ftp, tree, check):
    """RNFR (350) and RNTO (250) rename a file, move it elsewhere, and do the same with a directory."""
    tree.write("a", b"text of a")
    tree.write("d/inside", b"kept")
    number = tree.stat("a").st_ino
    control = ftp.login()
    for source, target in (("a", "b"), ("b", "d/b"), ("/d/b", "/c d")):
        control.ask(f"RNFR {source}", 350)
        control.ask(f"RNTO {target}", *DONE)
        tree.expect_absent(source.lstrip("/"))
    tree.expect("c d", b"text of a")
    check.equal(tree.stat("c d").st_ino, number, "the file's inode number")
    control.ask("RNFR d", 350)
    control.ask("RNTO e", *DONE)
    control.ask("CWD e", *DONE)
    control.ask("RNFR inside", 350)
    control.ask("RNTO within", *DONE)
    tree.expect_names("within", within="e")
    control.ask("RNFR within", 350)
    control.ask("RNTO ../out", *DONE)
    tree.expect("out", b"kept")
    tree.expect_names("c d", "e", "out")


@scenario(
    points=3, clause=RENAME, level=MUST, carries=True, covers=(107,), after=("rename_moves_files_and_directories",),
    by_hand=typed("RNTO b", "RNFR nowhere", "RNTO b", "RNFR a", "RNTO b", "RNTO c"),
    causes=("RNTO looks only at a name kept from before: it must follow a RNFR that was answered 350",
            "RNFR of a missing file is answered 350", "the kept name is never thrown away"),
)
def rename_goes_in_order(ftp, tree):
    """RNTO is 503 unless the RNFR before it was answered 350, and one RNFR is good for one RNTO."""
    tree.write("a", b"text")
    control = ftp.login()
    control.ask("RNTO b", 503)
    control.ask("RNFR nowhere", 550)
    control.ask("RNTO b", 503)
    tree.expect_names("a")
    control.ask("RNFR a", 350)
    control.ask("RNTO b", *DONE)
    control.ask("RNTO c", 503)
    tree.expect_names("b")
    control.in_step()


@scenario(
    points=1, clause="RFC 959 4.1.3: \"immediately followed\"", level=COURSE, carries=True, covers=(108,),
    after=("rename_goes_in_order",), by_hand=typed("RNFR a", "NOOP", "RNTO b"),
    causes=("the kept name outlives other commands: forget it when anything but RNTO comes",),
)
def rename_is_not_interrupted(ftp, tree):
    """Any command between RNFR and RNTO, be it NOOP, one that nobody knows or a RNFR that fails, makes the RNTO 503."""
    tree.write("a", b"text")
    control = ftp.login()
    for between, codes in (("NOOP", (200,)), ("PWD", (257,)), ("XYZZY", (500, 502)), ("RNFR nowhere", (550,))):
        control.ask("RNFR a", 350)
        control.ask(between, *codes)
        control.ask("RNTO b", 503)
    tree.expect_names("a")


@scenario(
    points=2, clause=RENAME, level=MUST, carries=True, covers=(35, 107), after=("rename_moves_files_and_directories",),
    by_hand=typed("RNFR a", "RNTO nowhere/a", "RNFR a", "RNTO d"),
    causes=("the result of rename() is not looked at", "an error ends the session instead of becoming a reply"),
)
def rename_refuses_what_it_cannot_do(ftp, tree):
    """RNTO into nothing, below itself, or of a file onto a directory is 553 or 550; both sides stay as they were."""
    tree.write("a", b"text of a")
    tree.mkdir("empty")
    tree.write("d/file", b"kept")
    control = ftp.login()
    for source, target in (("a", "nowhere/a"), ("a", "empty"), ("a", "d"), ("d", "a"), ("d", "d/below"), ("a", "a/x")):
        control.ask(f"RNFR {source}", 350)
        control.ask(f"RNTO {target}", *NOT_THERE)
    tree.expect_names("a", "d", "empty")
    tree.expect("a", b"text of a")
    tree.expect("d/file", b"kept")
    control.in_step()


@scenario(
    points=1, clause="RFC 959 4.1.3", level=COURSE, carries=True, covers=(107,),
    after=("rename_refuses_what_it_cannot_do",), by_hand=typed("MKD d", "MKD empty", "RNFR d", "RNTO empty"),
    causes=("rename() puts a directory in place of an *empty* directory: ask what stands there first",),
)
def rename_replaces_files_and_no_directory(ftp, tree, check):
    """RNTO takes the place of a file of that name, but never of a directory, not even of an empty one; nor moves /."""
    tree.write("a", b"text of a")
    tree.write("b", b"a longer text, of b")
    tree.mkdir("empty")
    tree.mkdir("d")
    number = tree.stat("empty").st_ino
    control = ftp.login()
    control.ask("RNFR d", 350)
    control.ask("RNTO empty", *NOT_THERE)
    check.equal(tree.stat("empty").st_ino, number, "the inode number of the empty directory")
    control.ask("RNFR /", *NOT_THERE)
    control.ask("RNFR d", 350)
    control.ask("RNTO /", *NOT_THERE)
    control.ask("RNFR a", 350)
    control.ask("RNTO b", *DONE)
    tree.expect("b", b"text of a")
    tree.expect_names("b", "d", "empty")
