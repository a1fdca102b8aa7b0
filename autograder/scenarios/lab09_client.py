"""Lab 9, the client: what broke goes on where it stopped."""

from __future__ import annotations

import os

from autograder.scenario import COURSE, MUST, SHOULD, Weather, scenario
from autograder.scenarios.extended_peer import PLAIN_FEATURES, Server, serve, verbs
from autograder.workspace import KiB

CLIENT = "ftp_client"
BY_HAND = "head -c 5 f > part; ftp_client --verbose -e 'reget f part' 127.0.0.1 2121"
PUT_BY_HAND = "ftp_client --verbose -e 'reput f' 127.0.0.1 2121   # where f is there in part"


@scenario(
    points=3, clause="RFC 3659 5.3", level=MUST, program=CLIENT, carries=True, covers=(193,), by_hand=BY_HAND,
    weather=(Weather.PLAIN, Weather.SHORT_IO),
    causes=("REST is sent before PASV or TYPE: it has to be the last word before RETR",
            "the local file is opened anew: what was there is lost, or what comes is written over it",
            "the offset is the size of the remote file, not that of the local one"),
)
def reget_continues(client, peer, workdir, rng, check):
    """reget fetches what the local file lacks: REST with its size right before RETR; a missing file comes whole."""
    content = rng.bytes(200 * KiB)
    workdir.write("f", content[:70_001])
    shell = client.start_at(peer, "reget f", "reget f new", "quit")
    session = serve(peer, Server({"f": content}))
    shell.finish().expect_status(0)
    workdir.expect("f", content)
    workdir.expect("new", content)
    check.equal(verbs(session, "REST", "RETR"), ["REST 70001", "RETR f", "RETR f"], "REST and RETR as they were sent")
    heard = [command.verb for command in session.heard]
    check.equal(heard[heard.index("REST") + 1], "RETR", "the command behind REST")


@scenario(
    points=1, clause="RFC 3659 3, 5", level=SHOULD, program=CLIENT, carries=True, covers=(193,),
    after=("reget_continues",), by_hand=BY_HAND,
    causes=("SIZE is not asked for: behind the end of the remote file there is nothing to fetch",
            "MDTM is not asked for: half of the old file and half of the new one make no file at all"),
)
def reget_looks_before_it_continues(client, peer, workdir, check):
    """A remote file that shrank or changed: one line, the local file stays; a whole one: nothing is fetched."""
    workdir.write("shrunk", b"0123456789")
    workdir.write("whole", b"same size")
    workdir.write("changed", b"old ha")
    os.utime(workdir.path("changed"), (1_600_000_000, 1_600_000_000))
    shell = client.start_at(peer, "reget shrunk", "reget changed", "reget whole", "quit")
    server = Server({"shrunk": b"012", "whole": b"same size", "changed": b"new and longer"},
                    times={"changed": "20240101000000"})
    session = serve(peer, server)
    done = shell.finish().expect_status(1)
    check.equal(len(done.errors.strip().splitlines()), 2, "the lines of errors: one for shrunk, one for changed")
    check.equal(verbs(session, "RETR"), [], "the files that were fetched")
    workdir.expect("shrunk", b"0123456789")
    workdir.expect("whole", b"same size")
    workdir.expect("changed", b"old ha")


@scenario(
    points=2, clause="RFC 3659 4, 5", level=MUST, program=CLIENT, carries=True, covers=(193,),
    after=("reget_continues",), by_hand=BY_HAND + "   # with a server that answers REST 502",
    causes=("after REST was refused RETR is sent all the same: the whole file comes behind the half",
            "the answer to REST is not looked at", "the bytes that come are not counted against SIZE"),
)
def reget_loses_nothing_where_the_server_cannot(client, peer, workdir, check):
    """No SIZE, no REST, or a REST that is answered 350 and forgotten: one line each, and the local file as it was."""
    for features, what in ((("REST STREAM",), "SIZE"), (("SIZE",), "REST")):
        workdir.write("f", b"01234")
        shell = client.start_at(peer, "reget f", "quit")
        serve(peer, Server({"f": b"0123456789"}, features=features))
        done = shell.finish().expect_status(1).expect_error()
        check.equal(len(done.errors.strip().splitlines()), 1, f"the lines of errors without {what}")
        workdir.expect("f", b"01234")
    shell = client.start_at(peer, "reget f", "quit")
    with peer.session() as session:
        session.greet()
        session.accept_login()
        session.chatter |= {"FEAT": "211-F\r\n SIZE\r\n REST STREAM\r\n211 End", "SIZE": "213 10", "REST": "350 Sure."}
        session.serve_retr(b"0123456789")
        session.expect_end()
    shell.finish().expect_status(1).expect_error()
    workdir.expect("f", b"01234")


@scenario(
    points=2, clause="RFC 959 5.4", level=MUST, program=CLIENT, carries=True, covers=(192, 193),
    after=("reget_continues",), by_hand=BY_HAND + "   # and kill the server in the middle",
    causes=("what came is thrown away because the transfer failed: then the next reget begins where this one did",),
)
def reget_keeps_what_came(client, peer, workdir, rng, check):
    """A reget that breaks keeps what came, fails, and the next one goes on from there."""
    content = rng.bytes(100_000)
    workdir.write("f", content[:10_000])
    server = Server({"f": content}, breaks=[30_000], hangs_up=False)
    shell = client.start_at(peer, "reget f", "quit")
    serve(peer, server)
    shell.finish().expect_status(1).expect_error()
    workdir.expect("f", content[:40_000])
    shell = client.start_at(peer, "reget f", "quit")
    session = serve(peer, server)
    shell.finish().expect_status(0)
    check.equal(verbs(session, "REST"), ["REST 40000"], "the second REST")
    workdir.expect("f", content)


@scenario(
    points=2, clause="RFC 3659 5.3", level=MUST, program=CLIENT, carries=True, covers=(193,), by_hand=PUT_BY_HAND,
    weather=(Weather.PLAIN, Weather.SHORT_IO),
    causes=("all of the file is sent behind REST: what is there already has to be passed over first",
            "APPE behind REST, or STOR without it: the remote file is cut, or has a part twice",
            "a remote file that is larger is overwritten"),
)
def reput_continues(client, peer, workdir, rng, check):
    """reput sends only what the remote file lacks: SIZE, REST, STOR; one that is larger or whole is left alone."""
    content = workdir.write("f", rng.bytes(150_000))
    larger = content + b"and more"
    files = {"f": content[:60_000], "larger": larger, "same": content}
    shell = client.start_at(peer, "reput f", "reput f new", "reput f larger", "reput f same", "quit")
    session = serve(peer, Server(files))
    done = shell.finish().expect_status(1)
    check.equal(len(done.errors.strip().splitlines()), 1, "the lines of errors: one, for the larger file")
    check.equal(verbs(session, "REST", "STOR"), ["REST 60000", "STOR f", "STOR new"], "REST and STOR as they were sent")
    for name, wanted in (("f", content), ("new", content), ("larger", larger), ("same", content)):
        check.equal(files[name], wanted, f"the remote file {name}")


@scenario(
    points=2, clause="course: --retries", level=COURSE, program=CLIENT, carries=True, covers=(189, 193),
    by_hand="ftp_client --retries 3 -e 'cd sub; get big' 127.0.0.1 2121   # and restart the server in the middle",
    causes=("the new connection is not logged in, or stands in another directory than the old one",
            "the transfer begins again, or its parts are put together wrongly",
            "only the data connection is made anew, and not the control connection"),
)
def a_get_survives_a_broken_connection(client, peer, workdir, rng, check):
    """--retries: both connections break twice; the client logs in anew, goes back to its directory, and continues."""
    content = rng.bytes(100_000)
    server = Server({"sub/": b"", "sub/f": content}, breaks=[30_000, 20_000])
    host, port = peer.address
    shell = client.start("--retries", "3", f"ftp://bob:secret@{host}:{port}", "-e", "cd sub; get f")
    sessions = [serve(peer, server) for _ in range(3)]
    shell.finish().expect_status(0)
    workdir.expect("f", content)
    workdir.expect_names("f")
    for session, offset in zip(sessions[1:], (30_000, 50_000)):
        check.equal(verbs(session, "USER", "PASS"), ["USER bob", "PASS secret"], "the login on the new connection")
        check.equal(verbs(session, "CWD", "REST", "RETR"), ["CWD /sub", f"REST {offset}", "RETR f"],
                    "what follows on the new connection")


@scenario(
    points=2, clause="course: --retries", level=COURSE, program=CLIENT, carries=True, covers=(192,),
    after=("a_get_survives_a_broken_connection",), by_hand="ftp_client --retries 1 -e 'get f' 127.0.0.1 2121",
    causes=("it is tried for ever", "a refusal (550) is tried again", "the part that came stays under the file's name",
            "without --retries it is tried again"),
)
def retries_are_bounded(client, peer, workdir, rng, check):
    """After the last try it is an error, and the old file stays; a refusal is final; --retries is off by default."""
    content = rng.bytes(50_000)
    workdir.write("f", b"old and dear")
    shell = client.start_at(peer, "get f", "get missing", "quit", args=("--retries", "1"))
    server = Server({"f": content}, breaks=[10_000, 10_000], hangs_up=False)
    session = serve(peer, server)
    shell.finish().expect_status(1).expect_error()
    check.equal(verbs(session, "RETR"), ["RETR f", "RETR f", "RETR missing"], "the tries")
    shell = client.start_at(peer, "get f", "quit")
    session = serve(peer, Server({"f": content}, breaks=[10_000], hangs_up=False))
    shell.finish().expect_status(1).expect_error()
    check.equal(verbs(session, "RETR"), ["RETR f"], "the tries without --retries")
    workdir.expect("f", b"old and dear")
    workdir.expect_names("f")


@scenario(
    points=1, clause="course: --retries", level=MUST, program=CLIENT, carries=True, covers=(193,),
    after=("a_get_survives_a_broken_connection",), by_hand="ftp_client --retries 1 -e 'put f' 127.0.0.1 2121",
    causes=("what the server has under that name is an older file, and is taken for the beginning of this one",
            "nothing is continued: the whole file travels again"),
)
def a_put_is_continued_only_where_it_is_its_own(client, peer, workdir, rng, check):
    """--retries: a put goes on where it broke if nothing had that name before; over an old file it begins again."""
    content = workdir.write("f", rng.bytes(60_000))
    files = {"old": rng.bytes(80_000)}
    for name, offsets in (("new", ["REST 500"]), ("old", [])):
        shell = client.start_at(peer, f"put f {name}", "quit", args=("--retries", "1"))
        session = serve(peer, Server(files, features=PLAIN_FEATURES, breaks=[500], hangs_up=False))
        shell.finish().expect_status(0)
        check.equal(files[name], content, f"the remote file {name}")
        check.equal(verbs(session, "REST"), offsets, f"REST for the remote file {name}")
