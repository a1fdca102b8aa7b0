"""A wire and, at its other end, a plain socket that plays the program under test: both in the test's own thread."""

from __future__ import annotations

import random
import socket
import threading
import unittest
from collections.abc import Callable
from typing import TypeVar

from autograder.scenario import Weather
from autograder.wire.client import Wire
from autograder.wire.conditions import Conditions
from autograder.wire.transcript import Divergence

AnyWire = TypeVar("AnyWire", bound=Wire)


class WireTest(unittest.TestCase):
    """Gives tests connected wires, and closes everything."""

    def conditions(self, weather: Weather = Weather.PLAIN) -> Conditions:
        """Conditions in which a wait in vain takes half a second."""
        return Conditions(weather=weather, rng=random.Random(1), time_scale=0.1)

    def pair(
        self, conditions: Conditions | None = None, kind: type[AnyWire] = Wire,  # type: ignore[assignment]
        channel: str = "echo",
    ) -> tuple[AnyWire, socket.socket]:
        """A wire, and the socket at its other end."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            wire = kind.connect(listener.getsockname(), conditions or self.conditions(), channel=channel)
            program, _ = listener.accept()
        program.settimeout(5)
        self.addCleanup(wire.abandon)
        self.addCleanup(program.close)
        return wire, program

    def beside(self, work: Callable[[], None]) -> None:
        """Runs `work` in a thread, joined when the test ends."""
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        self.addCleanup(thread.join, 5)

    def diverges(self, work: Callable[[], object], expected: str, observed: str) -> Divergence:
        """`work` raises a Divergence that holds both texts."""
        with self.assertRaises(Divergence) as caught:
            work()
        self.assertIn(expected, caught.exception.expected)
        self.assertIn(observed, caught.exception.observed)
        return caught.exception
