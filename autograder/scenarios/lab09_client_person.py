"""Lab 9, the client with a person in front of it: .netrc, questions, and a line that can be edited."""

from __future__ import annotations

import os
from contextlib import contextmanager

from autograder.scenario import COURSE, MUST, SHOULD, scenario
from autograder.scenarios.extended_peer import Server, serve, verbs
from autograder.workspace import KiB

CLIENT = "ftp_client"
EDIT = "ftp_client localhost 2121 in a terminal: type, press the arrows, Ctrl-A, Tab, and the up arrow"


@contextmanager
def at_the_prompt(client, peer):
    """A client in a terminal that has logged in and shows its prompt, and the session that the grader plays."""
    terminal = client.terminal(*peer.address)
    with peer.session() as session:
        session.greet()
        session.accept_login()
        terminal.expect("ftp> ")
        yield terminal, session
        terminal.type("quit")
        session.expect_end()
        terminal.expect_exit(None)


def expect_typed(terminal, session, verb, argument):
    """A command of the session that was typed: it comes as it was meant, is answered, and the prompt is back."""
    command = session.await_command(verb)
    if command.argument != argument:
        raise session.unexpected(command, f"{verb} {argument}")
    session.reply("250 Done.")
    terminal.expect("ftp> ")


@scenario(
    points=2, clause="ftp(1): .netrc", level=COURSE, program=CLIENT, carries=True, covers=(197,),
    by_hand="echo machine 127.0.0.1 login bob password pw > rc; chmod 600 rc; ftp_client --netrc rc 127.0.0.1 2121",
    causes=("words are separated by blanks and line ends alike", "a macdef reaches up to the next empty line",
            "the first entry that fits counts: `default` stands at the end",
            "whoever may read the file knows the password: its mode has to be looked at"),
)
def netrc_tells_who_you_are(client, peer, workdir, check):
    """--netrc FILE: the entry of the machine, else the default; quotes, macdef; -n looks into none; 0644 is refused."""
    host, port = peer.address
    text = (f'machine elsewhere login no password no\nmacdef init\nmachine {host} login wrong\n\nmachine ' + host
            + '\n\tlogin "b ob"\n\tpassword se\\ cret account\n acc\ndefault login anonymous password me@here\n')
    workdir.write("rc", text.encode(), mode=0o600)
    shell = client.start("--netrc", "rc", host, port, "-e", "pwd")
    session = serve(peer, Server({}))
    shell.finish().expect_status(0)
    check.equal(verbs(session, "USER", "PASS"), ["USER b ob", "PASS se cret"], "the login")
    workdir.write("rc", b"machine elsewhere login no password no default login you password pw", mode=0o600)
    shell = client.start("--netrc", "rc", host, port, "-e", "pwd")
    session = serve(peer, Server({}))
    check.equal(verbs(session, "USER", "PASS"), ["USER you", "PASS pw"], "the login by default")
    shell.finish().expect_status(0)
    os.environ["HOME"] = str(workdir.root)
    workdir.write(".netrc", b"default login you password pw", mode=0o600)
    for options, user in (((), "USER you"), (("-n",), "USER anonymous")):
        shell = client.start(*options, host, port, "-e", "pwd")
        session = serve(peer, Server({}))
        shell.finish().expect_status(0)
        check.equal(verbs(session, "USER"), [user], f"the login with ~/.netrc and the options {options}")
    workdir.write("rc", text.encode(), mode=0o644)
    client.run("--netrc", "rc", host, port, "-e", "pwd").expect_status(1).expect_error("rc")
    peer.expect_nobody()


@scenario(
    points=2, clause="course: prompt", level=COURSE, program=CLIENT, covers=(197,),
    by_hand="ftp_client localhost 2121 in a terminal: mdelete *, answer y, n, a, q; then prompt, and again",
    causes=("nobody is asked", "the answer to the first question is taken for all",
            "a script is asked too, and its next line is taken for the answer"),
)
def mdelete_asks_a_person(client, peer, check):
    """In a terminal mdelete asks for each file: y, n, a, q; `prompt` switches that off; a script is never asked."""
    files = {name: b"" for name in "abcdefgh"}
    terminal = client.terminal(*peer.address)
    with peer.session() as session:
        session.greet()
        session.accept_login()
        terminal.expect("ftp> ")
        terminal.type("mdelete a b c d")
        for name, answer, deletes in (("a", "n", ""), ("b", "y", "b"), ("c", "a", "cd")):
            terminal.expect(f"{name}?")
            terminal.type(answer)
            for deleted in deletes:
                check.equal(session.expect_command("DELE"), deleted, "the file that is deleted")
                session.reply("250 Done.")
        terminal.expect("ftp> ")
        terminal.type("mdelete e f")
        terminal.expect("e?")
        terminal.type("q")
        terminal.expect("ftp> ")
        terminal.type("prompt")
        terminal.expect("ftp> ")
        terminal.type("mdelete g h")
        for name in "gh":
            check.equal(session.expect_command("DELE"), name, "the file that is deleted")
            session.reply("250 Done.")
        terminal.expect("ftp> ")
        terminal.type("quit")
        session.expect_end()
    terminal.expect_exit(None)
    shell = client.start_at(peer, "mdelete *", "quit")
    serve(peer, Server(files))
    shell.finish().expect_status(0)
    check.equal(sorted(files), [], "the files that a script's mdelete * leaves")


@scenario(
    points=2, clause="course: the line", level=COURSE, program=CLIENT, covers=(186,), by_hand=EDIT,
    causes=("escape sequences are taken for text", "a character of UTF-8 is cut in two by Backspace",
            "the terminal stays in raw mode while a command runs, or behind the end of the program",
            "the byte behind Enter is lost: it was read too early"),
)
def a_line_can_be_edited(client, peer, check):
    """Arrows, Ctrl-A, E, U, W and Backspace edit by whole characters; up brings lines back; Tab completes."""
    with at_the_prompt(client, peer) as (terminal, session):
        for keys, argument in (("cd ere\x01\x1b[C\x1b[C\x1b[Cth", "there"), ("gone\x15cd one two\x17\x7f", "one"),
                               ("cd x\u00fc\x7fy", "xy"), ("d x\x01c\x05y", "xy"), ("\x1b[A\x1b[A\x1b[Bz", "xyz")):
            terminal.type(keys)
            expect_typed(terminal, session, "CWD", argument)
        terminal.type("rmd\tgone")
        expect_typed(terminal, session, "RMD", "gone")
        terminal.keys("cd th\t")
        session.serve_list("drwxr-xr-x 2 a b 0 Jan 01  2024 the place", "-rw-r--r-- 1 a b 0 Jan 01  2024 other")
        terminal.type("in")
        expect_typed(terminal, session, "CWD", "the place/in")
        check(not terminal.echoes, expected="the editor to show what is typed, not the terminal", observed="echo is on")
    check(terminal.echoes, expected="the terminal as it was before", observed="its echo is off")


@scenario(
    points=1, clause="course: the line", level=COURSE, program=CLIENT, covers=(186,), after=("a_line_can_be_edited",),
    by_hand="TERM=dumb ftp_client localhost 2121; then without TERM=dumb, Ctrl-Z, and stty -a",
    causes=("the terminal is left in raw mode when the program stops or is killed", "TERM is not looked at"),
)
def the_terminal_is_left_as_it_was(client, peer, check):
    """SIGTERM at the prompt leaves a terminal that echoes; with TERM=dumb lines are read as ever."""
    terminal = client.terminal(*peer.address)
    with peer.session() as session:
        session.greet()
        session.accept_login()
        terminal.expect("ftp> ")
        terminal.keys("cd th")
        terminal.expect("cd th")
        terminal.process.signal(15)
        terminal.expect_exit(None)
    check(terminal.echoes, expected="the terminal as it was before SIGTERM", observed="its echo is off")
    os.environ["TERM"] = "dumb"
    with at_the_prompt(client, peer) as (terminal, session):
        check(terminal.echoes, expected="the terminal's own echo where TERM is dumb", observed="it is off")
        terminal.type("cd there")
        expect_typed(terminal, session, "CWD", "there")


@scenario(
    points=2, clause="course: client and server together", level=MUST, program=CLIENT, carries=True, covers=(193, 197),
    by_hand="ftp_server 2121 & ftp_client -e 'put -r tree; get -r tree back; reget f' 127.0.0.1 2121",
    causes=("each half works with the grader, and the two do not agree with each other: read both transcripts",),
)
def both_programs_continue_and_move_trees(ftp, client, tree, workdir, rng, check):
    """The own client and server: reget, reput, mget, put -r and get -r, by MLSD, SIZE, MDTM and REST."""
    data = tree.write("data", 300 * KiB)
    workdir.write("data", data[:100_000])
    sent = workdir.write("sent", 200 * KiB)
    tree.write("sent", sent[:50_000])
    workdir.mkdir("t")
    workdir.mkdir("t/empty")
    workdir.write("t/a  b", b"one")
    workdir.write(b"t/\xff", b"two")
    commands = "reget data; reput sent; put -r t; get -r t back; mget da* se*"
    done = client.run("--verbose", "-e", commands, ftp.host, ftp.port)
    done.expect_status(0)
    for line in ("REST 100000", "REST 50000"):
        check(line in done.errors, expected=f"{line}, as --verbose shows it", observed=repr(done.errors[-400:]))
    workdir.expect("data", data)
    tree.expect("sent", sent)
    workdir.expect("back/a  b", b"one")
    workdir.expect(b"back/\xff", b"two")
    check(workdir.is_directory("back/empty"), expected="the empty directory to come back", observed="it is not there")
