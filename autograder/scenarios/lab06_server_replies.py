"""Lab 6, the control connection as seen from the client: greetings, logins, odd and late replies, names."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, SHOULD, Weather, scenario
from autograder.scenarios.client_talk import CLIENT, SERVER_AND, failed, succeeded, talk
from autograder.wire import faults
from autograder.wire.server import DataListener

RUNS = ("client_session_in_a_terminal",)
WORKS = ("get_fetches_every_byte",)
NC = "nc -l -p 2121 and ftp_client localhost 2121: answer by hand. "


@scenario(
    points=3, clause="RFC 959 4.2; RFC 1123 4.1.2.11", level=MUST, program=CLIENT, carries=True, covers=(179,),
    after=RUNS,
    weather=(Weather.PLAIN, Weather.DRIP, Weather.COALESCED), by_hand=NC + "220-Hi, 220 Hi",
    causes=("a reply is one line, or one recv(): it ends with the line that has its code and a blank",
            "any line that begins with the code ends it: `220-` and `2200` do not", "120 is not 220: wait for that"),
)
def client_reads_replies_of_any_shape(client, peer, workdir):
    """Greetings of one line, of many, with digits inside, of 2,000 characters, after a 120: the session begins."""
    for name, greeting in faults.GREETINGS.items():
        with talk(client, peer, "get a", greeting=greeting) as (session, shell):
            session.serve_retr(name.encode())
        succeeded(shell)
        workdir.expect("a", name.encode())


@scenario(
    points=3, clause="RFC 1123 4.1.2.6", level=MUST, program=CLIENT, carries=True, covers=(182,), after=WORKS,
    by_hand=NC + "227 OK 127,0,0,1,8,74",
    causes=("the numbers are looked for between brackets, or in a certain column: begin at the first digit",
            "the port is high * 256 + low, in this order"),
)
def client_finds_the_port_in_any_227(client, peer, workdir):
    """227 with brackets, without, with other words, with `=`, with and without a dot: the port is found."""
    for wording in faults.PASSIVE_REPLIES.values():
        with talk(client, peer, "get a") as (session, shell):
            session.passive_template = wording
            session.serve_retr(wording.encode())
        succeeded(shell)
        workdir.expect("a", wording.encode())


@scenario(
    points=2, clause="course: data come from where replies come from", level=COURSE, program=CLIENT, carries=True,
    covers=(183,),
    after=WORKS, by_hand=NC + "227 with another address than 127,0,0,1",
    causes=("the address in the 227 is believed: a server could send this client to any other host",
            "the address is fixed in the program: it is that of the control connection's other end"),
)
def client_trusts_only_the_control_peer(client, peer, workdir):
    """The port is the 227's, the host that of the control connection; with --trust-passive-address the 227's."""
    with talk(client, peer, "get a", "get b") as (session, shell):
        for host in ("127,0,0,2", "0,0,0,0"):
            session.expect_command("PASV")
            session.listener = DataListener(session.conditions)
            port = ",".join(session.listener.six_numbers.split(",")[4:])
            session.reply(f"227 Entering Passive Mode ({host},{port}).")
            session.serve_retr(b"content")
    succeeded(shell)
    with talk(client, peer, "get c", args=("--trust-passive-address",)) as (session, shell):
        session.data_host = "127.0.0.2"
        session.serve_retr(b"content")
    succeeded(shell)
    workdir.expect_names("a", "b", "c")


@scenario(
    points=2, clause="RFC 959 5.4; RFC 1123 4.1.2.11", level=SHOULD, program=CLIENT, carries=True, covers=(178,),
    after=WORKS,
    by_hand=NC + "212, 332, 299 ... as you like",
    causes=("codes are compared whole: only the first digit decides",),
)
def client_decides_on_the_first_digit(client, peer, workdir, check):
    """Any 2yz greets, logs in and completes, any 3yz asks for more, any 1yz begins a transfer."""
    workdir.write("b", b"content of b")
    shell = client.start_at(peer, "cd d", "get a", "put b", "delete a", "quit")
    with peer.session() as session:
        session.greet(b"221 Welcome, oddly\r\n")
        session.expect_command("USER")
        session.reply("339 Go on")
        session.expect_command("PASS")
        session.reply("202 Good enough")
        session.chatter["TYPE"] = "250 Type set"
        session.expect_command("CWD")
        session.reply("299 Moved")
        session.serve_retr(b"content", faults.Fault("odd", preliminary=b"110 Soon\r\n", final=b"200 Done\r\n"))
        _, data = session.serve_stor(faults.Fault("odd", preliminary=b"199 Go on\r\n", final=b"259 Done\r\n"))
        check.equal(data, b"content of b", "what came for b")
        session.expect_command("DELE")
        session.reply("452 Not now")
        session.expect_end()
    done = failed(shell, "Not now")
    check.equal(len(done.errors.splitlines()), 1, "the number of errors")
    workdir.expect("a", b"content")


@scenario(
    points=2, clause="RFC 1123 4.1.2.5", level=MUST, program=CLIENT, carries=True, covers=(181,), after=WORKS,
    by_hand=SERVER_AND + "get a, get b, ls: and count the PASVs with --verbose",
    causes=("the data connection of the transfer before is used again: it serves one transfer only",
            "after a refused transfer the port of before is used: ask again"),
)
def client_asks_for_each_data_connection(client, peer, check):
    """Every get, put and ls is preceded by a PASV of its own, also behind one that was refused."""
    with talk(client, peer, "get a", "ls", "get b", "ls", "get a") as (session, shell):
        for fault in (faults.PLAIN, faults.PLAIN, faults.REFUSED_550, faults.PLAIN, faults.PLAIN):
            before = len(session.heard)
            session.serve_retr(b"a line\r\n", fault, ("RETR", "LIST"))
            verbs = [command.verb for command in session.heard[before:]]
            asked = [verb for verb in verbs if verb in ("PASV", "PORT")]
            check.equal(len(asked), 1, f"the number of PASV before {verbs[-1]}")
    failed(shell)


@scenario(
    points=1, clause="RFC 1123 4.1.4.4", level=MUST, program=CLIENT, carries=True, covers=(189,), after=WORKS,
    by_hand=NC + "answer one command with two replies",
    causes=("a reply that nobody asked for is taken for the answer to the next command: throw it away before that",),
)
def client_stays_in_step_with_a_server_that_says_too_much(client, peer, check):
    """Two final replies to one command: the next commands get their own answers all the same."""
    with talk(client, peer, "cd a", "pwd", "mkdir b", "pwd") as (session, shell):
        session.chatter.pop("PWD")
        for path in ("/one", "/two"):
            session.expect_command("CWD", "MKD")
            session.reply("250 Done.", "250-And once more:", "250 done.", "550 Or not.")
            session.expect_command("PWD", "XPWD")
            session.reply(f'257 "{path}"')
    done = succeeded(shell).expect_output("/one")
    done.expect_output("/two")


@scenario(
    points=2, clause="RFC 959 5.4; RFC 1123 4.1.2.11", level=MUST, program=CLIENT, carries=True,
    covers=(180, 188, 189), after=WORKS,
    by_hand="ftp_server 2121 --idle-timeout 2 & ftp_client localhost 2121; wait, then ls",
    causes=("recv() returned 0 and the client waits for a reply that can't come any more",
            "the closed connection is used again: every further command needs `not connected`, or a new `open`"),
)
def client_notices_that_the_session_has_ended(client, peer, workdir):
    """421, or nothing, and the end of the connection: it is told, further commands are errors, `open` begins anew."""
    host, port = peer.address
    again = f"open {host} {port}"
    shell = client.start_at(peer, "pwd", "pwd", "cd x", again, "pwd", "cd x", again, "get a", "quit")
    for last_words in (("421 The server sleeps now.",), ()):
        with peer.session() as session:
            session.greet()
            session.accept_login()
            session.chatter.pop("PWD")
            session.expect_command("PWD", "XPWD")
            for reply in last_words:
                session.reply(reply)
    with peer.session() as session:
        session.greet()
        session.accept_login()
        session.serve_retr(b"content")
        session.expect_end()
    failed(shell, "sleeps now")
    workdir.expect("a", b"content")


@scenario(
    points=1, clause="RFC 1123 4.1.2.12", level=MUST, program=CLIENT, carries=True, covers=(185,), after=RUNS,
    by_hand="printf '\\377\\375\\001220 Hi\\r\\n' | nc -l -p 2121 | xxd",
    causes=("Telnet options are answered with WONT: that is a server's part, a client says nothing",
            "the option's bytes are taken for part of the reply",
            "something has come: so a reply is waited for, and nothing but an option was there"),
)
def client_never_negotiates(client, peer, workdir):
    """Telnet options (IAC DO, IAC WILL) among the replies are passed over, without an answer or a wait for more."""
    greeting = b"\xff\xfd\x01220 Hello\xff\xfb\x03 there\r\n\xff\xfd\x06"
    with talk(client, peer, "get a", greeting=greeting) as (session, shell):
        session.chatter["TYPE"] = "200 Set."
        session.reply_raw(b"\xff\xfb\x01")
        session.serve_retr(b"content")
    succeeded(shell)
    workdir.expect("a", b"content")
    terminal = client.terminal(peer.address[0], peer.port)
    with peer.session() as session:
        session.greet()
        session.accept_login()
        terminal.expect("ftp> ")
        session.reply_raw(b"\xff\xfb\x01\xff\xf1")
        terminal.type("cd d")
        session.expect_command("CWD")
        session.reply("250 There.")
        terminal.expect("ftp> ")
        terminal.type("quit")
        session.expect_end()
    terminal.expect_exit(0)


@scenario(
    points=2, clause="course: no reply can break the client", level=COURSE, program=CLIENT, carries=True,
    covers=(189,), after=WORKS,
    weather=(Weather.PLAIN, Weather.SHORT_IO), by_hand=NC + "227 (255,255,255,255,255,255), 227 nothing, 5,000 letters",
    causes=("the address or the text is copied into a buffer of fixed size", "numbers over 255 are taken",
            "a 227 in which no port can be found is an error of that command only"),
)
def client_survives_odd_replies(client, peer, workdir):
    """227 without numbers, with too big ones, to a closed port; 50,000 letters: errors, and the session goes on."""
    odd = ("227 (300,1,1,1,1,1)", "227 Passive mode", "227 127,0,0,1,5", "227 (255,255,255,255,0,1)",
           "500 " + "x" * 50_000, "227 (99999999999999999999,1,1,1,1,1)", "227-A\r\n b\r\n227 c")
    with talk(client, peer, *("get a" for _ in odd), "cd d", "get b") as (session, shell):
        for reply in odd:
            session.expect_command("PASV")
            session.reply(reply)
        session.expect_command("CWD")
        session.reply(*(f"250-{number} " + "y" * 5000 for number in range(40)), "250 " + "z" * 5000)
        session.serve_retr(b"content")
    failed(shell)
    workdir.expect_names("b")
