"""A scripted TCP peer: every byte it sends and every byte it awaits is the scenario's.

`Wire` serves both sides, for connections the grader made and for those it accepted. Every wait has a deadline, and a
wait in vain says what was awaited, how long, and what came instead.
"""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterable
from typing import Any, TypeVar

from autograder.wire.conditions import Conditions
from autograder.wire.show import count, describe_difference, quote
from autograder.wire.stream import Stream
from autograder.wire.transcript import Divergence

Address = tuple[str, int]
AnyWire = TypeVar("AnyWire", bound="Wire")


def connect(
    address: Address,
    conditions: Conditions,
    *,
    channel: str = "echo",
    source: str | None = None,
    receive_buffer: int | None = None,
    peer: str = "the server",
) -> socket.socket:
    """A connected TCP socket. `source` is the loopback address to call from; `receive_buffer` bytes make a slow reader.

    Raises Divergence when nobody answers at the address.
    """
    conditions.flush()
    sock = socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET)
    if receive_buffer is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    try:
        sock.settimeout(conditions.patience())
        if source is not None:
            sock.bind((source, 0))
        sock.connect(address)
    except OSError as error:
        sock.close()
        reason = "nothing listens there (connection refused)" if isinstance(error, ConnectionRefusedError) else (
            error.strerror or f"no answer within {conditions.patience():g} s")
        conditions.transcript.note(f"connecting to {address[0]}:{address[1]} failed", channel)
        raise Divergence(
            f"{peer} to accept connections on {address[0]}:{address[1]} ({channel})", reason + conditions.died()
        ) from None
    return sock


class Wire(Stream):
    """The grader's end of one TCP connection, as the scenario writer sees it."""

    @classmethod
    def connect(cls: type[AnyWire], address: Address, conditions: Conditions, **how: Any) -> AnyWire:
        """Connects; the keywords are those of `connect`."""
        sock = connect(address, conditions, **how)
        return cls(sock, conditions, channel=how.get("channel", "echo"), peer=how.get("peer", "the server"))

    def read_exactly(self, size: int, seconds: float | None = None) -> bytes:
        """The next `size` bytes. `seconds` is how long no byte may come, not the length of the whole."""
        expected = count(size, "byte")
        while len(self.buffer) < size:
            self.await_bytes(expected, seconds)
        return self.take(size)

    def read_until(self, mark: bytes, limit: int = 1 << 20) -> bytes:
        """Everything up to and with `mark`."""
        searched = 0
        while (found := self.buffer.find(mark, searched)) < 0:
            searched = max(0, len(self.buffer) - len(mark) + 1)
            if len(self.buffer) > limit:
                raise self.diverge(f"{quote(mark)} within {count(limit, 'byte')}", "the stream goes on without it")
            self.await_bytes(f"bytes up to {quote(mark)}")
        return self.take(found + len(mark))

    def read_line(self, limit: int = 1 << 16) -> bytes:
        """The next line without its CRLF."""
        return self.read_until(b"\r\n", limit)[:-2]

    def read_some(self, seconds: float | None = None) -> bytes:
        """Whatever comes next, at least one byte."""
        if not self.buffer:
            self.await_bytes("at least one byte", seconds)
        return self.take(len(self.buffer))

    def read_to_eof(self, limit: int = 1 << 30, seconds: float | None = None) -> bytes:
        """Everything up to the end of the stream. `seconds` is how long no byte may come."""
        while self.receive("the end of the stream", seconds):
            if len(self.buffer) > limit:
                raise self.diverge(f"the end of the stream within {count(limit, 'byte')}", "the stream goes on")
        return self.take(len(self.buffer))

    def expect_bytes(self, wanted: bytes, what: str = "the bytes", seconds: float | None = None) -> None:
        """The next bytes are exactly these. Fails at the first wrong byte, without waiting for the rest."""
        position = 0
        while position < len(wanted):
            if not self.buffer:
                next_bytes = quote(wanted[position : position + 40], 40)
                expected = f"{what}, {count(len(wanted), 'byte')}, going on with {next_bytes}"
                self.await_bytes(expected, seconds, so_far=position)
            part = wanted[position : position + len(self.buffer)]
            if not self.buffer.startswith(part):
                came = bytes(self.buffer[: len(part)])
                raise self._differs(wanted[:position] + came, wanted[: position + len(part)], what, position)
            self.take(len(part))
            position += len(part)

    def _differs(self, came: bytes, wanted: bytes, what: str, taken: int) -> Divergence:
        difference = describe_difference(came, wanted, what)
        assert difference is not None
        return self.diverge(*difference[:2], ahead=difference[2] - taken)

    def expect_eof(self, seconds: float | None = None) -> None:
        """The peer ends its stream, and sends nothing before that."""
        if self.buffer or self.receive(f"{self.peer} to close the {self.channel.name} connection", seconds):
            raise self.diverge("the end of the stream", f"{self.peer} sent {quote(bytes(self.buffer))}")

    def expect_gone(self, seconds: float | None = None) -> None:
        """The peer ends or resets the connection; what it sends before that is of no interest."""
        try:
            while self.receive(f"{self.peer} to end the {self.channel.name} connection", seconds):
                self.take(len(self.buffer))
        except Divergence:
            if not self.was_reset:
                raise

    def expect_silence(self, seconds: float = 0.1, *, unscaled: bool = False) -> None:
        """Nothing comes for so long, and the connection stays. A bounded probe: keep it short.

        `unscaled` is for a silence beside which the program's own clock runs: no time scale stretches its options.
        """
        until = time.monotonic() + seconds if unscaled else self.conditions.lull(seconds)
        if not self.buffer and self.readable(until):
            self.receive("nothing", seconds)
            if not self.buffer:
                raise self.diverge("the connection to stay open and silent", self.how_it_ended())
        if self.buffer:
            raise self.diverge("nothing to come", f"{self.peer} sent {quote(bytes(self.buffer))}")

    def discard(self, size: int, seconds: float | None = None) -> None:
        """Throws the next `size` bytes away unread: for streams too big to look at."""
        self.throw_away(size, seconds)

    def discard_to_eof(self, seconds: float | None = None) -> int:
        """Throws everything up to the end of the stream away unread. Returns the number of bytes."""
        return self.throw_away(None, seconds)

    def send_stream(self, chunks: Iterable[bytes]) -> int:
        """Sends chunk after chunk as fast as the peer takes them. Returns the number of bytes."""
        self.conditions.flush()
        total = 0
        for chunk in chunks:
            self.push(chunk)
            total += len(chunk)
        return total

    def send_urgent(self, data: bytes) -> None:
        """Sends bytes of which the last is TCP urgent data, as Telnet's Synch does."""
        self.conditions.flush()
        self.sock.send(data, socket.MSG_OOB)
        self.channel.sent(data)
        self.conditions.transcript.note("the last byte was sent as urgent data", self.channel.name)

    def expect_echo(self, data: bytes, seconds: float | None = None) -> None:
        """Sends `data` and reads it back at the same time, so that neither side waits for the other."""
        difference = describe_difference(self.echo_through(data, seconds), data, "the same bytes back")
        if difference is not None:
            raise self.diverge(*difference[:2], ahead=difference[2] - len(data))

    def echo_through(self, data: bytes, seconds: float | None = None) -> bytes:
        """Sends `data` while reading; returns as many bytes as were sent."""
        self.conditions.flush()
        for number, piece in enumerate(self.cut(data)):
            if number:
                self.settle()
            self.push(piece, seconds, reading=True)
        while len(self.buffer) < len(data):
            came = f"{len(self.buffer):,} of {count(len(data), 'byte')} came back"
            self.await_bytes(f"{count(len(data), 'byte')} to come back", seconds, came=came)
        return self.take(len(data))

    def half_close(self) -> None:
        """Ends the grader's direction of the stream (FIN); the other direction stays open."""
        self.conditions.flush()
        if not self.was_reset:
            try:
                self.sock.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # the peer was faster: what it did shows at the next read
        self.channel.ended("closed", "the grader's direction is closed (FIN); it still reads")

    def reset(self) -> None:
        """Breaks the connection off with a RST, as a vanished peer does."""
        self.conditions.flush()
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.shut("reset", "reset by the grader (RST)")

    def close(self) -> None:
        """Closes the connection. A second close does nothing."""
        if not self.closed:
            self.flush()
            self.shut("closed", "closed by the grader")

    def __enter__(self: AnyWire) -> AnyWire:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            self.held = b""  # the run has failed already; what was held must not fail again
        self.close()
