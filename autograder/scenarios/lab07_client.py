"""Lab 7, the client: it listens itself, asks with EPSV, and converts text."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, SHOULD, Weather, scenario
from autograder.scenarios.lab07_extended import want_ipv6
from autograder.wire.data import DataPeer
from autograder.wire.ftp_script import FtpScript
from autograder.wire.server import DataListener
from autograder.wire.transcript import Divergence
from autograder.workspace import KiB

CLIENT = "ftp_client"
ACTIVE = ("--active",)
BY_HAND = "ftp_client --active --verbose -e 'get x' 127.0.0.1 2121"


def begin(session: FtpScript) -> None:
    """Greets, and lets the client log in."""
    session.greet()
    session.accept_login()


def verbs(session: FtpScript, *which: str) -> list[str]:
    """Those of the commands heard that are among these, in their order."""
    return [command.verb for command in session.heard if command.verb in which]


def extended(session: FtpScript, reply: str) -> None:
    """Waits for EPSV and answers it; {port} in the reply is that of a new listener."""
    session.expect_command("EPSV")
    session.listener = DataListener(session.conditions)
    session.reply(reply.replace("{port}", str(session.listener.port)))


def call_as_a_stranger(session: FtpScript) -> None:
    """Connects to where the client listens, from another host than the server's, and is hung up on."""
    told = [command.address for command in session.heard if command.verb == "PORT"]
    if not told:
        raise Divergence("PORT before the transfer", ", ".join(command.verb for command in session.heard))
    how = {"channel": "stranger", "source": "127.0.0.9", "peer": "the client"}
    with DataPeer.connect(told[0], session.conditions, **how) as stranger:
        stranger.try_send(b"forged")
        stranger.expect_gone()


@scenario(
    points=3, clause="RFC 959 3.2, 4.1.2", level=MUST, program=CLIENT, carries=True, covers=(181,), by_hand=BY_HAND,
    weather=(Weather.PLAIN, Weather.SPLIT),
    causes=("with --active it is the client that listens and the server that connects; PORT tells where",
            "the six numbers are those of a port that does not listen yet, or of another host"),
)
def the_client_listens_in_active_mode(client, peer, workdir, rng, check):
    """`--active`: PORT before each transfer with a port that listens, no PASV; get, put and ls work over it."""
    content, sent = rng.bytes(100 * KiB), workdir.write("y", 100 * KiB)
    shell = client.start_at(peer, "get x", "put y", "ls", "quit", args=ACTIVE)
    with peer.session() as session:
        begin(session)
        session.serve_retr(content)
        check.equal(session.serve_stor()[1], sent, "the bytes that came for STOR")
        session.serve_list("one", "two")
        session.expect_end()
        check.equal(verbs(session, "PORT", "EPRT", "PASV", "EPSV"), ["PORT"] * 3, "the commands for data connections")
    shell.finish().expect_status(0).expect_output("two")
    workdir.expect("x", content)


@scenario(
    points=2, clause="RFC 2577 3", level=COURSE, program=CLIENT, carries=True, covers=(183,), by_hand=BY_HAND,
    after=("the_client_listens_in_active_mode",),
    causes=("whoever connects first is taken for the server: compare the peer's address with the server's",),
)
def the_client_hangs_up_on_strangers(client, peer, workdir):
    """A data connection from another host than the server's is closed, and the server's is waited for."""
    shell = client.start_at(peer, "get x", "quit", args=ACTIVE)
    with peer.session() as session:
        begin(session)
        session.expect_command("RETR")
        session.reply("150 Here it comes.")
        call_as_a_stranger(session)
        data = session.open_data()
        data.send(b"genuine")
        data.close()
        session.reply("226 Done.")
        session.expect_end()
    shell.finish().expect_status(0)
    workdir.expect("x", b"genuine")


@scenario(
    points=2, clause="RFC 959 5.4", level=MUST, program=CLIENT, carries=True, covers=(189, 192), by_hand=BY_HAND,
    after=("the_client_hangs_up_on_strangers",),
    causes=("accept() waits without watching the control connection: the server has given up already",
            "the reply 425 is left unread, and the next command takes it for its own"),
)
def a_server_that_cannot_connect_is_not_waited_for(client, peer, workdir):
    """150 and then 425 in active mode: get fails at once, nothing is kept, and the next get works."""
    shell = client.start_at(peer, "get x", "get y", "quit", args=ACTIVE)
    with peer.session() as session:
        begin(session)
        session.expect_command("RETR")
        session.reply("150 Here it comes.")
        call_as_a_stranger(session)  # when it is through, the client waits for nothing but the server's connection
        session.reply("425 Can't open data connection.")
        session.serve_retr(b"content")
        session.expect_end()
    shell.finish().expect_status(1).expect_error("425")
    workdir.expect_names("y")
    workdir.expect("y", b"content")


@scenario(
    points=1, clause="RFC 959 3.2", level=COURSE, program=CLIENT, carries=True, by_hand="active, get x, passive, get x",
    after=("the_client_listens_in_active_mode",),
    causes=("the commands `active` and `passive` print something and change nothing",),
)
def active_and_passive_switch(client, peer, workdir, check):
    """`active` and `passive` choose the direction for the transfers that follow."""
    shell = client.start_at(peer, "get x", "active", "get x", "passive", "get x", "quit")
    with peer.session() as session:
        begin(session)
        for _ in range(3):
            session.serve_retr(b"content")
        session.expect_end()
        check.equal(verbs(session, "PORT", "PASV"), ["PASV", "PORT", "PASV"], "the commands for data connections")
    shell.finish().expect_status(0)


@scenario(
    points=2, clause="RFC 2428 4", level=MUST, program=CLIENT, carries=True, covers=(184,),
    by_hand="ftp_client --verbose -e 'get x; get y' 127.0.0.1 2121",
    causes=("EPSV is not tried, or tried again and again with a server that does not know it",
            "any 5yz means that it does not: 500, 501, 502, 522"),
)
def epsv_comes_first_and_pasv_when_it_is_refused(client, peer, workdir, check):
    """EPSV before PASV; after a 5yz PASV, and EPSV no more in this session."""
    shell = client.start_at(peer, "get x", "get y", "quit")
    with peer.session() as session:
        begin(session)
        session.chatter["EPSV"] = "522 Network protocol not supported, use (2)"
        session.serve_retr(b"one")
        session.serve_retr(b"two")
        session.expect_end()
        said = verbs(session, "EPSV", "PASV", "PORT")
        check.equal(said, ["EPSV", "PASV", "PASV"], "the commands for data connections")
    shell.finish().expect_status(0)
    workdir.expect_names("x", "y")


@scenario(
    points=2, clause="RFC 2428 3", level=MUST, program=CLIENT, carries=True, covers=(182, 184),
    by_hand="ftp_client --verbose -e 'get x' 127.0.0.1 2121",
    causes=("the delimiter in a 229 is whatever character stands there three times",
            "the text around the brackets is counted by columns"),
)
def the_answer_to_epsv_is_read_by_its_delimiters(client, peer, workdir, check):
    """229 with any text and any delimiter: the client connects to that port of the server."""
    replies = ("229 Entering Extended Passive Mode (|||{port}|)", "229 (!!!{port}!).", "229 ok (yes) (###{port}#)")
    shell = client.start_at(peer, *(f"get f{number}" for number in range(len(replies))), "quit")
    with peer.session() as session:
        begin(session)
        for reply in replies:
            extended(session, reply)
            session.serve_retr(b"content")
        session.expect_end()
        check.equal(verbs(session, "PASV"), [], "PASV where EPSV works")
    shell.finish().expect_status(0)
    workdir.expect_names("f0", "f1", "f2")


@scenario(
    points=2, clause="RFC 959 3.1.1.1", level=MUST, program=CLIENT, carries=True, covers=(74, 75),
    by_hand="ftp_client -e 'ascii; get f; put f g' 127.0.0.1 2121",
    weather=(Weather.PLAIN, Weather.DRIP, Weather.SHORT_IO),
    causes=("TYPE A is sent and the bytes are kept as they come", "CR and LF in two reads are not one line end",
            "text grows on its way out: the buffer for what is sent has to be larger than the one that is read into"),
)
def ascii_converts_on_the_client_too(client, peer, workdir, check):
    """`ascii`: TYPE A, CR LF becomes LF in the local file of a get, and LF becomes CR LF in a put."""
    workdir.write("y", b"one\ntwo\n\n")
    shell = client.start_at(peer, "ascii", "get x", "put y", "quit")
    with peer.session() as session:
        begin(session)
        check.equal(session.expect_command("TYPE")[:1].upper(), "A", "the type that the client asks for")
        session.reply("200 Type set.")
        session.serve_retr(b"one\r\ntwo\rlone\r\n\r\nend\r")
        check.equal(session.serve_stor()[1], b"one\r\ntwo\r\n\r\n", "the bytes that came for STOR")
        session.expect_end()
    shell.finish().expect_status(0)
    workdir.expect("x", b"one\ntwo\rlone\n\nend\r")


@scenario(
    points=2, clause="RFC 959 3.1.1.3", level=MUST, program=CLIENT, carries=True, covers=(76,),
    after=("ascii_converts_on_the_client_too",), by_hand="ftp_client -e 'ascii; binary; get f' 127.0.0.1 2121",
    causes=("after `binary` TYPE I is not sent again, or text is still converted",),
)
def binary_is_the_default_and_comes_back(client, peer, workdir, rng, check):
    """Without a word, and after `binary`, it is TYPE I, and no byte changes."""
    content = bytes(range(256)) + b"\r\n\n\r\r\n" + rng.bytes(10 * KiB)
    shell = client.start_at(peer, "get a", "ascii", "get b", "binary", "get c", "quit")
    with peer.session() as session:
        begin(session)
        for sent in (content, b"one\r\n", content):
            session.serve_retr(sent)
        session.expect_end()
        types = [command.argument[:1].upper() for command in session.heard if command.verb == "TYPE"]
        check.equal(types, ["I", "A", "I"], "the types that the client asks for")
    shell.finish().expect_status(0)
    for name, kept in (("a", content), ("b", b"one\n"), ("c", content)):
        workdir.expect(name, kept)


@scenario(
    points=2, clause="RFC 959 3.2, 3.4", level=MUST, program=CLIENT, carries=True,
    after=("the_client_listens_in_active_mode",),
    by_hand="ftp_server 2121 & ftp_client --active -e 'ascii; get text; put text back' 127.0.0.1 2121",
    causes=("each half works with the grader, and the two do not agree with each other: read both transcripts",),
)
def both_programs_work_together_actively(ftp, client, tree, workdir, rng):
    """The lab's own client and server: active mode, text and binary files, both ways."""
    tree.write("text", b"one\ntwo\n")
    data = tree.write("data", 500 * KiB)
    done = client.run("--active", "-e", "ascii; get text; put text back; binary; get data; put data again",
                      ftp.host, ftp.port)
    done.expect_status(0)
    workdir.expect("text", b"one\ntwo\n")
    workdir.expect("data", data)
    tree.expect("back", b"one\ntwo\n")
    tree.expect("again", data)


@scenario(
    points=1, clause="RFC 2428 2, 3", level=SHOULD, program=CLIENT, carries=True, covers=(184,),
    after=("both_programs_work_together_actively",),
    by_hand="ftp_server 2121 --bind ::1 & ftp_client --active -e 'get f' ::1 2121",
    causes=("over IPv6 it is EPSV, or EPRT in active mode: PASV and PORT have no room for the address",),
)
def the_client_speaks_ipv6(ftp, client, tree, workdir):
    """Over IPv6 get works in both directions."""
    want_ipv6()
    content = tree.write("f", b"content")
    server = ftp.start_another("--bind", "::1")
    client.run("-e", "get f a", "::1", server.port).expect_status(0)
    client.run("--active", "-e", "get f b", "::1", server.port).expect_status(0)
    workdir.expect("a", content)
    workdir.expect("b", content)
