"""What the scenarios of the client share: a session that is scripted up to the point where it becomes interesting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from autograder.programs import Completed, Program, Running
from autograder.wire import faults
from autograder.wire.ftp_peer import FtpPeer
from autograder.wire.ftp_script import FtpScript

CLIENT = "ftp_client"
SERVER_AND = "ftp_server 2121 & ftp_client localhost 2121   # "  # for by_hand


@contextmanager
def talk(
    client: Program, peer: FtpPeer, *lines: str, args: tuple[str, ...] = (),
    greeting: bytes = faults.GREETINGS["plain"],
) -> Iterator[tuple[FtpScript, Running]]:
    """Starts the client with these lines, and `quit`, on its stdin; yields the session once it has logged in.

    At the end of the `with` the client has to say QUIT or close; `shell.finish()` then waits for its exit.
    """
    shell = client.start_at(peer, *lines, "quit", args=args)
    with peer.session() as session:
        session.greet(greeting)
        session.accept_login()
        yield session, shell
        session.expect_end()


NEXT = "cd next"


def paced(*lines: str) -> tuple[str, ...]:
    """The lines with a `cd` behind each, so that `settled` can tell when the client is done with one."""
    return tuple(part for line in lines for part in (line, NEXT))


@contextmanager
def settled(session: FtpScript) -> Iterator[None]:
    """Waits until the client is done with the line before, and holds it there: it waits for the answer to `cd`."""
    session.expect_command("CWD")
    yield
    session.reply("250 Done.")


def moved(name: str, size: int) -> str:
    """What stands below a transfer, as a regular expression: the file's name and how many bytes were moved."""
    return rf"{re.escape(name)}\b.*(?<![\d.,]){size}(?![\d.,]*\d)"


def succeeded(shell: Running) -> Completed:
    """The client ends with status 0 and has no error to tell."""
    return shell.finish().expect_status(0)


def failed(shell: Running, told: str = r"\S") -> Completed:
    """The client ends with status 1 and tells why on stderr."""
    return shell.finish().expect_status(1).expect_error(told)
