"""Lab 4, making and removing: MKD, RMD, DELE, and what 257 says."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.lab04_files import DONE, HERE, typed

PATHS = "RFC 959 4.1.3, 5.4"
REFUSED = (550, 553)  # a name that cannot be made or reached


@scenario(
    points=4, clause="RFC 959 4.1.3, Appendix II", level=MUST, carries=True, covers=(104,),
    after=("cwd_takes_relative_and_absolute_names",), by_hand=typed("MKD new", "CWD new", "PWD"),
    causes=("the reply is 257 with the whole path in quotes, not 250 and not the name as it was given",
            "mkdir(path, 0): a directory that its owner cannot enter; give 0777 and let the umask take off",
            "the name is resolved against the server's own directory instead of the session's"),
)
def mkd_makes_a_directory(ftp, tree, check):
    """MKD makes the directory, usable, where the session stands, and answers 257 with its absolute path."""
    control = ftp.login()
    for line, path in (("MKD one", "/one"), ("MKD one/two", "/one/two"), ("MKD /three/", "/three")):
        check.equal(control.directory(line), path, f"the path in the reply to {line}")
    control.ask("CWD one/two", *DONE)
    check.equal(control.directory("MKD four"), "/one/two/four", "the path in the reply to MKD four")
    check.equal(control.directory("MKD ../five"), "/one/five", "the path in the reply to MKD ../five")
    for name in ("one", "one/two", "three", "one/two/four", "one/five"):
        check(tree.is_directory(name), expected=f"a directory {name} on the disk", observed="there is none")
        check(tree.mode(name) & 0o700 == 0o700, expected=f"the owner may read, write and enter {name}",
              observed=f"its mode is {tree.mode(name):04o}")


@scenario(
    points=3, clause=PATHS, level=MUST, carries=True, covers=(105,), after=("mkd_makes_a_directory",),
    by_hand=typed("MKD d", "MKD d", "MKD nowhere/d"),
    causes=("the result of mkdir() is not looked at", "missing parents are made too: MKD makes one directory"),
)
def mkd_refuses_what_is_there_or_has_no_parent(ftp, tree):
    """MKD of a name that exists is 521 or 550, in a directory that does not exist 550; nothing is changed."""
    tree.write("d/file", b"kept")
    control = ftp.login()
    for name in ("d", "/", "d/file", "d/.."):
        control.ask(f"MKD {name}", 521, 550, 553)
    for name in ("nowhere/d", "d/file/x"):
        control.ask(f"MKD {name}", *REFUSED)
    tree.expect_names("d")
    tree.expect("d/file", b"kept")
    control.in_step()


@scenario(
    points=3, clause="RFC 959 Appendix II", level=MUST, carries=True, covers=(104,), after=("mkd_makes_a_directory",),
    by_hand=typed('MKD say "hi"', 'CWD say "hi"', "PWD"),
    causes=("a double quote inside the path is sent once: the client takes it for the end of the path; double it",),
)
def quotes_in_a_path_are_doubled(ftp, tree, check):
    """In 257 replies each double quote of the path stands twice."""
    control = ftp.login()
    for name in ('say "hi"', '"', 'a""b'):
        check.equal(control.directory(f"MKD {name}"), f"/{name}", f"the path in the reply to MKD {name}")
        control.ask(f"CWD {name}", *DONE)
        check.equal(control.directory(), f"/{name}", HERE)
        control.ask("CWD /", *DONE)
    tree.expect_names('say "hi"', '"', 'a""b')


@scenario(
    points=4, clause=PATHS, level=MUST, carries=True, covers=(105,), after=("mkd_makes_a_directory",),
    by_hand=typed("MKD full", "MKD full/inside", "RMD full", "RMD full/inside", "RMD full"),
    causes=("whole trees are removed (nftw, rm -rf, remove_all): RMD removes one empty directory",
            "remove() or unlink() also take files: ask for AT_REMOVEDIR", "the result of rmdir() is not looked at"),
)
def rmd_removes_only_empty_directories(ftp, tree):
    """RMD of an empty directory is 250; of a full one, a file or nothing it is 550, and nothing is lost."""
    tree.mkdir("empty")
    tree.write("full/inside/file", b"kept")
    tree.write("file", b"kept")
    control = ftp.login()
    for name in ("full", "full/inside", "file", "full/inside/file", "nowhere"):
        control.ask(f"RMD {name}", 550)
    tree.expect("full/inside/file", b"kept")
    tree.expect("file", b"kept")
    control.ask("RMD empty", *DONE)
    tree.expect_names("file", "full")
    control.in_step()


@scenario(
    points=3, clause=PATHS, level=MUST, carries=True, covers=(105,), after=("pwd_begins_at_the_root",),
    by_hand=typed("DELE file", "DELE d", "DELE nowhere"),
    causes=("remove() takes empty directories too: unlink() a file", "the result of unlink() is not looked at"),
)
def dele_deletes_only_files(ftp, tree):
    """DELE of a file is 250 and it alone is gone; of a directory or of nothing it is 550."""
    tree.mkdir("empty")
    for name in ("gone", "kept", "d/gone", "d/kept"):
        tree.write(name, b"text")
    control = ftp.login()
    for name in ("gone", "d/gone"):
        control.ask(f"DELE {name}", *DONE)
    for name in ("gone", "nowhere", "empty", "d", "/", "kept/x"):
        control.ask(f"DELE {name}", 550)
    tree.expect_names("d", "empty", "kept")
    tree.expect_names("kept", within="d")
    control.in_step()


@scenario(
    points=2, clause="RFC 959 4.1.3", level=COURSE, carries=True, covers=(105, 106),
    after=("rmd_removes_only_empty_directories",), by_hand=typed("MKD d", "CWD d", "RMD .", "RMD /d", "RMD /"),
    causes=("an empty working directory can be removed under the session's own feet: compare the two paths first",),
)
def rmd_spares_the_ground_it_stands_on(ftp, tree, check):
    """The root and the directory that the session stands in are never removed: 550."""
    tree.mkdir("d/e")
    control = ftp.login()
    control.ask("RMD /", 550)
    control.ask("RMD .", 550)
    control.ask("CWD d/e", *DONE)
    for name in (".", "../e", "/d/e", "/d/e/", "..", "/"):
        control.ask(f"RMD {name}", 550)
    check(tree.is_directory("d/e"), expected="the directory d/e still there", observed="it is gone")
    check.equal(control.directory(), "/d/e", HERE)


@scenario(
    points=3, clause="RFC 959 5.3.1, 5.4", level=MUST, carries=True, covers=(24, 106),
    after=("rmd_removes_only_empty_directories",), by_hand=typed("MKD d", "CWD d", "RMD", "MKD", "DELE", "RNFR"),
    causes=("an empty argument is taken as a name: it means the working directory then",
            "the argument of the command before is still in the buffer"),
)
def path_commands_want_their_argument(ftp, tree):
    """MKD, RMD, DELE, RNFR with nothing behind them are 501 and do nothing."""
    tree.mkdir("a-name-that-must-not-stick")
    control = ftp.login()
    control.ask("CWD a-name-that-must-not-stick", *DONE)
    for verb in ("MKD", "RMD", "DELE", "RNFR"):
        control.ask(verb, 501, 500)
        control.ask(f"{verb} ", 501, 500)
    tree.expect_names("a-name-that-must-not-stick")
    tree.expect_names(within="a-name-that-must-not-stick")
    control.in_step()


@scenario(
    points=2, clause="RFC 1123 4.1.3.1 (a SHOULD there)", level=COURSE, carries=True, covers=(104,),
    after=("mkd_makes_a_directory", "cdup_goes_up_one_level"),
    by_hand=typed("XMKD d", "XCWD d", "XPWD", "XCUP", "XRMD d"),
    causes=("the five old names are further rows with the same handlers, not further code",),
)
def old_names_of_commands_work(ftp, tree, check):
    """XPWD, XCWD, XCUP, XMKD and XRMD do what the names without X do."""
    control = ftp.login()
    check.equal(control.directory("XMKD d"), "/d", "the path in the reply to XMKD")
    control.ask("XCWD d", *DONE)
    check.equal(control.directory("XPWD"), "/d", "the path in the reply to XPWD")
    control.ask("XCUP", *DONE)
    check.equal(control.directory("XPWD"), "/", "the path in the reply to XPWD")
    control.ask("XRMD d", *DONE)
    tree.expect_names()
