"""Lab 6, get: every byte arrives, and a local file is never damaged."""

from __future__ import annotations

import re

from autograder.scenario import COURSE, MUST, SHOULD, Weather, scenario
from autograder.scenarios.client_talk import CLIENT, SERVER_AND, failed, moved, paced, settled, succeeded, talk
from autograder.wire import faults
from autograder.wire.faults import Ending, Fault
from autograder.workspace import MiB

RUNS = ("client_session_in_a_terminal",)
WORKS = ("get_fetches_every_byte",)
ALL_BYTES = bytes(range(256))

HALF = "success is told by two things: the data connection ended in order, and the final reply is 2yz"
DIRECT = "the local file is opened, and so emptied, before the transfer is complete: write beside it, then rename()"


@scenario(
    points=4, clause="RFC 959 3.4", level=MUST, program=CLIENT, carries=True, covers=(178, 192), after=RUNS,
    weather=(Weather.PLAIN, Weather.SPLIT, Weather.SHORT_IO),
    by_hand=SERVER_AND + "get hello.txt; then cmp the two files",
    causes=("one recv() is taken for the whole file", "the bytes are treated as text or as a C string",
            "a short write() to the local file loses the rest", "a file of no bytes at all is a file too"),
)
def get_fetches_every_byte(client, peer, workdir, rng):
    """get stores a file byte for byte: empty, all 256 values, 200,000 bytes; and says how many bytes came."""
    contents = {"empty": b"", "all.bin": ALL_BYTES * 3 + b"\r\n\n\r\xff", "big.bin": rng.bytes(200_000)}
    with talk(client, peer, *paced(*(f"get {name}" for name in contents))) as (session, shell):
        for name, content in contents.items():
            session.serve_retr(content)
            with settled(session):
                workdir.expect(name, content)
    done = succeeded(shell)
    for name, content in contents.items():
        done.expect_output(moved(name, len(content)))
    workdir.expect_names(*contents)


@scenario(
    points=2, clause="course: byte counts are counted", level=COURSE, program=CLIENT, carries=True, after=WORKS,
    by_hand=SERVER_AND + "get a file of several MiB",
    causes=("the number is copied from the server's 150", "only the last piece is counted", "characters are counted"),
)
def get_counts_the_bytes_that_came(client, peer, workdir, rng):
    """The number shown is that of the bytes received, whatever the server announces in its 150."""
    lies = (Fault("a false size", preliminary=b"150 Opening BINARY mode connection for a (99 bytes).\r\n"),
            faults.PLAIN, faults.LONG_PRELIMINARY)
    contents = (rng.bytes(200_001), "schöne Grüße, 世界\n".encode(), b"\xff" * 70_000)
    with talk(client, peer, "get a", "get b", "get c") as (session, shell):
        for content, lie in zip(contents, lies):
            session.serve_retr(content, lie)
    done = succeeded(shell)
    for name, content in zip("abc", contents):
        done.expect_output(moved(name, len(content)))
        workdir.expect(name, content)


@scenario(
    points=4, clause="RFC 959 5.4", level=MUST, program=CLIENT, carries=True, covers=(188, 192), after=WORKS,
    by_hand=SERVER_AND + "get nothing; then ls -la, on this side",
    causes=(DIRECT, "an empty file is created before the server's reply is there",
            "after the 550 the client waits for the end of the data connection"),
)
def get_that_is_refused_leaves_no_file(client, peer, workdir):
    """550 (or 425 after the 150): no local file appears, an old one stays as it is, the next get works."""
    workdir.write("old", b"old and dear")
    with talk(client, peer, *paced("get nothing", "get old", "get new"), "get fine") as (session, shell):
        for fault in (faults.REFUSED_550, faults.REFUSED_550, faults.REFUSED_425):
            session.serve_retr(b"", fault)
            with settled(session):
                workdir.expect_names("old")
                workdir.expect("old", b"old and dear")
        session.serve_retr(b"fine")
    failed(shell, "No such file").expect_error("open data connection").expect_output(moved("fine", 4))
    workdir.expect("fine", b"fine")


@scenario(
    points=4, clause="RFC 959 5.4", level=MUST, program=CLIENT, carries=True, covers=(189, 192), after=WORKS,
    by_hand="kill the server, or its session, in the middle of a long get",
    causes=(HALF, "the final reply is read but its code is not looked at", DIRECT),
)
def get_that_breaks_off_is_a_failure(client, peer, workdir, rng, check):
    """Half the data, or even all of them, and 426 or 451: an error, status 1, and the old local file stays whole."""
    breaks = {"half-then-426": faults.CUT_426, "half-then-451": faults.CUT_451, "all-then-451": faults.WHOLE_451,
              "reset-then-426": faults.RESET_426}
    old = ("half-then-426", "all-then-451")
    for name in old:
        workdir.write(name, b"old and dear")
    with talk(client, peer, *paced(*(f"get {name}" for name in breaks)), "get after") as (session, shell):
        for name, fault in breaks.items():
            session.serve_retr(rng.bytes(100_000), fault)
            with settled(session):
                workdir.expect_names(*old)
                for kept in old:
                    workdir.expect(kept, b"old and dear")
        session.serve_retr(b"after")
    done = failed(shell).expect_output(moved("after", 5))
    told = [name for name in breaks if re.search(moved(name, 50_000) + "|" + moved(name, 100_000), done.output)]
    check.equal(told, [], "transfers that were told as done and were not")


@scenario(
    points=2, clause="RFC 959 5.4", level=MUST, program=CLIENT, carries=True, covers=(192,), after=WORKS,
    by_hand="no ordinary server does this: a router on the way can",
    causes=("recv() that fails is taken for the end of the file: -1 is an error, 0 is the end", HALF),
)
def get_with_a_reset_data_connection_is_a_failure(client, peer, workdir, rng):
    """The data connection is reset in the middle, and yet the server says 226: the file is not complete."""
    with talk(client, peer, "get a", "get after") as (session, shell):
        session.serve_retr(rng.bytes(100_000), faults.RESET_226)
        session.serve_retr(b"after")
    failed(shell)
    workdir.expect_names("after")


@scenario(
    points=2, clause="RFC 959 5.4", level=MUST, program=CLIENT, carries=True, covers=(189, 192), after=WORKS,
    by_hand="kill -9 the server in the middle of a long get",
    causes=("an end of the data connection alone is taken for success", "the closed control connection is not noticed",
            "the next command is sent to a connection that is closed: SIGPIPE ends the program"),
)
def get_from_a_server_that_vanishes_is_a_failure(client, peer, workdir, rng):
    """Both connections end in the middle: an error, no file, and the commands that follow fail one by one."""
    workdir.write("a", b"old and dear")
    shell = client.start_at(peer, "get a", "get b", "pwd", "quit")
    with peer.session() as session:
        session.greet()
        session.accept_login()
        session.serve_retr(rng.bytes(100_000), faults.VANISHES)
    failed(shell)
    workdir.expect("a", b"old and dear")
    workdir.expect_names("a")


@scenario(
    points=2, clause="course: get replaces a file", level=COURSE, program=CLIENT, carries=True, after=WORKS,
    by_hand=SERVER_AND + "get a long file, then a short one under the same name",
    causes=("the file is opened without O_TRUNC: the old tail stays behind the new content",),
)
def get_replaces_a_longer_file(client, peer, workdir, check):
    """A get over an existing file leaves exactly the new content, and the file's permissions as they were."""
    workdir.write("a", 5000, mode=0o640)
    with talk(client, peer, "get a") as (session, shell):
        session.serve_retr(b"short")
    succeeded(shell)
    workdir.expect("a", b"short")
    check.equal(oct(workdir.mode("a")), oct(0o640), "the file's permissions")


@scenario(
    points=4, clause="RFC 959 5.4; RFC 1123 4.1.2.11", level=MUST, program=CLIENT, carries=True, covers=(178, 189),
    after=WORKS,
    weather=(Weather.PLAIN, Weather.DRIP, Weather.COALESCED),
    by_hand="nc -l -p 2121 as the server: 150 and 226 in one go",
    causes=("150 and 226 come with one recv(), and the second is thrown away: then the client waits for ever",
            "226 ends the download, though the data are not all read", "only 150 and 226 are taken, not 125 and 250",
            "the 150 may have several lines"),
)
def get_takes_the_final_reply_whenever_it_comes(client, peer, workdir, rng):
    """226 together with 150, before the data's end, or after it; 125 for 150; 250 for 226: all are good."""
    ways = {"226-with-150": faults.COALESCED_150_226, "226-before-the-end": faults.FINAL_BEFORE_END,
            "125": faults.ANSWERS_125, "250": faults.ANSWERS_250, "150-of-three-lines": faults.LONG_PRELIMINARY}
    content = rng.bytes(30_000)
    with talk(client, peer, *paced(*(f"get {name}" for name in ways))) as (session, shell):
        for name, way in ways.items():
            session.serve_retr(content, way)
            with settled(session):
                workdir.expect(name, content)
    succeeded(shell)


@scenario(
    points=2, clause="RFC 959 5.4", level=SHOULD, program=CLIENT, carries=True, covers=(189,), after=WORKS,
    by_hand="nc -l as the server: 150, then 451, and leave the data connection open",
    causes=("while it waits for data the client does not look at the control connection: poll() both",),
)
def get_ends_when_the_server_gives_up(client, peer, workdir, rng):
    """451 in the middle, while the data connection stays open: the client gives up at once and stays in step."""
    gives_up = Fault("half the data, 451, and no end of the data", share=0.5, ending=Ending.STALL,
                     final=b"451 The disk is broken.\r\n")
    with talk(client, peer, "get a", "get after") as (session, shell):
        session.serve_retr(rng.bytes(32 * MiB), gives_up)  # too much for the buffers: the client is at it by then
        session.serve_retr(b"after")
    failed(shell, "disk is broken")
    workdir.expect_names("after")


@scenario(
    points=2, clause="course: --timeout", level=COURSE, program=CLIENT, carries=True, covers=(189, 192), after=WORKS,
    by_hand="ftp_client --timeout 2 at a server that is stopped (kill -STOP) in the middle",
    causes=("read() waits for ever: every wait has a deadline", DIRECT),
)
def get_that_stands_still_is_given_up(client, peer, workdir, rng):
    """--timeout 1: a data connection on which nothing moves is an error, and leaves no file."""
    shell = client.start_at(peer, "get a", "quit", args=("--timeout", "1"))
    with peer.session() as session:
        session.greet()
        session.accept_login()
        session.serve_retr(rng.bytes(100_000), faults.STALLS)
        failed(shell)
    workdir.expect_names()


@scenario(
    points=3, clause="course: no name leads astray", level=COURSE, program=CLIENT, carries=True, covers=(190,),
    after=WORKS,
    by_hand=SERVER_AND + "get sub/inner.txt; get ../x; get '|id'",
    causes=("the remote path is used as the local one: what stands behind its last slash is",
            "`..` and `.` are directories, a control byte can harm a terminal, old clients ran what follows a |"),
)
def get_keeps_files_where_it_is(client, peer, workdir, check):
    """get a/b stores b here; names that could do harm are refused and nothing is sent, unless a local one is given."""
    evil = ("get ..", "get sub/..", "get .", "get sub/", "get \"|touch pwned\"", "get 'bell\x07'", "get sub/\x1b[2J")
    lines = ("get sub/inner.txt", "get /abs/olute", "get ../up", *evil, "get '|touch pwned' safe",
             "get a/.. 'two words'")
    with talk(client, peer, *lines) as (session, shell):
        for wanted in ("sub/inner.txt", "/abs/olute", "../up", "|touch pwned", "a/.."):
            check.equal(session.serve_retr(b"content"), wanted, "the name in RETR")
    done = failed(shell)
    check.equal(len(done.errors.splitlines()), len(evil), "the number of errors")
    workdir.expect_names("inner.txt", "olute", "safe", "two words", "up")


@scenario(
    points=1, clause="course: the local side comes first", level=COURSE, program=CLIENT, carries=True, covers=(189,),
    after=WORKS,
    by_hand=SERVER_AND + "get hello.txt /nowhere/x",
    causes=("the local file is opened when the data are on their way already",
            "the error is not noticed, and a get that kept nothing is called a success"),
)
def get_into_nowhere_asks_for_nothing(client, peer, workdir, check):
    """Where the local file cannot be written the error comes first: no RETR is sent, and the session goes on."""
    workdir.mkdir("folder")
    with talk(client, peer, "get a nowhere/a", "get a folder", "get b") as (session, shell):
        check.equal(session.serve_retr(b"content"), "b", "the name in the first RETR")
    failed(shell, "nowhere")
    workdir.expect_names("b", "folder")
