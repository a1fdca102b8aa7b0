"""Lab 4, what a careless server gives away: rights, secrets of the host, a shell, descriptors."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.lab04_files import DONE, typed

ANY = ("2yz", "3yz", "4yz", "5yz")
WALKS = ("cwd_takes_relative_and_absolute_names", "mkd_makes_a_directory")
READER = ("--user", "eve:looks:ro")


@scenario(
    points=1, clause="CWE-209 (an error that tells too much)", level=COURSE, carries=True, covers=(27, 169),
    after=WALKS, by_hand=typed("CWD nowhere", "MKD nowhere/x", "RNFR nowhere"),
    causes=("the text of an exception goes into the reply, path and all: take the error's own words (strerror) only",),
)
def refusals_name_no_path_of_the_host(ftp, tree, check):
    """No reply shows where on the host the root is."""
    tree.write("file", b"")
    tree.symlink("door", "../outside")
    control = ftp.login()
    for line in ("CWD nowhere", "CWD file", "CWD door", "MKD nowhere/x", "MKD file", "RMD nowhere", "DELE nowhere",
                 "RNFR nowhere", "SITE CHMOD 644 nowhere", "PWD", "STAT", "HELP"):
        reply = control.ask(line, *ANY)
        check(str(tree.root.parent) not in reply.text, expected=f"no path of the host in the reply to {line}",
              observed=reply.text)


@scenario(
    points=3, clause="RFC 959 5.4 (550)", level=COURSE, options=READER, carries=True, covers=(176,), after=WALKS,
    by_hand="ftp_server {port} --user eve:looks:ro; then as eve: MKD x, RMD d, DELE file, RNFR file",
    causes=("the column `writes` is missing in a row: every command that changes something has it",
            "only the reply says no: the work has been done before"),
)
def reader_changes_nothing(ftp, tree, check):
    """Whoever may only read gets 550 for every change, and the disk shows no trace; walking and looking works."""
    tree.write("d/file", b"kept", mode=0o640)
    control = ftp.login("eve", "looks")
    for line in ("MKD made", "XMKD made", "MKD d/made", "RMD d", "XRMD d", "DELE d/file", "RNFR d/file",
                 "SITE CHMOD 777 d/file"):
        control.ask(line, 550)
    control.ask("SITE UTIME 20010203040506 d/file", 550, 500, 502, 504)
    control.ask("RNTO stolen", 503, 550)
    control.ask("CWD d", *DONE)
    check.equal(control.directory(), "/d", "the working directory")
    control.ask("CDUP", *DONE)
    tree.expect_names("d")
    tree.expect("d/file", b"kept")
    check.equal(tree.mode("d/file"), 0o640, "the mode of d/file")


@scenario(
    points=1, clause="RFC 959 5.4 (530)", level=MUST, carries=True, covers=(40,), after=("pwd_begins_at_the_root",),
    by_hand="printf 'MKD x\\r\\nDELE file\\r\\nQUIT\\r\\n' | nc -q 1 127.0.0.1 {port}",
    causes=("the column `login` of a row is switched off",),
)
def paths_need_a_login(ftp, tree):
    """Before login every command on paths is 530 and does nothing."""
    tree.write("d/file", b"kept")
    control = ftp.connect()
    for line in ("PWD", "CWD d", "CDUP", "MKD made", "RMD d", "DELE d/file", "RNFR d/file", "SITE CHMOD 777 d/file",
                 "XPWD", "XCWD d", "XCUP", "XMKD made", "XRMD d"):
        control.ask(line, 530)
    control.ask("RNTO x", 530, 503)
    tree.expect_names("d")
    tree.expect("d/file", b"kept")


@scenario(
    points=2, clause="CWE-78 (OS command injection)", level=COURSE, carries=True, covers=(169,), after=WALKS,
    by_hand=typed("MKD ;touch injected;", "RMD ;touch injected;"),
    causes=("system() or popen() with a name in it: a shell reads the name; use the system call (mkdir, rename, ...)",),
)
def names_never_meet_a_shell(ftp, tree):
    """Names full of a shell's signs are names: nothing is run, and each does what any other name would."""
    control = ftp.login()
    for name in (";touch injected;", "$(touch injected)", "`touch injected`", "|touch injected", "&touch injected&",
                 "'\"; touch injected", "a>injected", "--help", "$HOME", "*"):
        control.ask(f"MKD {name}", 257)
        tree.expect_names(name)
        control.ask(f"RNFR {name}", 350)
        control.ask(f"RNTO {name}.", *DONE)
        tree.expect_names(f"{name}.")
        control.ask(f"RMD {name}.", *DONE)
    tree.expect_names()


@scenario(
    points=1, clause="POSIX open(): FIFOs", level=COURSE, carries=True, covers=(172,), after=WALKS,
    by_hand="mkfifo {root}/pipe; " + typed("CWD pipe", "SITE CHMOD 600 pipe", "DELE pipe"),
    causes=("open() of a FIFO waits until somebody opens its other end: add O_NONBLOCK, or O_PATH if nothing is read",),
)
def fifo_holds_nobody_up(ftp, tree):
    """A named pipe in the tree is answered for at once, by every command."""
    tree.fifo("pipe")
    control = ftp.login()
    control.ask("CWD pipe", 550)
    control.ask("MKD pipe", 521, 550)
    control.ask("RMD pipe", 550)
    control.ask("SITE CHMOD 600 pipe", 200, 550)
    control.ask("RNFR pipe", 350)
    control.ask("RNTO tube", *DONE)
    control.ask("DELE tube", *DONE, 550)
    control.in_step()


@scenario(
    points=2, clause="POSIX close()", level=COURSE, carries=True, covers=(6,), after=WALKS,
    by_hand="ls -l /proc/$(pgrep -n ftp_server)/fd   # before and after many commands in one session",
    causes=("a descriptor is opened for a command and not closed, mostly on the way out through an error: keep it in a "
            "FileDescriptor",),
)
def commands_leak_no_descriptor(ftp, tree):
    """Hundreds of commands, done and refused, leave no file open."""
    tree.write("file", b"text")
    tree.symlink("door", "../outside")
    control = ftp.login()

    def round_trip() -> None:
        for line, code in (("MKD d", 257), ("MKD d", "5yz"), ("CWD d", "2yz"), ("CWD file", 550), ("CDUP", "2yz"),
                           ("RMD d", "2yz"), ("CWD door", 550), ("DELE nowhere", 550), ("RNFR file", 350),
                           ("RNTO nowhere/x", "5yz"), ("SITE CHMOD 644 file", 200), ("SITE CHMOD 644 door", "5yz")):
            control.ask(line, code)

    round_trip()
    before = ftp.usage()
    for _ in range(20):
        round_trip()
    ftp.expect_usage(before)
