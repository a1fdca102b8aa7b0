"""Lab 7, active data connections: PORT, who connects to whom, and to whom a server does not connect."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from autograder.scenario import COURSE, MUST, Weather, scenario
from autograder.scenarios.lab04_files import typed
from autograder.wire.control import Control
from autograder.wire.server import DataListener
from autograder.workspace import KiB

PORT = "RFC 959 3.2, 4.1.2, 5.4"
OPENING = (150, 125)
DONE = (226, 250)
LISTENING = ("nc -l 127.0.0.1 2000 >got & (printf 'USER anonymous\\r\\nPASS x\\r\\nTYPE I\\r\\n"
             "PORT 127,0,0,1,7,208\\r\\nRETR f\\r\\n'; sleep 1) | nc 127.0.0.1 {port}")


@contextmanager
def listening(control: Control, host: str = "127.0.0.1") -> Iterator[DataListener]:
    """A port of the grader's on which the server's data connection is awaited."""
    listener = DataListener(control.conditions, host=host)
    try:
        yield listener
    finally:
        listener.close()


def announce(control: Control, listener: DataListener) -> None:
    """PORT with the address of the listener."""
    control.ask(f"PORT {listener.six_numbers}", 200)


def download(control: Control, listener: DataListener, name: str, content: bytes) -> None:
    """RETR over a data connection that the server makes."""
    control.ask(f"RETR {name}", *OPENING)
    with listener.accept() as data:
        data.expect(content, name)
    control.expect(*DONE)


def binary(ftp) -> Control:
    """A session that is logged in and has said TYPE I."""
    control = ftp.login()
    control.ask("TYPE I", 200)
    return control


@scenario(
    points=3, clause=PORT, level=MUST, carries=True, covers=(50, 52, 53), by_hand=LISTENING,
    weather=(Weather.PLAIN, Weather.SPLIT, Weather.SHORT_IO),
    causes=("after PORT it is the server that calls connect(); a server that listens and waits here waits for ever",
            "the port is p1 * 256 + p2, and htons() wants it in the sockaddr",
            "150 comes before the connection is made, 226 after it is closed"),
)
def the_server_connects_after_port(ftp, tree):
    """PORT: 200; then RETR makes the server connect there, send the file, close, and say 226."""
    content = tree.write("f", 300 * KiB)
    control = binary(ftp)
    for _ in range(3):
        with listening(control) as listener:
            announce(control, listener)
            download(control, listener, "f", content)
    control.in_step()


@scenario(
    points=2, clause=PORT, level=MUST, carries=True, covers=(50,), after=("the_server_connects_after_port",),
    by_hand=LISTENING,
    causes=("the connection is made in PORT's handler: PORT only notes the address",
            "a transfer command that is refused (550) connects all the same, and somebody waits for its end"),
)
def port_connects_only_for_a_transfer(ftp, tree):
    """Neither PORT itself nor a command that is no transfer makes a connection, nor does a RETR that is refused."""
    content = tree.write("f", b"content")
    control = binary(ftp)
    with listening(control) as listener:
        announce(control, listener)
        control.ask("NOOP", 200)
        control.ask("RETR nope", 550, 450)
        listener.expect_nobody()
        announce(control, listener)
        download(control, listener, "f", content)
    control.in_step()


@scenario(
    points=2, clause="RFC 959 3.2, 5.2", level=COURSE, carries=True, covers=(48, 49),
    after=("the_server_connects_after_port",), by_hand=typed("RETR f"),
    causes=("the address of the last PORT is kept for ever: each data connection is agreed on anew",
            "without PORT or PASV the answer is 425, with no connection attempted"),
)
def port_serves_one_transfer(ftp, tree):
    """A transfer for which nothing was agreed on is 425: the first in a session, and the second behind one PORT."""
    content = tree.write("f", b"content")
    control = binary(ftp)
    control.final("RETR f", 425)
    with listening(control) as listener:
        announce(control, listener)
        download(control, listener, "f", content)
        control.final("RETR f", 425)
        listener.expect_nobody()
    control.in_step()


@scenario(
    points=2, clause=PORT, level=MUST, carries=True, covers=(50, 53, 113), after=("the_server_connects_after_port",),
    by_hand=LISTENING.replace("RETR f", "LIST"),
    causes=("only RETR looks at what PORT has left: the choice belongs to the session, not to one command",),
)
def uploads_and_lists_travel_actively_too(ftp, tree, rng, check):
    """STOR, APPE, NLST and LIST go over a connection that the server makes, like RETR."""
    content = rng.bytes(100 * KiB)
    control = binary(ftp)
    for line, sent in (("STOR new", content), ("APPE new", b"more")):
        with listening(control) as listener:
            announce(control, listener)
            control.ask(line, *OPENING)
            with listener.accept() as data:
                data.send(sent)
            control.expect(*DONE)
    tree.expect("new", content + b"more")
    for line in ("NLST", "LIST"):
        with listening(control) as listener:
            announce(control, listener)
            control.ask(line, *OPENING)
            with listener.accept() as data:
                lines = data.read_lines()
            control.expect(*DONE)
        check(len(lines) == 1 and lines[0].endswith(b"new"), expected=f"{line} to show the one file, new",
              observed=f"{lines}")


@scenario(
    points=3, clause=PORT, level=MUST, carries=True, covers=(50,), by_hand=typed("PORT 127,0,0,1,300,1", "PORT 1,2"),
    causes=("the result of sscanf() or of the parser is not looked at",
            "numbers over 255, signs, blanks and a seventh number pass: six numbers of one byte each, and nothing else",
            "a second reply follows the 501: return after an error"),
)
def port_refuses_what_is_no_address(ftp, tree, check):
    """Anything but six numbers from 0 to 255 is 501, once, and the session goes on to PASV as if nothing had been."""
    content = tree.write("f", b"content")
    control = binary(ftp)
    for argument in ("127,0,0,1,4", "127,0,0,1,4,1,1", "127,0,0,1,4,256", "256,0,0,1,200,1", "127,0,0,1,-1,1",
                     "127,0,0,1,200,", ",127,0,0,1,200,1", "127.0.0.1.200.1", "a,b,c,d,e,f", "127,0,0,1,200,1x",
                     "127,0,0,1,99999999999999999999,1", ","):
        control.ask(f"PORT {argument}", 501, 500)
    control.ask("PORT", 501, 500)
    control.in_step()
    control.final("RETR f", 425)
    check.equal(control.retrieve("f"), content, "the file over PASV")


@scenario(
    points=2, clause="RFC 959 3.2", level=MUST, carries=True, covers=(51, 58),
    after=("the_server_connects_after_port",), by_hand=typed("PASV", "PORT 127,0,0,1,200,1", "RETR f"),
    causes=("PORT and PASV keep their state in two places, and one of them always wins: there is one choice, the last",
            "PORT does not close the listener that PASV opened"),
)
def the_last_of_port_and_pasv_holds(ftp, tree, check):
    """PASV then PORT: the server connects, and the passive port is closed. PORT then PASV: it listens."""
    content = tree.write("f", b"content")
    control = binary(ftp)
    _, port = control.passive_port()
    with listening(control) as listener:
        announce(control, listener)
        check(port not in (ftp.process.listening_ports() or ()),
              expected=f"the passive port {port} to be closed after PORT", observed="the server still listens there")
        download(control, listener, "f", content)
        announce(control, listener)
        check.equal(control.retrieve("f"), content, "the file over PASV")
        listener.expect_nobody()
        control.passive_port()
        announce(control, listener)
        download(control, listener, "f", content)
