"""The bytes of a connection in both directions: receiving with deadlines, sending under a weather."""

from __future__ import annotations

import select
import socket
from collections.abc import Iterable

from autograder.scenario import Weather
from autograder.wire.link import SHOWN_BYTES, Link
from autograder.wire.show import count, quote
from autograder.wire.transcript import Divergence
from autograder.wire.weather import ReadProbe, pieces

CHUNK = 1 << 18  # bytes read at once
NAMED_PIECES = 8  # of more, the transcript does not tell where a message was cut
HELD_BYTES = 1 << 16  # of one wire in coalescing weather; more is sent on


class Stream(Link):
    """Reads and writes a connection's bytes; knows nothing of what they mean."""

    def readable(self, until: float) -> bool:
        """Waits for bytes, the end or a reset, until the deadline (time.monotonic)."""
        self.conditions.flush()
        return self.ready(select.POLLIN, until)

    def receive(self, expected: str, seconds: float | None = None, *, came: str = "") -> bool:
        """Waits for more bytes. False at the end of the stream; Divergence on a reset or when the wait is in vain."""
        if self.at_eof or self.was_reset:
            if self.was_reset:
                raise self.diverge(expected, self.how_it_was_reset())
            return False
        if not self.readable(self.conditions.deadline(seconds)):
            raise self.diverge(expected, self.in_vain(seconds, came))
        try:
            data = self.sock.recv(CHUNK)
        except ConnectionError:
            self.note_reset()
            raise self.diverge(expected, self.how_it_was_reset()) from None
        if not data:
            self.at_eof = True
            self.channel.ended("eof", f"{self.peer} closed the connection")
            return False
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)  # a delayed ACK costs 40 ms against Nagle
        self.buffer += data
        self.channel.received(data)
        return True

    def await_bytes(
        self, expected: str, seconds: float | None = None, *, so_far: int = 0, came: str = ""
    ) -> None:
        """Like `receive`, but the end of the stream is a Divergence too. `so_far` bytes of it were taken before."""
        if so_far and not came:
            came = f"{count(so_far, 'byte')} of them came"
        if not self.receive(expected, seconds, came=came):
            raise self.diverge(expected, self.how_it_ended(so_far))

    def take(self, size: int) -> bytes:
        """Removes bytes from the front of the buffer."""
        data = bytes(self.buffer[:size])
        del self.buffer[:size]
        self._taken += len(data)
        return data

    def throw_away(self, size: int | None, seconds: float | None) -> int:
        """Discards `size` bytes, or all up to the end of the stream (None), in the kernel. Returns the number."""
        done = len(self.take(len(self.buffer) if size is None else size))
        sink = bytearray(1 << 20)
        expected = "the end of the stream" if size is None else count(size, "byte")
        while size is None or done < size:
            if not self.readable(self.conditions.deadline(seconds)):
                raise self.diverge(expected, self.in_vain(seconds, f"{count(done, 'byte')} came"))
            room = len(sink) if size is None else min(len(sink), size - done)
            try:
                got = self.sock.recv_into(sink, room, socket.MSG_TRUNC)
            except ConnectionError:
                self.note_reset()
                raise self.diverge(expected, self.how_it_was_reset(done)) from None
            if got == 0:
                self.at_eof = True
                self.channel.ended("eof", f"{self.peer} closed the connection")
                if size is not None:
                    raise self.diverge(expected, self.how_it_ended(done))
                break
            done += got
            self._taken += got
            self.channel.received(b"", total=got)
        return done

    def send(self, data: bytes) -> None:
        """Sends the bytes in the weather of the run. Divergence when the peer takes none of them any more."""
        if self.conditions.weather is Weather.COALESCED:
            self.conditions.hold(self, data)
            if len(self.held) > HELD_BYTES:
                self.flush()
            return
        self.send_pieces(self.cut(data))

    def send_pieces(self, parts: Iterable[bytes]) -> None:
        """Sends each part as a segment of its own: the next leaves when the program has read the last."""
        parts = list(parts)
        if 1 < len(parts) <= NAMED_PIECES:
            cuts = " | ".join(quote(part, 40) for part in parts)
            self.conditions.transcript.note(f"a message in {len(parts)} segments: {cuts}", self.channel.name)
        cutting = self.conditions.weather in (Weather.SPLIT, Weather.DRIP)
        for number, part in enumerate(parts):
            if number or cutting:
                self.settle()
            self.push(part)

    def try_send(self, data: bytes) -> bool:
        """Sends, and says whether the peer took it all: for scenarios in which it may hang up first."""
        try:
            self.flush()
            self.push(data)
        except Divergence:
            return False
        return True

    def send_until_stuck(self, block: bytes, seconds: float = 0.1, limit: int = 256 << 20) -> int:
        """Sends the block over and over, reading nothing, until the peer has taken nothing for so long.

        Returns the number of bytes; ends after `limit`, for a peer that swallows everything. They have then filled
        every buffer on the way: a peer that answers each byte waits in its own send.
        """
        self.flush()
        total = 0
        while total < limit and self.ready(select.POLLOUT, self.conditions.lull(seconds)):
            rest = block[total % len(block) :]
            try:
                step = self.sock.send(rest)
            except BlockingIOError:
                continue
            except ConnectionError:
                self.note_reset()
                raise self._refused(total, total + len(rest)) from None
            self.channel.sent(rest[:step], step)
            total += step
        return total

    def cut(self, data: bytes) -> list[bytes]:
        """The segments in which the run's weather sends a message."""
        return pieces(data, self.conditions.weather, self.conditions.rng)

    def flush(self) -> None:
        """Sends what coalescing weather holds back."""
        held, self.held = self.held, b""
        if held:
            self.push(held)

    def settle(self) -> None:
        """Waits, a bounded time, until the program has read all that was sent."""
        if self._probe is None:
            self._probe = ReadProbe(self.sock)
        self._probe.settle()

    def push(self, data: bytes, seconds: float | None = None, *, reading: bool = False) -> None:
        """Hands all bytes to the kernel, reading meanwhile if asked to. `seconds` is how long nothing may move."""
        view = memoryview(data)
        sent = 0
        events = select.POLLOUT | (select.POLLIN if reading and not self.at_eof else 0)
        while sent < len(view):
            try:
                step = self.sock.send(view[sent : sent + (1 << 20)])
                self.channel.sent(bytes(view[sent : sent + min(step, SHOWN_BYTES * 64)]), step)
                sent += step
            except BlockingIOError:
                step = 0
            except ConnectionError:
                self.note_reset()
                raise self._refused(sent, len(view)) from None
            if reading and self.ready(select.POLLIN, 0.0):
                if not self.receive(f"{count(len(view), 'byte')} to be taken and answered"):
                    reading, events = False, select.POLLOUT
            elif step == 0 and not self.ready(events, self.conditions.deadline(seconds)):
                text = f"it took {sent:,} of them, then none for {self.conditions.patience(seconds):g} s"
                raise self.diverge(f"{self.peer} to read {count(len(view), 'byte')}", text + self.conditions.died())

    def _refused(self, sent: int, size: int) -> Divergence:
        self.drain()
        last = f"; the last bytes from it were {quote(bytes(self.buffer), SHOWN_BYTES)}" if self.buffer else ""
        return self.diverge(
            f"{self.peer} to read {count(size, 'byte')}",
            f"it ended the connection after {count(sent, 'byte')}{last}{self.conditions.died()}",
        )

    def drain(self) -> None:
        """Moves into the buffer what has arrived already, without waiting."""
        try:
            while not self.at_eof and self.ready(select.POLLIN, 0.0):
                data = self.sock.recv(CHUNK)
                if not data:
                    return
                self.buffer += data
                self.channel.received(data)
        except OSError:
            return
