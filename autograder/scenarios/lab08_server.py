"""Lab 8, many clients at once: nobody waits for anybody else, and nobody's trouble is another's."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.server_talk import DONE, NC, STARTED, binary, open_data, served
from autograder.workspace import KiB, MiB

GREETED = ("one_idle_client_blocks_nobody",)
SERIAL = "one client is served after another: accept, and then give the session a thread of its own"


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
    causes=("the acceptor itself reads the first line", "a client has to be logged in before the next is accepted",
            "a fixed number of threads: silent clients hold all of them"),
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
