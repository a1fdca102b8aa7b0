"""The line `listening on 127.0.0.1:40123`, and what to tell a student whose program does not print it."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from autograder.run.listeners import listeners
from autograder.wire.transcript import Divergence

if TYPE_CHECKING:
    from autograder.run.process import Process

EXPECTED = "the line `listening on 127.0.0.1:PORT` on stdout"
_LINE = re.compile(rb"listening on (\S+):(\d{1,5})")


def await_announcement(process: Process, seconds: float) -> int:
    """Waits for the line and for a socket that really listens there; returns the port. Raises Divergence."""
    deadline = time.monotonic() + seconds
    process.wait_for_output(lambda: not process.running or b"\n" in process.stdout_bytes, seconds)
    if not process.running:
        process.wait(0)  # its last output
    try:
        port = read_announcement(process.stdout_bytes)
    except Divergence as divergence:
        raise _why(process, divergence, seconds) from None
    while process.running and not _listened_on(port):
        if time.monotonic() > deadline:
            raise _why(process, Divergence(f"a socket that listens on port {port}", "none does"), seconds)
        process.wait(0.01)
    if not process.running:
        raise _why(process, Divergence("a program that goes on", "it ended"), seconds)
    return port


def _listened_on(port: int) -> bool:
    """Whether anybody listens there; where the system does not tell, the program's word has to do."""
    found = listeners()
    return found is None or any(port == other for other, _ in found)


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


def _why(process: Process, divergence: Divergence, waited: float) -> Divergence:
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
        where = (f"the program does listen, on port {', '.join(map(str, ports))}, but does not say so: "
                 "is stdout flushed?")
    return Divergence(divergence.expected, f"{divergence.observed} within {waited:g} s; {where}")
