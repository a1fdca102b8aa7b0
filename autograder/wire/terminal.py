"""A program under test at a terminal, used as a person would use it."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable

from autograder.run.process import Process
from autograder.wire.conditions import Conditions
from autograder.wire.show import quote
from autograder.wire.transcript import Divergence

ROWS, COLUMNS = 24, 80
GLANCE = 0.02  # seconds between looks at whether the program is still alive
KEYS = {"ctrl-c": b"\x03", "ctrl-d": b"\x04", "ctrl-z": b"\x1a", "ctrl-\\": b"\x1c", "enter": b"\n", "tab": b"\t",
        "backspace": b"\x7f", "up": b"\x1b[A", "down": b"\x1b[B"}

_CONTROL_SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b[=>]")


class Terminal:
    """A pseudo-terminal of 24 by 80 with one program on it. Owns the terminal; the context stops the program."""

    def __init__(self, launch: Callable[[str], Process], conditions: Conditions) -> None:
        """`launch` starts the program on the terminal whose path it is given."""
        self.conditions = conditions
        self.channel = conditions.transcript.channel("terminal")
        self._master, self._slave = os.openpty()  # the slave stays open here, so that no output is lost at the exit
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.set_blocking(self._master, False)
        self.raw = b""
        self._seen = 0  # characters of `text` that expectations have passed
        self.process = launch(os.ttyname(self._slave))
        self.channel.opened(f"a terminal of {COLUMNS} by {ROWS}: {self.process.name}")

    @property
    def text(self) -> str:
        """All output so far, the echo of what was typed too, without colours; a line break is a newline."""
        plain = _CONTROL_SEQUENCE.sub("", self.raw.decode("utf-8", "backslashreplace"))
        return plain.replace("\r\n", "\n")

    @property
    def unread(self) -> str:
        """The output that no expectation has passed yet."""
        return self.text[self._seen:]

    @property
    def screen(self) -> list[str]:
        """The lines as a person sees them: what a carriage return overwrote is gone."""
        return [_overwritten(line) for line in self.text.split("\n")]

    @property
    def echoes(self) -> bool:
        """Whether the terminal shows what is typed (not so while a password is asked for)."""
        return bool(termios.tcgetattr(self._slave)[3] & termios.ECHO)

    def expect(self, wanted: str, seconds: float | None = None) -> str:
        """Waits until `wanted` appears after what was passed before; returns the text up to it."""
        until = self.conditions.deadline(seconds)
        while (found := self.unread.find(wanted)) < 0:
            if not self._more(until):
                raise self._in_vain(f"{quote(wanted.encode())} on the terminal", seconds)
        before = self.unread[:found]
        self._seen += found + len(wanted)
        self.conditions.transcript.step(f"the terminal shows {quote(wanted.encode())}")
        return before

    def type(self, line: str) -> None:
        """Types a line and presses Enter."""
        self._send(line.encode("utf-8", "surrogateescape") + b"\n")

    def keys(self, text: str) -> None:
        """Presses the keys of these characters, without Enter."""
        self._send(text.encode("utf-8", "surrogateescape"))

    def press(self, key: str) -> None:
        """Presses one key: "ctrl-c", "ctrl-d", "tab", ... (see KEYS)."""
        self._send(KEYS[key])

    def expect_exit(self, status: int | None = 0, seconds: float | None = None) -> str:
        """Waits for the program's end and its exit status (None: any); returns the last output."""
        until = self.conditions.deadline(seconds)
        while self._more(until):
            pass
        if self.process.running:
            raise self._in_vain(f"{self.process.name} to end", seconds)
        if status is not None and self.process.status != status:
            raise Divergence(f"{self.process.name} to end with exit status {status}",
                             f"it ended with {self.process.exit_text}")
        rest = self.unread
        self._seen = len(self.text)
        self.conditions.transcript.step(f"{self.process.name} ends: {self.process.exit_text}")
        return rest

    def close(self) -> None:
        """Gives the terminal back; a program still on it gets SIGHUP."""
        self.process.signals_sent.append(signal.SIGHUP)  # the grader's doing: no crash
        for descriptor in (self._master, self._slave):
            if descriptor >= 0:
                os.close(descriptor)
        self._master = self._slave = -1

    def _send(self, data: bytes) -> None:
        self.conditions.flush()
        self.channel.sent(data)
        os.write(self._master, data)

    def _more(self, until: float) -> bool:
        """Waits for output; False when the deadline has passed, or the program has ended and all is read."""
        self.conditions.flush()
        poller = select.poll()
        poller.register(self._master, select.POLLIN)
        while True:
            running = self.process.running
            wait = min(GLANCE, until - time.monotonic()) if running else 0.0
            if poller.poll(max(0.0, wait * 1000)):
                data = os.read(self._master, 1 << 16)
                self.raw += data
                self.channel.received(data)
                return True
            if not running or time.monotonic() > until:
                return False

    def _in_vain(self, expected: str, seconds: float | None) -> Divergence:
        last = self.unread[-200:].encode()
        shown = f"the terminal shows {quote(last, 200)}" if last else "the terminal shows nothing new"
        if self.process.running:
            observed = f"{shown}, and nothing more within {self.conditions.patience(seconds):g} s"
        else:
            observed = f"{shown}, and {self.process.name} has ended: {self.process.exit_text}"
        return self.channel.diverge(expected, observed, self.channel.received_bytes)


def _overwritten(line: str) -> str:
    """A line after its carriage returns and backspaces have had their effect."""
    cells: list[str] = []
    column = 0
    for character in line:
        if character == "\r":
            column = 0
        elif character == "\b":
            column = max(0, column - 1)
        elif character >= " ":
            cells[column:column + 1] = [character]
            column += 1
    return "".join(cells)
