"""Lab 8, the client: Ctrl-C ends the transfer and not the session."""

from __future__ import annotations

from contextlib import contextmanager

from autograder.scenario import COURSE, MUST, SHOULD, scenario
from autograder.workspace import GiB, MiB

CLIENT = "ftp_client"
PRESS = "get a big file in a terminal and press Ctrl-C; then pwd, ls, get again"
HALF = 300_000


@contextmanager
def logged_in(client, peer):
    """A client in a terminal that has logged in and shows its prompt, and the session that the grader plays."""
    terminal = client.terminal(peer.address[0], peer.port)
    with peer.session() as session:
        session.greet()
        session.accept_login()
        terminal.expect("ftp> ")
        yield terminal, session


def interrupted_get(terminal, session, rng):
    """Ctrl-C in the middle of `get x`: the open data connection, and what came before ABOR."""
    terminal.type("get x")
    session.expect_command("RETR")
    session.reply("150 Here it comes.")
    data = session.open_data()
    data.send(rng.bytes(HALF))
    terminal.press("ctrl-c")
    return data, session.wire.read_until(b"ABOR\r\n")


def expect_in_step(terminal, session, command="cd there", verb="CWD"):
    """The next command, typed before the prompt is back, gets its own answer. A NOOP in between is answered."""
    terminal.type(command)
    session.expect_command(verb)
    session.reply("250 Done.")
    terminal.expect("ftp> ")
    terminal.expect("ftp> ")


def leave(terminal, session):
    """quit, and the exit; what the status is after an interrupted command is not asked."""
    terminal.type("quit")
    session.expect_end()
    terminal.expect_exit(None)


def go_on(terminal, session, data):
    """The usual answer to ABOR, 426 for the transfer and 226 for ABOR itself, and then the next command."""
    session.reply("426 Transfer aborted.")
    session.reply("226 Abort successful.")
    data.close()
    expect_in_step(terminal, session)


@scenario(
    points=3, clause="RFC 959 4.1.3 (ABOR)", level=COURSE, program=CLIENT, covers=(189, 192), by_hand=PRESS,
    causes=("Ctrl-C ends the program: SIGINT has to be seen by the door through which everything waits",
            "the data connection is closed without a word: the server takes that for what it likes",
            "only one of the two replies is read: the next command gets the other"),
)
def ctrl_c_aborts_a_get(client, peer, workdir, rng):
    """Ctrl-C in a get: ABOR is sent, 426 and 226 are read, the next command gets its own answer; no file is left."""
    with logged_in(client, peer) as (terminal, session):
        data, _ = interrupted_get(terminal, session, rng)
        go_on(terminal, session, data)
        leave(terminal, session)
    workdir.expect_names()


@scenario(
    points=1, clause="RFC 854 (Synch), RFC 959 4.1.3", level=SHOULD, program=CLIENT, after=("ctrl_c_aborts_a_get",),
    covers=(63, 192), by_hand=PRESS + "; strace -e sendto shows MSG_OOB",
    causes=("ABOR alone is sent: a server that reads its control connection only between transfers does not see it",
            "DM is sent as an ordinary byte: urgent data are sent with MSG_OOB"),
)
def abor_is_preceded_by_a_synch(client, peer, rng, check):
    """Before ABOR come IAC IP and a Synch: IAC and, as urgent data, DM."""
    with logged_in(client, peer) as (terminal, session):
        data, sent = interrupted_get(terminal, session, rng)
        check(sent.startswith(b"\xff\xf4\xff"), expected="IAC IP, IAC DM, ABOR", observed=repr(sent))
        check(sent in (b"\xff\xf4\xffABOR\r\n", b"\xff\xf4\xf2ABOR\r\n"),
              expected="the last byte of the Synch as urgent data, out of line", observed=repr(sent))
        go_on(terminal, session, data)
        leave(terminal, session)


@scenario(
    points=2, clause="course: Ctrl-C", level=COURSE, program=CLIENT, after=("ctrl_c_aborts_a_get",), covers=(189, 192),
    by_hand=PRESS,
    causes=("the upload is ended in order: the server takes the part for the whole file",
            "the client waits for the server to read before it looks at Ctrl-C"),
)
def ctrl_c_aborts_a_put(client, peer, workdir):
    """Ctrl-C in a put whose server has stopped reading: ABOR, the replies, and the session goes on."""
    workdir.write("big", 64 * MiB)
    with logged_in(client, peer) as (terminal, session):
        terminal.type("put big")
        session.expect_command("STOR")
        session.reply("150 Ready.")
        data = session.open_data()
        data.read_some()
        terminal.press("ctrl-c")
        session.wire.read_until(b"ABOR\r\n")
        go_on(terminal, session, data)
        leave(terminal, session)


@scenario(
    points=1, clause="course: no file is damaged", level=MUST, program=CLIENT, after=("ctrl_c_aborts_a_get",),
    covers=(192,), by_hand=PRESS + "; cmp the old file",
    causes=("data are written to the file itself before the transfer is complete",
            "the temporary file stays behind when the transfer ends early"),
)
def ctrl_c_keeps_the_old_file(client, peer, workdir, rng):
    """Ctrl-C in a get over an old file: it stays as it was, nothing else is left, and a second get replaces it."""
    workdir.write("x", b"old and dear")
    with logged_in(client, peer) as (terminal, session):
        data, _ = interrupted_get(terminal, session, rng)
        go_on(terminal, session, data)
        workdir.expect_names("x")
        workdir.expect("x", b"old and dear")
        terminal.type("get x")
        session.serve_retr(b"new")
        terminal.expect("ftp> ")
        leave(terminal, session)
    workdir.expect("x", b"new")


@scenario(
    points=2, clause="RFC 1123 4.1.4.4", level=MUST, program=CLIENT, after=("ctrl_c_aborts_a_get",), covers=(189,),
    by_hand=PRESS + " with several servers",
    causes=("two replies are expected, always: a server that sends one is waited for until the timeout",
            "one reply is read and the other one left: every answer from now on is that to the command before"),
)
def the_replies_to_abor_differ(client, peer, rng, step):
    """One reply for both, 226 and 226, 426 and 502: whatever comes, the next command gets its own answer."""
    for replies in (("226 Aborted.",), ("226 Complete.", "226 Nothing to abort."), ("426 Aborted.", "502 What?"),
                    ("426-Aborted", "426 lines", "225 Open.")):
        with logged_in(client, peer) as (terminal, session):
            data, _ = interrupted_get(terminal, session, rng)
            session.reply_raw("".join(f"{line}\r\n" for line in replies).encode())
            data.close()
            expect_in_step(terminal, session)
            leave(terminal, session)
        step(f"in step behind {replies}")


@scenario(
    points=1, clause="course: Ctrl-C", level=COURSE, program=CLIENT, after=("ctrl_c_aborts_a_get",), covers=(192,),
    by_hand="ls of a big directory in a terminal, and Ctrl-C",
    causes=("only get and put can be interrupted: a listing is a transfer too",),
)
def ctrl_c_aborts_a_listing(client, peer):
    """Ctrl-C in an ls that stands still: ABOR, and a new prompt."""
    with logged_in(client, peer) as (terminal, session):
        terminal.type("ls")
        session.expect_command("LIST")
        session.reply("150 Here it comes.")
        data = session.open_data()
        data.send(b"-rw-r--r-- 1 ftp ftp 1 Jan  1 00:00 a\r\n")
        terminal.press("ctrl-c")
        session.wire.read_until(b"ABOR\r\n")
        go_on(terminal, session, data)
        leave(terminal, session)


@scenario(
    points=1, clause="RFC 1123 4.1.4.4", level=MUST, program=CLIENT, after=("ctrl_c_aborts_a_get",), covers=(189,),
    by_hand=PRESS + "; pwd",
    causes=("the reply to ABOR is not waited for: when it comes it is taken for the answer to the next command",),
)
def the_reply_to_abor_may_come_late(client, peer, rng):
    """The 226 comes a moment after the 426: pwd, typed at once, shows the answer to PWD and no other."""
    with logged_in(client, peer) as (terminal, session):
        data, _ = interrupted_get(terminal, session, rng)
        del session.chatter["PWD"]
        session.reply("426 Transfer aborted.")
        data.close()
        terminal.type("pwd")
        session.wire.readable(session.conditions.lull(0.5))  # a client may wait for the 226 first
        session.reply("226 Abort successful.")
        session.expect_command("PWD")
        session.reply('257 "/right/here"')
        terminal.expect("/right/here")
        leave(terminal, session)


@scenario(
    points=2, clause="course: Ctrl-C", level=COURSE, program=CLIENT, covers=(192,),
    by_hand="press Ctrl-C at the prompt, twice; then pwd",
    causes=("SIGINT ends the program wherever it is", "the prompt is not shown again"),
)
def ctrl_c_at_the_prompt_gives_a_new_one(client, peer):
    """Ctrl-C at the prompt sends nothing to the server and gives a new prompt; the session goes on."""
    with logged_in(client, peer) as (terminal, session):
        for _ in range(3):
            terminal.press("ctrl-c")
            terminal.expect("ftp> ")
        terminal.type("cd there")
        session.expect_command("CWD")
        session.reply("250 Done.")
        terminal.expect("ftp> ")
        leave(terminal, session)


@scenario(
    points=1, clause="course: Ctrl-C", level=COURSE, program=CLIENT, after=("ctrl_c_aborts_a_get",), covers=(192,),
    by_hand="a server that does not answer ABOR (kill -STOP it): Ctrl-C, and Ctrl-C again",
    causes=("the wait for the answer to ABOR cannot be interrupted: the person has to kill the program",),
)
def a_second_ctrl_c_does_not_wait(client, peer, workdir, rng):
    """A server that does not answer ABOR: a second Ctrl-C gives up the connection and keeps the program."""
    with logged_in(client, peer) as (terminal, session):
        interrupted_get(terminal, session, rng)
        terminal.press("ctrl-c")
        terminal.expect("ftp> ")
        session.wire.expect_gone()
        terminal.type("quit")
        terminal.expect_exit(None)
    workdir.expect_names()


@scenario(
    points=2, clause="course: client and server together", level=MUST, program=CLIENT,
    covers=(62, 189, 192), by_hand="ftp_client 127.0.0.1 {port}: " + PRESS,
    causes=("each half works with the grader only: look at both logs with verbose on",),
)
def ctrl_c_against_the_own_server(client, ftp, tree, workdir, rng):
    """Against the server of this lab: Ctrl-C in a get of a file of 5 GiB, then a whole get."""
    tree.sparse("endless", 5 * GiB)
    content = rng.bytes(100_000)
    tree.write("small", content)
    terminal = client.terminal("127.0.0.1", str(ftp.port))
    terminal.expect("ftp> ")
    terminal.type("get endless /dev/null")
    ftp.expect_log("session begins")
    terminal.expect("%", seconds=5)
    terminal.press("ctrl-c")
    terminal.expect("ftp> ")
    terminal.type("get small")
    terminal.expect("ftp> ")
    terminal.type("quit")
    terminal.expect_exit(None)
    workdir.expect("small", content)
