"""The line `listening on 127.0.0.1:40123`, and what to tell a student whose program does not print it."""

from __future__ import annotations

import re
from typing import Protocol

from autograder.wire.transcript import Divergence

EXPECTED = "the line `listening on 127.0.0.1:PORT` on stdout"
_LINE = re.compile(rb"listening on (\S+):(\d{1,5})")


class Speaker(Protocol):
    """What this module needs to know of a process."""

    running: bool
    exit_text: str
    unfinished: str
    stdout_bytes: bytes

    def stderr_text(self) -> str:
        """Its stderr so far."""

    def listening_ports(self) -> set[int]:
        """Where it listens."""


def read_announcement(stdout: bytes) -> int:
    """The port in the first line of `stdout`. Raises Divergence for any other line, or none."""
    line, newline, _ = stdout.partition(b"\n")
    found = _LINE.fullmatch(line.rstrip(b"\r")) if newline else None
    if found is None:
        shown = line[:200].decode(errors="backslashreplace").rstrip("\r")
        if not stdout:
            raise Divergence(EXPECTED, "nothing on stdout")
        raise Divergence(EXPECTED, f"`{shown}`" if newline else f"`{shown}` without a line end")
    port = int(found[2])
    if port == 0:
        raise Divergence(EXPECTED, "port 0: the port that was asked for, not the one that the kernel chose "
                                   "(getsockname tells it)")
    if port > 65535:
        raise Divergence(EXPECTED, f"port {port}, which no TCP socket can have")
    return port


def why_silent(process: Speaker, divergence: Divergence, waited: float) -> Divergence:
    """The same divergence with what the process did meanwhile: ended, listened elsewhere, or just ran on."""
    if process.unfinished:
        return Divergence(divergence.expected, f"not implemented yet: {process.unfinished}")
    if not process.running:
        last_words = process.stderr_text().strip().splitlines()[-1:]
        said = f"; the last line of its stderr: {last_words[0][:200]}" if last_words else "; its stderr is empty"
        before = f"{divergence.observed}, and then " if process.stdout_bytes else ""
        return Divergence(divergence.expected, f"{before}the program ended with {process.exit_text}{said}")
    ports = sorted(process.listening_ports())
    if not ports:
        where = "the program runs on and listens nowhere"
    elif process.stdout_bytes:
        where = f"the program does listen, on port {', '.join(map(str, ports))}"
    else:
        where = f"the program does listen, on port {', '.join(map(str, ports))}, but does not say so: is stdout flushed?"
    return Divergence(divergence.expected, f"{divergence.observed} within {waited:g} s; {where}")
