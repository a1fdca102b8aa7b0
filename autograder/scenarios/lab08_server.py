"""Lab 8, many clients at once: nobody waits for anybody else, and nobody's trouble is another's."""

from __future__ import annotations

import threading

from autograder.scenario import COURSE, MUST, scenario
from autograder.workspace import KiB, MiB

NC = "nc -C 127.0.0.1 {port}   # in two terminals: "
STARTED = (150, 125)
DONE = (226, 250)
GREETED = ("one_idle_client_blocks_nobody",)
SERIAL = "one client is served after another: accept, and then give the session a thread of its own"


def binary(ftp, **how):
    """A session that has logged in and said TYPE I."""
    control = ftp.login(**how)
    control.ask("TYPE I", 200)
    return control


def open_data(control, receive_buffer=32 * KiB):
    """PASV and its data connection, which stays open until the scenario ends; small buffers make a slow reader."""
    return control.connect_data(*control.passive_port(), receive_buffer=receive_buffer)


def served(ftp, tree):
    """Somebody else is served: login, download, QUIT."""
    content = tree.write("for the other", b"content")
    control = binary(ftp)
    with control.passive() as data:
        control.ask("RETR for the other", *STARTED)
        data.expect(content, "for the other")
    control.expect(*DONE)
    control.quit()


@scenario(
    points=3, clause="course: a thread for each session", level=MUST, covers=(175,), by_hand=NC + "both are greeted",
    causes=(SERIAL, "the thread is joined right after it was started: that is one client after another again"),
)
def one_idle_client_blocks_nobody(ftp, tree):
    """While one client is connected and says nothing, another one is greeted and served."""
    ftp.connect()
    idle = ftp.login()
    served(ftp, tree)
    idle.in_step()


@scenario(
    points=3, clause="course: a thread for each session", level=MUST, after=GREETED,
    by_hand="for i in $(seq 16); do curl -s ftp://127.0.0.1:{port}/ & done; wait",
    causes=("the threads share one variable for the accepted socket: the next accept() overwrites it before the "
            "thread has read it (`&connfd`); move the stream into the thread",),
)
def sixteen_connect_at_once(ftp):
    """Sixteen clients connect before one of them is read from: each gets its own greeting and its own session."""
    wires = [ftp.dial() for _ in range(16)]
    for wire in wires:
        wire.expect_bytes(b"220", "a greeting of its own")
        wire.read_until(b"\r\n")
    for wire in wires:
        wire.send(b"QUIT\r\n")
        wire.expect_bytes(b"221", "the answer to QUIT")
        wire.read_until(b"\r\n")
        wire.expect_eof()


@scenario(
    points=2, clause="course: a session is a bag of parts", level=MUST, after=GREETED,
    by_hand=NC + "CWD in one, PWD in the other",
    causes=("the user, the directory or TYPE is a global or a static: it belongs into a part of the session",
            "chdir(2) changes the directory of all threads"),
)
def sessions_share_nothing(ftp, tree, check):
    """Login, directory, RNFR and PASV of one session are not seen in another."""
    tree.mkdir("sub")
    tree.write("file", b"content")
    first, second = binary(ftp), ftp.connect()
    second.ask("PWD", 530)
    second.login()
    first.ask("CWD sub", 250)
    check.equal(second.directory(), "/", "the other session's directory")
    second.ask("RNFR file", 350)
    first.ask("RNTO stolen", 503)
    second.ask("RNTO moved", 250)
    with first.passive() as data:
        second.final("RETR moved", 425)
        first.ask("LIST", *STARTED)
        data.read_all()
        first.expect(*DONE)
    first.in_step()
    second.in_step()


@scenario(
    points=2, clause="course: nobody waits for another", level=MUST, covers=(59, 175), after=GREETED,
    by_hand=NC + "PASV and RETR in one, and do not connect; the other is served",
    causes=("a lock is held while the data connection is waited for", SERIAL),
)
def waiting_for_data_blocks_nobody(ftp, tree):
    """Clients that ask for a transfer and never connect hold up nobody but themselves."""
    tree.write("file", b"content")
    for line in ("RETR file", "STOR new", "LIST"):
        control = binary(ftp)
        control.passive_port()
        control.ask(line, *STARTED)
    served(ftp, tree)


@scenario(
    points=2, clause="course: nobody waits for another", level=MUST, covers=(175,), after=GREETED,
    by_hand="curl --limit-rate 1 ftp://127.0.0.1:{port}/big & curl ftp://127.0.0.1:{port}/other",
    causes=("one lock for all transfers, or for the log, is held while bytes are sent",
            "the listing or the file is read under a lock"),
)
def clients_that_do_not_read_block_nobody(ftp, tree):
    """Four downloads whose clients have stopped reading: others log in, fetch and store meanwhile."""
    tree.write("big", 24 * MiB)
    stalled = []
    for _ in range(4):
        control = binary(ftp)
        data = open_data(control)
        control.ask("RETR big", *STARTED)
        stalled.append(data)
    served(ftp, tree)
    control = binary(ftp)
    control.store("new", b"new content")
    tree.expect("new", b"new content")


@scenario(
    points=1, clause="RFC 2577 5 (slow clients)", level=MUST, covers=(175,), after=GREETED,
    by_hand="printf USE | nc 127.0.0.1 {port}   # many times, and leave them open",
    causes=("the acceptor itself reads the first line", "a client has to be logged in before the next is accepted"),
)
def half_lines_block_nobody(ftp, tree):
    """Forty clients that have sent half a line, and clients that did not even read their greeting, block nobody."""
    wires = [ftp.dial() for _ in range(40)]
    for number, wire in enumerate(wires):
        if number % 2:
            wire.send(b"USER ano")
    served(ftp, tree)
    wires[1].send(b"nymous\r\n")
    wires[1].read_until(b"\r\n")
    wires[1].expect_bytes(b"331", "the answer to the whole line")


@scenario(
    points=3, clause="course: transfers at once", level=MUST, after=GREETED, seconds=20,
    by_hand="for i in $(seq 8); do curl -s -T big ftp://127.0.0.1:{port}/$i & done; wait; cmp big 1",
    causes=("transfers share a buffer: make it a local of the function that moves the bytes",
            "temporaries of uploads have the same name in all threads"),
)
def many_transfers_at_once(ftp, tree, rng):
    """Six uploads and six downloads run at the same time, a piece of each in turn; every byte arrives."""
    contents = [rng.bytes(300 * KiB + number) for number in range(6)]
    uploads, downloads = [], []
    for number, content in enumerate(contents):
        tree.write(f"there {number}", content)
        control = binary(ftp)
        data = open_data(control, None)
        control.ask(f"STOR new {number}", *STARTED)
        uploads.append((control, data))
        control = binary(ftp)
        data = open_data(control, None)
        control.ask(f"RETR there {number}", *STARTED)
        downloads.append((control, data))
    half = 150 * KiB
    for (_, up), (_, down), content in zip(uploads, downloads, contents):
        up.send(content[:half])
        down.expect_bytes(content[:half], "the first half")
    for (_, up), (_, down), content in zip(uploads, downloads, contents):
        up.send(content[half:])
        up.close()
        down.expect(content[half:], "the second half")
    for control, _ in (*uploads, *downloads):
        control.expect(*DONE)
        control.quit()
    for number, content in enumerate(contents):
        tree.expect(f"new {number}", content)


@scenario(
    points=1, clause="course: one upload of a name wins", level=COURSE, after=("many_transfers_at_once",),
    by_hand="curl -T a ftp://127.0.0.1:{port}/x & curl -T b ftp://127.0.0.1:{port}/x; wait; cmp x a || cmp x b",
    causes=("both write into the same file or the same temporary: the result is a mixture",),
)
def uploads_of_one_name_do_not_mix(ftp, tree, check):
    """Two uploads to one name at the same time: afterwards the file is one of the two, whole."""
    first, second = b"a" * 200_000, b"b" * 100_000
    sessions = []
    for content in (first, second):
        control = binary(ftp)
        data = open_data(control, None)
        control.ask("STOR x", *STARTED, 450)
        sessions.append((control, data, content))
    going = [entry for entry in sessions if entry[0].last.code in STARTED]
    for _, data, content in going:
        data.send(content[:50_000])
    for control, data, content in going:
        data.send(content[50_000:])
        data.close()
        control.expect(*DONE, 450)
    check(tree.read("x") in (first, second), expected="one of the two uploads, whole", observed="a mixture")
    tree.expect_names("x")


@scenario(
    points=2, clause="course: one session's trouble is its own", level=MUST, after=GREETED,
    by_hand="connect, send USER x, and kill nc with -9; then look whether others are still served",
    causes=("an exception leaves the thread's function: std::terminate ends the server for all",
            "a write to a connection that was reset raises SIGPIPE: send with MSG_NOSIGNAL"),
)
def resets_hurt_only_their_session(ftp, tree):
    """Clients reset their connections before the greeting, in a line and in transfers; nobody else notices."""
    tree.write("big", 16 * MiB)
    witness = ftp.login()
    for _ in range(3):
        ftp.dial().reset()
        control = ftp.connect()
        control.send_raw(b"USER ano")
        control.reset()
        for line in ("RETR big", "STOR new"):
            control = binary(ftp)
            data = open_data(control)
            control.ask(line, *STARTED)
            control.reset()
            data.reset()
    witness.in_step()
    served(ftp, tree)


@scenario(
    points=2, clause="course: nothing is left of a session", level=MUST, after=GREETED, seconds=20,
    by_hand="ls /proc/$(pgrep -n ftp_server)/fd /proc/$(pgrep -n ftp_server)/task   # before and after some sessions",
    causes=("the thread never ends: it waits for something that the client's end does not wake",
            "the socket belongs to nobody: let the thread's own stream close it"),
)
def threads_leave_nothing_behind(ftp, tree):
    """After thirty sessions, ended in every way, the server has no thread and no descriptor more than before."""
    tree.write("file", 2 * MiB)
    served(ftp, tree)
    before = ftp.usage()
    for _ in range(10):
        served(ftp, tree)
        ftp.connect().close()
        control = binary(ftp)
        data = open_data(control)
        control.ask("RETR file", *STARTED)
        control.close()
        data.reset()
    ftp.expect_usage(before, seconds=4)


@scenario(
    points=2, clause="course: waiting costs nothing", level=MUST, after=GREETED, alone=True,
    by_hand="top -H -p $(pgrep -n ftp_server)   # with clients connected that do nothing",
    causes=("a loop polls with a timeout of 0", "a descriptor that is always ready is watched: one that has ended"),
)
def idle_sessions_use_no_cpu(ftp, tree):
    """Idle sessions, one in a stalled transfer and one that said QUIT and ended its direction: no CPU is used."""
    tree.write("big", 24 * MiB)
    for _ in range(4):
        ftp.login()
    for last in ("NOOP", "QUIT"):
        control = binary(ftp)
        open_data(control)
        control.ask("RETR big", *STARTED)
        control.send(last)
        if last == "QUIT":
            control.wire.half_close()
    control.wire.expect_silence(0.3)
    ftp.expect_idle(0.6)


@scenario(
    points=2, clause="course: EMFILE", level=MUST, after=GREETED, alone=True, seconds=20,
    by_hand="bash -c 'ulimit -n 32; exec ftp_server {port}', and 40 times nc 127.0.0.1 {port} &",
    causes=("an error of accept() ends the loop, or the server",
            "accept() fails at once and is tried again at once: a busy loop. The client stays in the line; close a "
            "descriptor kept in reserve, accept, say 421, close, and take the reserve again"),
)
def no_descriptor_left_is_survived(ftp, tree, check):
    """With 32 descriptors and 48 clients some have to go without; no CPU is burnt, and afterwards all is as before."""
    served(ftp, tree)
    ftp.restart(limits={"n": 32})
    wires = [ftp.dial() for _ in range(48)]
    wires[0].expect_bytes(b"220", "a greeting")
    ftp.expect_idle(0.6, share=0.5)
    check(ftp.process.running, expected="a server that is still there", observed=ftp.process.exit_text)
    for wire in wires:
        wire.close()
    for _ in range(50):
        with ftp.dial() as wire:
            if wire.read_until(b"\r\n").startswith(b"220"):
                break
    served(ftp, tree)


@scenario(
    points=2, clause="course: memory is bounded", level=MUST, covers=(177,), after=GREETED, alone=True, seconds=20,
    by_hand="yes NOOP | nc -C 127.0.0.1 {port} | sleep 60   # and watch the server's memory",
    causes=("lines that come in a transfer are kept without a limit: stop reading at some number, and TCP stops the "
            "client", "replies are gathered in memory while the client does not read"),
)
def endless_commands_take_no_memory(ftp, tree, check):
    """Commands without end, while a transfer stands still or the replies are not read: the memory stays as it is."""
    tree.write("big", 24 * MiB)
    served(ftp, tree)
    before = ftp.process.memory_bytes()
    control = binary(ftp)
    open_data(control)
    control.ask("RETR big", *STARTED)
    control.wire.send_until_stuck(b"NOOP\r\n" * 5000)
    other = ftp.login()
    other.wire.send_until_stuck(b"NOOP\r\n" * 5000)
    grown = ftp.process.memory_bytes() - before
    check(grown < 24 * MiB, expected="less than 24 MiB more memory", observed=f"{grown / MiB:.1f} MiB more")
    served(ftp, tree)


@scenario(
    points=2, clause="course: locks", level=MUST, after=("many_transfers_at_once",), seconds=20,
    by_hand="for i in $(seq 32); do (curl -s ftp://127.0.0.1:{port}/ -Q NOOP) & done; wait",
    causes=("what several threads write is not protected by one lock: limits, counters, a list of sessions",
            "threads are joined or removed from a list by themselves: a deadlock, or a list that breaks"),
)
def sessions_come_and_go_in_parallel(ftp, check):
    """Eight threads of the grader open and end sessions as fast as they can; all of them are served."""
    failures: list[str] = []

    def visit() -> None:
        try:
            for _ in range(12):
                with ftp.connect() as control:
                    control.login()
                    control.ask("PWD", 257)
                    control.quit()
        except Exception as error:  # noqa: BLE001: it is told to the main thread
            failures.append(str(error))

    visitors = [threading.Thread(target=visit) for _ in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    check(not failures, expected="96 sessions without a failure", observed=failures[0] if failures else "")
