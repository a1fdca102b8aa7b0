"""Network namespaces: each server has loopback, ports and TIME_WAIT to itself, so that none slows the next one down.

Without the privilege everything runs on the machine's own loopback; the report says so.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
from collections.abc import Callable

_CLONE_NEWNET = 0x40000000
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1
_libc = ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: int) -> None:
    if getattr(_libc, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def make() -> None:
    """Takes this process into a new network namespace whose loopback is up. Raises OSError."""
    _call("unshare", _CLONE_NEWNET)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        request = fcntl.ioctl(sock, _SIOCGIFFLAGS, struct.pack("16sh14x", b"lo", 0))
        flags = struct.unpack("16sh14x", request)[1]
        fcntl.ioctl(sock, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | _IFF_UP))


def available() -> bool:
    """May this process make namespaces? Tried in a child."""
    child = os.fork()
    if child == 0:
        try:
            make()
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


class Namespace:
    """The namespace of a running server; it outlives the server."""

    def __init__(self, pid: int) -> None:
        self._fd = os.open(f"/proc/{pid}/ns/net", os.O_RDONLY | os.O_CLOEXEC)

    def enter(self) -> Callable[[], None]:
        """What a process has to call to get into it, between fork and exec."""
        return lambda: _call("setns", self._fd, _CLONE_NEWNET)

    def close(self) -> None:
        os.close(self._fd)
