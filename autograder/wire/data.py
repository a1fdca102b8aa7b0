"""The grader's end of a data connection (RFC 959 3.2)."""

from __future__ import annotations

import fcntl
import socket
import struct
import termios

from autograder.wire.client import Wire
from autograder.wire.show import count, quote


class DataPeer(Wire):
    """A data connection in stream mode: the end of the stream is the end of the file."""

    def read(self, size: int, seconds: float | None = None) -> bytes:
        """The next `size` bytes of the file."""
        return self.read_exactly(size, seconds)

    def arrived(self, size: int, seconds: float | None = None) -> int:
        """Waits until at least `size` bytes lie unread in the socket. Returns how many there are."""
        until = self.conditions.deadline(seconds)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, size)
        self.readable(until)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)
        (waiting,) = struct.unpack("i", fcntl.ioctl(self.sock, termios.FIONREAD, bytes(4)))
        if waiting < size:
            raise self.diverge(f"at least {count(size, 'byte')} to arrive", self.in_vain(seconds, count(waiting, "byte")))
        return waiting

    def read_all(self, limit: int = 1 << 30, seconds: float | None = None) -> bytes:
        """The rest of the file."""
        return self.read_to_eof(limit, seconds)

    def read_lines(self) -> list[bytes]:
        """The rest as lines without their CRLF. Divergence where a line ends otherwise."""
        text = self.read_to_eof()
        lines = text.split(b"\r\n")
        for line in lines:
            if b"\n" in line or b"\r" in line:
                at = text.find(line) + min(line.find(mark) for mark in (b"\n", b"\r") if mark in line)
                raise self.diverge(
                    "lines that end with CRLF (RFC 959 3.1.1.1)", f"a line break of another kind in {quote(line)}",
                    ahead=at - len(text))
        if lines[-1]:
            raise self.diverge("a CRLF after the last line", f"the list ends with {quote(lines[-1])}")
        return lines[:-1]

    def expect(self, content: bytes, what: str = "the file", seconds: float | None = None) -> None:
        """The rest of the stream is exactly this, and then it ends."""
        self.expect_bytes(content, what, seconds)
        if self.buffer or self.receive(f"the end of {what} after {count(len(content), 'byte')}", seconds):
            raise self.diverge(
                f"the end of {what} after {count(len(content), 'byte')}", f"more follows: {quote(bytes(self.buffer))}")
