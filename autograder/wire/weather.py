"""How a message travels: cut into pieces, and each piece really a segment of its own.

TCP may join what was sent apart. So before the next piece leaves, the grader looks whether the program has read the
last one: the kernel tells the length of any local socket's receive queue (sock_diag).
"""

from __future__ import annotations

import array
import fcntl
import random
import socket
import struct
import termios
import time

from autograder.scenario import Weather

DRIPPED = 512  # bytes of a message that drip singly: of a longer one the head and the tail do
SETTLE_SECONDS = 0.1  # a program that reads nothing for so long is not going to

_SOCK_DIAG = 4
_SOCK_DIAG_BY_FAMILY = 20
_ERROR = 2


def pieces(data: bytes, weather: Weather, rng: random.Random) -> list[bytes]:
    """The segments in which the message leaves. They join to `data`; none is empty unless `data` is."""
    if weather is Weather.SPLIT and len(data) > 1:
        cut = rng.randrange(1, len(data))
        return [data[:cut], data[cut:]]
    if weather is Weather.DRIP:
        if len(data) <= DRIPPED:
            return [data[at:at + 1] for at in range(len(data))]
        edge = DRIPPED // 4
        return [*pieces(data[:edge], weather, rng), data[edge:-edge], *pieces(data[-edge:], weather, rng)]
    return [data]


class ReadProbe:
    """Tells whether the program at the other end of a loopback connection has read all that was sent."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._netlink: socket.socket | None = None
        self._request = b""
        self._patience = SETTLE_SECONDS
        if sock.family not in (socket.AF_INET, socket.AF_INET6):
            return
        try:
            self._netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _SOCK_DIAG)
            self._netlink.settimeout(1.0)
            self._request = _diagnose(sock)
            if self._ask() is None:  # a kernel without sock_diag for TCP
                self.close()
        except OSError:
            self.close()

    def settle(self) -> bool:
        """Waits until all bytes sent are read by the program. False when it does not read them in time; then the
        next waits are short, until it reads again."""
        end = time.monotonic() + self._patience
        pause = 0.00002
        while self._unread() > 0:
            if time.monotonic() > end:
                self._patience = SETTLE_SECONDS / 100
                return False
            time.sleep(pause)  # a bounded poll: the kernel offers no event for this
            pause = min(pause * 2, 0.002)
        self._patience = SETTLE_SECONDS
        return True

    def _unread(self) -> int:
        if self._netlink is not None:
            return self._ask() or 0  # None: the peer's socket is gone, there is nothing more to wait for
        queue = array.array("i", [0])
        fcntl.ioctl(self._sock.fileno(), termios.TIOCOUTQ, queue)  # bytes the peer's kernel has not acknowledged
        return queue[0]

    def _ask(self) -> int | None:
        assert self._netlink is not None
        self._netlink.send(self._request)
        answer = self._netlink.recv(8192)
        if struct.unpack_from("=H", answer, 4)[0] == _ERROR:
            return None
        return struct.unpack_from("=I", answer, 16 + 4 + 48 + 4)[0]  # idiag_rqueue

    def close(self) -> None:
        """Gives the netlink socket back."""
        if self._netlink is not None:
            self._netlink.close()
            self._netlink = None


def _diagnose(sock: socket.socket) -> bytes:
    """The sock_diag request for the peer's socket of this connection (linux/inet_diag.h, inet_diag_req_v2)."""
    here, there = sock.getsockname(), sock.getpeername()
    addresses = b"".join(socket.inet_pton(sock.family, end[0]).ljust(16, b"\0") for end in (there, here))
    identity = struct.pack("!HH", there[1], here[1]) + addresses + struct.pack("=I", 0) + b"\xff" * 8
    request = struct.pack("=BBBBI", sock.family, socket.IPPROTO_TCP, 0, 0, 0xFFFFFFFF) + identity
    return struct.pack("=IHHII", 16 + len(request), _SOCK_DIAG_BY_FAMILY, 1, 1, 0) + request
