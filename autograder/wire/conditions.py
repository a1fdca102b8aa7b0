"""The circumstances of one scenario run, shared by all its wires: clock, chance, weather, transcript."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from autograder.scenario import Weather
from autograder.wire.transcript import Transcript

PATIENCE = 5.0  # seconds that any wait lasts unless it says otherwise, before the time scale
LONGEST_LULL = 10.0  # times its length


class AnyLink(Protocol):
    """What the run needs of each wire: to send what is held back, and to close it in the end."""

    held: bytes

    def flush(self) -> None:
        """Sends what is held."""

    def abandon(self) -> None:
        """Closes without a word."""


@dataclass
class Conditions:
    """What every wire, listener and terminal of a run needs to know."""

    transcript: Transcript = field(default_factory=Transcript)
    weather: Weather = Weather.PLAIN
    rng: random.Random = field(default_factory=random.Random)
    time_scale: float = 1.0
    obituary: Callable[[], str] = lambda: ""  # "ftp_client has ended: exit status 1", "" while all programs run
    links: list[AnyLink] = field(default_factory=list)  # every connection of the run, so that it can be closed
    _holding: list[AnyLink] = field(default_factory=list)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def patience(self, seconds: float | None = None) -> float:
        """The length of a wait in seconds, stretched by the time scale."""
        return (PATIENCE if seconds is None else seconds) * self.time_scale

    def deadline(self, seconds: float | None = None) -> float:
        """The moment (time.monotonic) at which a wait that begins now is in vain."""
        return time.monotonic() + self.patience(seconds)

    def lull(self, seconds: float) -> float:
        """The moment at which a silence that begins now has lasted long enough.

        It is waited out whenever all is well, so a time scale that only lifts deadlines (`--gdb`) stretches it little.
        """
        return time.monotonic() + seconds * min(self.time_scale, LONGEST_LULL)

    def hold(self, wire: AnyLink, data: bytes) -> None:
        """Holds bytes of a wire back until something waits."""
        with self._lock:
            wire.held += data
            if wire not in self._holding:
                self._holding.append(wire)

    def flush(self) -> None:
        """Sends everything held back, on whatever wire: the grader is about to wait."""
        with self._lock:
            while self._holding:
                self._holding.pop(0).flush()

    def died(self) -> str:
        """What to add to a failed wait when a program under test has ended meanwhile: ` (...)`, or nothing."""
        text = self.obituary()
        return f" ({text})" if text else ""
