"""What the machine itself needs to move a file: the measure for programs that should need little more."""

from __future__ import annotations

import os
import socket
import struct
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PIECE = 2 << 20  # bytes for one call
_PATIENCE = 30  # seconds without a byte


def sendfile_cpu_seconds(path: Path) -> float:
    """CPU time of a bare loop of sendfile(2) that sends the file through a TCP connection of this machine.

    Nobody looks at the bytes: the other end drops them in the kernel, as the grader's clients do. OSError where a call
    fails.
    """
    with _connection() as (near, far):
        dropping = threading.Thread(target=_drop, args=(near,))
        dropping.start()
        try:
            return _send(far, path)
        finally:
            far.shutdown(socket.SHUT_RDWR)
            dropping.join()


def sendfile_copies(folder: Path) -> bool:
    """Whether sendfile(2) itself makes copies of what files in this folder hold, as it has to with some file systems
    (ZFS), instead of sending their pages. OSError where a call fails."""
    before, after = b"a" * 4096, b"b" * 4096
    with tempfile.TemporaryFile(dir=folder) as file, _connection() as (near, far):
        os.pwrite(file.fileno(), before, 0)
        os.sendfile(far.fileno(), file.fileno(), 0, len(before))
        os.pwrite(file.fileno(), after, 0)
        return near.recv(len(after), socket.MSG_WAITALL) != after


@contextmanager
def _connection() -> Iterator[tuple[socket.socket, socket.socket]]:
    """The end that receives, and the end that sends: this one blocks, for sendfile's sake."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        near = socket.create_connection(listener.getsockname(), _PATIENCE)
        far, _ = listener.accept()
    with near, far:
        far.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", _PATIENCE, 0))
        yield near, far


def _send(sock: socket.socket, path: Path) -> float:
    with open(path, "rb") as file:
        began, offset = time.thread_time(), 0
        while sent := os.sendfile(sock.fileno(), file.fileno(), offset, _PIECE):
            offset += sent
        return time.thread_time() - began


def _drop(sock: socket.socket) -> None:
    room = bytearray(_PIECE)
    while sock.recv_into(room, _PIECE, socket.MSG_TRUNC):
        pass
