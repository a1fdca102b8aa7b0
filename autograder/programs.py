"""Programs under test that are run: once to their end, beside a scripted peer, or on a terminal."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.run.process import Process
from autograder.wire.conditions import Conditions
from autograder.wire.server import ScriptedServer
from autograder.wire.show import describe_difference, quote
from autograder.wire.terminal import Terminal
from autograder.wire.transcript import Divergence

if TYPE_CHECKING:
    from autograder.fixtures import Context


@dataclass(frozen=True)
class Completed:
    """A program that has run to its end. `status` is minus the signal's number where a signal ended it."""

    name: str
    status: int
    exit_text: str
    stdout: bytes
    stderr: bytes

    @property
    def output(self) -> str:
        """stdout as text."""
        return self.stdout.decode("utf-8", "backslashreplace")

    @property
    def errors(self) -> str:
        """stderr as text."""
        return self.stderr.decode("utf-8", "backslashreplace")

    def expect_status(self, *wanted: int) -> Completed:
        """The exit status is one of these."""
        if self.status not in wanted:
            words = " or ".join(map(str, wanted))
            raise Divergence(f"{self.name} to end with exit status {words}",
                             f"it ended with {self.exit_text}; stderr: {quote(self.stderr[-300:], 300)}")
        return self

    def expect_stdout(self, wanted: bytes) -> Completed:
        """stdout holds exactly this."""
        difference = describe_difference(self.stdout, wanted, f"on {self.name}'s stdout")
        if difference is not None:
            raise Divergence(*difference[:2])
        return self

    def expect_output(self, pattern: str) -> Completed:
        """Something on stdout matches the regular expression."""
        return self._expect(pattern, self.output, "stdout")

    def expect_error(self, pattern: str = r"\S") -> Completed:
        """Something on stderr matches the regular expression; by default, anything."""
        return self._expect(pattern, self.errors, "stderr")

    def _expect(self, pattern: str, text: str, stream: str) -> Completed:
        if not re.search(pattern, text):
            wanted = "a message" if pattern == r"\S" else f"text that matches {pattern}"
            raise Divergence(f"{wanted} on {self.name}'s {stream}",
                             f"{stream} holds {quote(text[-300:].encode(), 300)}" if text else f"{stream} is empty")
        return self


class Running:
    """A program at work beside the scenario."""

    def __init__(self, process: Process, conditions: Conditions) -> None:
        self.process = process
        self.conditions = conditions

    def write(self, data: bytes) -> None:
        """Writes to its stdin, which must have been opened with stdin=PIPE."""
        assert self.process.stdin is not None, "start the program with stdin=PIPE"
        try:
            self.process.stdin.write(data)
        except BrokenPipeError:
            raise Divergence(f"{self.process.name} to read its stdin",
                             f"it closed it{self.conditions.died()}") from None

    def close_stdin(self) -> None:
        """Ends its stdin."""
        if self.process.stdin is not None:
            self.process.stdin.close()

    def expect_output(self, wanted: bytes, seconds: float | None = None) -> None:
        """Waits until `wanted` stands somewhere on stdout."""
        process = self.process
        self.conditions.flush()
        process.wait_for_output(lambda: wanted in process.stdout_bytes or not process.running,
                                self.conditions.patience(seconds))
        if not process.running:
            process.wait(0)  # its last output
        if wanted not in process.stdout_bytes:
            raise Divergence(f"{quote(wanted)} on {process.name}'s stdout",
                             f"stdout holds {quote(process.stdout_bytes[-300:], 300)}{self.conditions.died()}")

    def finish(self, seconds: float | None = None) -> Completed:
        """Ends its stdin if that is still open, and waits for the program's end."""
        self.conditions.flush()
        self.close_stdin()
        process = self.process
        patience = self.conditions.patience(seconds)
        status = process.wait(patience)
        if status is None:
            raise Divergence(f"{process.name} to end", f"it still runs after {patience:g} s; stdout so far: "
                                                       f"{quote(process.stdout_bytes[-200:], 200)}")
        self.conditions.transcript.step(f"{process.name} ends: {process.exit_text}")
        return Completed(process.name, status, process.exit_text, process.stdout_bytes,
                         process.stderr_text().encode())


class Program:
    """The fixtures `program` and `client`: the program under test, to be run with any arguments."""

    PIPE = subprocess.PIPE

    def __init__(self, context: Context, name: str, directory: Path) -> None:
        self._context = context
        self.name = name
        self.directory = directory  # its current directory

    def start(self, *args: str | int, stdin: bytes | int | None = None, limits: dict[str, int] | None = None,
              output_limit: int | None = None) -> Running:
        """Starts it beside the scenario. `stdin` is fed and closed (bytes), open for `.write` (PIPE), or empty.

        `limits` are ulimit letters ({"n": 32}). `output_limit` bytes of stdout are kept where 16 MiB are too few.
        """
        how: dict[str, Any] = {} if output_limit is None else {"output_limit": output_limit}
        process = self._context.start(self.name, args, cwd=self.directory, stdin=stdin, limits=limits, **how)
        return Running(process, self._context.conditions)

    def run(self, *args: str | int, stdin: bytes = b"", seconds: float | None = None, **how: Any) -> Completed:
        """Runs it to its end; the keywords are those of `start`."""
        return self.start(*args, stdin=stdin, **how).finish(seconds)

    def start_at(self, peer: ScriptedServer, *lines: str, args: tuple[str, ...] = ()) -> Running:
        """Starts it against a scripted server, with these lines on its stdin."""
        text = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
        return self.start(peer.address[0], peer.port, *args, stdin=text)

    def terminal(self, *args: str | int) -> Terminal:
        """Starts it on a terminal of its own."""
        context = self._context

        def launch(path: str) -> Process:
            return context.start(self.name, args, cwd=self.directory, terminal=path)

        return context.keep(Terminal(launch, context.conditions))
