"""What happened on the wires of one scenario, and where it left the path.

The transcript records and locates; it waits for nothing and judges nothing. It is safe to use from several threads.
"""

from __future__ import annotations

import threading
import time
from bisect import bisect_right

from autograder.scenario import Event, Failure

KEPT_BYTES = 4096  # of one event; `Event.total` counts the rest
LINES_APART = 400  # up to this many events, every line of a dialogue is an event of its own
MOST_EVENTS = 4000  # a program that floods the wire cannot flood the report


class Divergence(Exception):
    """The program did something else than the scenario asks for. All expectations raise this and nothing else.

    `expected` and `observed` are sentences for the student. `event` is an index into the transcript, and `caret` the
    offset in that event's data at which the bytes part; both are None where no byte is to blame.
    """

    def __init__(self, expected: str, observed: str, *, caret: int | None = None, event: int | None = None) -> None:
        super().__init__(f"expected {expected}; {observed}")
        self.expected = expected
        self.observed = observed
        self.caret = caret
        self.event = event

    def failure(self) -> Failure:
        """The same as plain data, for a Result."""
        return Failure(self.expected, self.observed, self.caret, self.event)


class Unsupported(Exception):
    """The program says that it does not offer what the scenario tries, and is free not to."""


class Transcript:
    """The events of one scenario in the order they happened, and the steps that passed."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.steps: list[str] = []
        self._repeats = 1
        self._began = time.monotonic()
        self._lock = threading.Lock()
        self._open: set[str] = set()

    def elapsed(self) -> float:
        """Seconds since the scenario began."""
        return time.monotonic() - self._began

    def channel(self, name: str) -> Channel:
        """A channel for a new connection, called `name`, or `name 2` and so on while others of that name are open."""
        with self._lock:
            unique, number = name, 1
            while unique in self._open:
                number += 1
                unique = f"{name} {number}"
            self._open.add(unique)
        return Channel(self, unique)

    def release(self, name: str) -> None:
        """Lets the next connection have the channel's name."""
        with self._lock:
            self._open.discard(name)

    def step(self, text: str) -> None:
        """Marks a step as passed. The same step many times over is one line with a count."""
        with self._lock:
            counted = f"{text} ({self._repeats} times)" if self._repeats > 1 else text
            if self.steps and self.steps[-1] == counted:
                self._repeats += 1
                self.steps[-1] = f"{text} ({self._repeats} times)"
            else:
                self._repeats = 1
                self.steps.append(text)

    def note(self, text: str, channel: str = "") -> None:
        """Records a remark of the grader."""
        self.record(channel, "note", text=text)

    def record(self, channel: str, kind: str, data: bytes = b"", *, text: str = "", total: int | None = None) -> int:
        """Adds an event, or joins its bytes to the event before it. Returns the event's index.

        `total` is the true number of bytes, where `data` holds only the first of them.
        """
        with self._lock:
            total = len(data) if total is None else total
            open_event = self._open_event(channel, kind) if total else None
            if open_event is not None:
                event = self.events[open_event]
                event.data += data[: max(0, KEPT_BYTES - event.total)]
                event.total += total
                return open_event
            if len(self.events) < MOST_EVENTS:
                self.events.append(Event(self.elapsed(), channel, kind, bytes(data[:KEPT_BYTES]), total, text))
            return len(self.events) - 1

    def _open_event(self, channel: str, kind: str) -> int | None:
        """The event that further bytes join: the last one, or a long one that only long ones follow."""
        for index in range(len(self.events) - 1, max(-1, len(self.events) - 5), -1):
            event = self.events[index]
            is_long = event.total > KEPT_BYTES
            if (event.channel, event.kind) == (channel, kind):
                ends_line = event.data.endswith(b"\n") and len(self.events) <= LINES_APART
                return index if is_long or (index == len(self.events) - 1 and not ends_line) else None
            if not is_long:
                return None
        return None


class Channel:
    """One connection's share of the transcript. It knows where in the transcript each received byte stands."""

    def __init__(self, transcript: Transcript, name: str) -> None:
        self.transcript = transcript
        self.name = name
        self.sent_bytes = 0
        self.received_bytes = 0
        self._starts: list[int] = []  # stream offset of the first byte of each received event
        self._events: list[int] = []  # its index in the transcript

    def opened(self, text: str) -> None:
        """The connection stands."""
        self.transcript.record(self.name, "opened", text=text)

    def sent(self, data: bytes, total: int | None = None) -> None:
        """The grader sent bytes; `total` counts them where `data` is only the first of them."""
        self.sent_bytes += len(data) if total is None else total
        self.transcript.record(self.name, "sent", data, total=total)

    def received(self, data: bytes, total: int | None = None) -> None:
        """Bytes arrived; `total` counts them where they were thrown away unread."""
        index = self.transcript.record(self.name, "received", data, total=total)
        if not self._events or self._events[-1] != index:
            self._events.append(index)
            self._starts.append(self.received_bytes)
        self.received_bytes += len(data) if total is None else total

    def ended(self, kind: str, text: str = "") -> None:
        """The peer's stream ended ("eof", "reset"), or the grader ended its own ("closed", "reset")."""
        self.transcript.record(self.name, kind, text=text)

    def release(self) -> None:
        """The connection is gone: its name is free."""
        self.transcript.release(self.name)

    def locate(self, offset: int) -> tuple[int | None, int | None]:
        """(event index, caret) of the received byte at a stream offset; (None, None) before anything came."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0:
            return None, None
        caret = offset - self._starts[place]
        return self._events[place], caret if caret <= KEPT_BYTES else None

    def diverge(self, expected: str, observed: str, offset: int | None = None) -> Divergence:
        """A Divergence at the received byte with this stream offset, to be raised by the caller."""
        event, caret = self.locate(offset) if offset is not None else (None, None)
        return Divergence(expected, observed, caret=caret, event=event)
