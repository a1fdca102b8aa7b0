"""The scripted server: listens on a free loopback port and gives each connection to the scenario."""

from __future__ import annotations

import select
import socket
import time
from typing import TypeVar

from autograder.wire.client import Wire
from autograder.wire.conditions import Conditions
from autograder.wire.data import DataPeer
from autograder.wire.transcript import Divergence

AnyWire = TypeVar("AnyWire", bound=Wire)

GLANCE = 0.02  # seconds between looks at whether the client is still alive


class Listener:
    """A listening socket for one kind of connection. Owns the socket, not what it accepts."""

    def __init__(self, conditions: Conditions, *, host: str = "127.0.0.1", channel: str = "control") -> None:
        self.conditions = conditions
        self.channel = channel
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.sock = socket.create_server((host, 0), family=family, backlog=64)
        self.sock.setblocking(False)

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens."""
        return self.sock.getsockname()[:2]

    @property
    def port(self) -> int:
        """The port on which it listens."""
        return self.address[1]

    def accept_as(
        self, kind: type[AnyWire], seconds: float | None = None, receive_buffer: int | None = None
    ) -> AnyWire:
        """The client's next connection. Divergence when none comes in time, or the client ends before."""
        host, port = self.address
        expected = f"the client to open a {self.channel} connection to {host}:{port}"
        if receive_buffer is not None:  # inherited by the accepted socket, before its window is announced
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        until = self.conditions.deadline(seconds)
        while not self.pending(min(until, time.monotonic() + GLANCE)):
            obituary = self.conditions.obituary()
            if obituary and not self.pending(0.0):
                raise Divergence(expected, obituary)
            if time.monotonic() > until:
                raise Divergence(expected, f"it did not connect within {self.conditions.patience(seconds):g} s")
        sock, _ = self.sock.accept()
        return kind(sock, self.conditions, channel=self.channel, peer="the client", opened="accepted from")

    def expect_nobody(self, seconds: float = 0.1) -> None:
        """The client does not connect within so long. A bounded probe: keep it short."""
        if self.pending(self.conditions.lull(seconds)):
            raise Divergence(f"no {self.channel} connection to {self.address[0]}:{self.port}", "the client made one")

    def pending(self, until: float | None = None) -> bool:
        self.conditions.flush()
        poller = select.poll()
        poller.register(self.sock, select.POLLIN)
        return bool(poller.poll(max(0.0, (until - time.monotonic()) * 1000)))

    def close(self) -> None:
        """Stops listening: a client that connects from now on is refused."""
        self.sock.close()


class DataListener(Listener):
    """The scripted server's passive data port."""

    def __init__(self, conditions: Conditions, *, host: str = "127.0.0.1") -> None:
        super().__init__(conditions, host=host, channel="data")

    @property
    def six_numbers(self) -> str:
        """The address as h1,h2,h3,h4,p1,p2."""
        host, port = self.address
        return ",".join([*host.split("."), str(port >> 8), str(port & 255)])

    def accept(self, seconds: float | None = None, receive_buffer: int | None = None) -> DataPeer:
        """The client's data connection."""
        return self.accept_as(DataPeer, seconds, receive_buffer)


class ScriptedServer(Listener):
    """What a client under test connects to: the fixture `peer`."""

    def accept(self, seconds: float | None = None, receive_buffer: int | None = None) -> Wire:
        """The client's next connection, as raw bytes. `receive_buffer` bytes make a reader that is soon full."""
        return self.accept_as(Wire, seconds, receive_buffer)
