"""A scripted peer's socket: how it is waited for, how it ends, and the sentences about both."""

from __future__ import annotations

import select
import socket
import time

from autograder.wire.conditions import Conditions
from autograder.wire.show import count, quote
from autograder.wire.transcript import Divergence
from autograder.wire.weather import ReadProbe

SHOWN_BYTES = 80  # of unexpected bytes in a sentence


class Link:
    """One connection: the socket, the bytes that came and were not taken, and its end. Owns the socket."""

    def __init__(
        self, sock: socket.socket, conditions: Conditions, *, channel: str, peer: str, opened: str = "connected to"
    ) -> None:
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock = sock
        self.conditions = conditions
        self.peer = peer  # "the server" or "the client": the program under test, in sentences
        self.channel = conditions.transcript.channel(channel)
        self.buffer = bytearray()  # received and not yet taken
        self.at_eof = False
        self.was_reset = False
        self.closed = False
        self._taken = 0  # stream offset of the buffer's first byte
        self.held = b""
        self._probe: ReadProbe | None = None
        self._remote = _peer_of(sock)
        conditions.links.append(self)
        self.channel.opened(f"{opened} {self._remote[0]}:{self._remote[1]}")

    @property
    def local(self) -> tuple[str, int]:
        """The grader's own address."""
        return self.sock.getsockname()[:2]

    @property
    def remote(self) -> tuple[str, int]:
        """The program's address."""
        return self._remote

    def shut(self, kind: str, text: str) -> None:
        """Closes the socket and notes how."""
        if self.closed:
            return
        self.closed = True
        if self._probe is not None:
            self._probe.close()
        self.sock.close()
        self.channel.ended(kind, text)
        self.channel.release()

    def abandon(self) -> None:
        """Closes the socket and notes nothing: the scenario is over."""
        if not self.closed:
            self.closed = True
            if self._probe is not None:
                self._probe.close()
            self.sock.close()

    def interrupt(self) -> None:
        """Ends the connection under the feet of another thread that waits for it."""
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # it is closed already

    def diverge(self, expected: str, observed: str, ahead: int = 0) -> Divergence:
        """A Divergence at the byte `ahead` of the next untaken one (the last byte there is, at most)."""
        offset = min(self._taken + ahead, self.channel.received_bytes)
        return self.channel.diverge(expected, observed, offset)

    def how_it_ended(self, so_far: int = 0) -> str:
        """The peer's end of the stream as a sentence."""
        return f"{self.peer} closed the connection{self._after(so_far)}{self.conditions.died()}"

    def how_it_was_reset(self, so_far: int = 0) -> str:
        """The peer's reset as a sentence."""
        return f"{self.peer} reset the connection (RST){self._after(so_far)}{self.conditions.died()}"

    def _after(self, so_far: int) -> str:
        if self.buffer:
            return f" after {count(so_far + len(self.buffer), 'byte')}: {quote(bytes(self.buffer), SHOWN_BYTES)}"
        return f" after {count(so_far, 'byte')}" if so_far else " without sending anything more"

    def in_vain(self, seconds: float | None, came: str) -> str:
        """A wait in vain as a sentence: how long, and what came (`came`, or the buffer)."""
        waited = f"within {self.conditions.patience(seconds):g} s"
        if came:
            text = f"only {came}, and nothing more {waited}"
        elif self.buffer:
            text = f"only {quote(bytes(self.buffer), SHOWN_BYTES)} came, and nothing more {waited}"
        else:
            text = f"nothing came {waited}"
        return text + self.conditions.died()

    def note_reset(self) -> None:
        """The kernel said that the peer reset the connection."""
        if not self.was_reset:
            self.was_reset = True
            self.channel.ended("reset", f"{self.peer} reset the connection (RST)")

    def ready(self, events: int, until: float) -> bool:
        """Waits for poll events until the deadline (time.monotonic; 0: no wait)."""
        poller = select.poll()
        poller.register(self.sock, events)
        return bool(poller.poll(max(0.0, (until - time.monotonic()) * 1000)))


def _peer_of(sock: socket.socket) -> tuple[str, int]:
    try:
        return sock.getpeername()[:2]
    except OSError:
        return "a peer that has gone", 0  # it was reset before it was accepted
