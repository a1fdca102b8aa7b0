"""Servers under test: started, connected to, watched for what they hold, restarted."""

from __future__ import annotations

import re
import signal
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.run.process import Process
from autograder.wire.client import Wire
from autograder.wire.control import Control
from autograder.wire.transcript import Divergence

if TYPE_CHECKING:
    from autograder.fixtures import Context


@dataclass(frozen=True)
class Usage:
    """What a server holds at one moment."""

    open_files: int
    threads: int
    zombies: int

    def __str__(self) -> str:
        return f"{self.open_files} open descriptors, {self.threads} threads, {self.zombies} zombies"


class Server:
    """The fixture `server`: a server under test, listening on `host`:`port`. Its current directory is the root."""

    channel = "echo"

    def __init__(self, context: Context, name: str, root: Path, options: tuple[str, ...]) -> None:
        self._context = context
        self.conditions = context.conditions
        self.name = name
        self.root = root
        self.options = tuple(option.replace("{root}", str(root)) for option in options)
        self.host = "127.0.0.1"
        self.port = 0  # a free one, until it is known
        self._limits: dict[str, int] = {}
        self.process = self._start()

    def _start(self) -> Process:
        process = self._context.start(self.name, (self.port, *self.options), cwd=self.root, limits=self._limits)
        self.port = process.wait_listening(self.conditions.patience())
        return process

    def dial(self, **how: Any) -> Wire:
        """A bare connection; keywords: source (a loopback address), receive_buffer (bytes)."""
        return Wire.connect((self.host, self.port), self.conditions, **{"channel": self.channel, **how})

    def connect(self, **how: Any) -> Wire:
        """A connection; keywords as for `dial`."""
        return self.dial(**how)

    def restart(self, *, kill: bool = False, limits: dict[str, int] | None = None) -> None:
        """Ends the server (SIGTERM; SIGKILL with `kill`) and starts it again on the same port."""
        if kill:
            self.process.kill()
        else:
            self.process.stop()
        self._limits = limits if limits is not None else self._limits
        self.process = self._start()

    def start_another(self, *options: str, root: Path | None = None) -> Server:
        """A second server of the same kind beside this one, on a port of its own."""
        return type(self)(self._context, self.name, root or self.root, options)

    def expect_exit(self, number: int = signal.SIGTERM, status: int = 0, seconds: float | None = None) -> None:
        """Sends a signal; the server ends with this exit status within the time."""
        self.process.signal(number)
        patience = self.conditions.patience(seconds)
        if self.process.wait(patience) is None:
            raise Divergence(f"{self.name} to end after {signal.Signals(number).name}",
                             f"it still runs {patience:g} s later")
        if self.process.status != status:
            raise Divergence(f"{self.name} to end with exit status {status} after {signal.Signals(number).name}",
                             f"it ended with {self.process.exit_text}")
        self.conditions.transcript.step(f"{signal.Signals(number).name}: {self.name} ends with status {status}")

    def expect_log(self, pattern: str, seconds: float | None = None) -> str:
        """Waits for a line on stdout or stderr that matches the regular expression; returns the line."""
        process, found = self.process, re.compile(pattern)

        def line() -> str | None:
            # Whole lines only: the rest of the last one may still be on its way.
            texts = (process.stderr_text(), process.stdout_text())
            lines = [line for text in texts for line in text.rpartition("\n")[0].splitlines()]
            return next((entry for entry in lines if found.search(entry)), None)

        process.wait_for_output(lambda: line() is not None, self.conditions.patience(seconds))
        match = line()
        if match is None:
            last = "; ".join(process.stderr_text().splitlines()[-3:]) or "nothing"
            raise Divergence(f"{self.name} to print a line that matches {pattern}", f"it printed last: {last}")
        self.conditions.transcript.step(f"{self.name} prints {match}")
        return match

    def usage(self) -> Usage:
        """What the server holds now. Take it after a first session, so that what is made once is there."""
        return Usage(self.process.open_files(), self.process.threads(), self.process.zombies())

    def expect_usage(self, before: Usage, seconds: float = 2.0) -> None:
        """Waits until the server holds no more than before, and no zombie."""
        until = self.conditions.deadline(seconds)
        wanted = replace(before, zombies=0)
        while True:
            now = self.usage()
            if now.open_files <= wanted.open_files and now.threads <= wanted.threads and not now.zombies:
                self.conditions.transcript.step("descriptors, threads and children are given back")
                return
            if time.monotonic() > until:
                raise Divergence(f"{self.name} to hold no more than before: {wanted}",
                                 f"{self.conditions.patience(seconds):g} s after the last session it holds {now}")
            self.process.wait(0.01)

    def expect_idle(self, seconds: float = 0.5, share: float = 0.2) -> None:
        """Watches the server for so long: it may use this share of one CPU at most. Measure in scenarios run alone."""
        began, used = time.monotonic(), self.process.cpu_seconds()
        self.process.wait(seconds)
        elapsed, used = time.monotonic() - began, self.process.cpu_seconds() - used
        if used > share * elapsed:
            raise Divergence(f"{self.name} to wait without using the CPU",
                             f"it used {used:.2f} s of CPU time in {elapsed:.2f} s with nothing to do")
        self.conditions.transcript.step(f"{self.name} waits without using the CPU")


class FtpServer(Server):
    """The fixture `ftp`, or `server` of the later labs: a server that greets each control connection with 220."""

    channel = "control"

    def connect(self, **how: Any) -> Control:  # type: ignore[override]
        """A control connection whose greeting has been read; keywords as for `dial`."""
        control = Control(self.dial(**how))
        if control.expect(220, 120).code == 120:
            control.expect(220)
        return control

    def login(self, user: str = "anonymous", password: str = "kit@", **how: Any) -> Control:
        """A session that is logged in."""
        return self.connect(**how).login(user, password)
