"""More than 4 GiB, where sizes and offsets no longer fit into 32 bits.

The files are sparse where they are read and are only counted where they arrive: nothing is written to a disk.
"""

from __future__ import annotations

import fcntl
import os
import threading
from pathlib import Path

from tests.interop import servers
from tests.interop.clients import Curl, Ftplib
from tests.interop.support import PASSWORD, SECONDS, USER, MiB, TreeTest

SIZE = 5 * 1024 * MiB
PLACE = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # a hole is read there without filling the page cache
EDGE = MiB  # bytes at a file's head and at its tail that are no hole


class Stream:
    """How long a stream is, its head and its tail: the middle is forgotten."""

    def __init__(self) -> None:
        self.size, self.head, self.tail = 0, b"", b""

    def add(self, data: bytes) -> None:
        self.size += len(data)
        self.head += data[:EDGE - len(self.head)]
        if self.size > SIZE - EDGE:
            self.tail = (self.tail + data)[-EDGE:]

    def read_fifo(self, path: Path) -> None:
        """Takes in what others write to a FIFO."""
        with open(path, "rb", buffering=0) as fifo:
            fcntl.fcntl(fifo, fcntl.F_SETPIPE_SZ, MiB)
            while data := fifo.read(MiB):
                self.add(data)


def sparse(folder: Path) -> tuple[bytes, bytes]:
    """Makes the file "huge" of SIZE bytes; returns its head and its tail."""
    head, tail = os.urandom(EDGE), os.urandom(EDGE)
    with open(folder / "huge", "wb") as file:
        file.write(head)
        file.seek(SIZE - EDGE)
        file.write(tail)
    (folder / "huge").chmod(0o666)
    return head, tail


class Server(TreeTest):
    place = PLACE

    def setUp(self) -> None:
        super().setUp()
        self.port = self.start_kit_server("--user", f"{USER}:{PASSWORD}")
        self.head, self.tail = sparse(self.served)

    def test_sends_5_gib(self) -> None:
        got, lines = Stream(), []
        with Ftplib(self.port, self.local).session() as session:
            session.retrbinary("RETR huge", got.add, blocksize=MiB)
            session.dir("huge", lines.append)
        self.assertEqual(got.size, SIZE)
        self.assertTrue((got.head, got.tail) == (self.head, self.tail), "head or tail differs")
        self.assertRegex(lines[0], rf" {SIZE} ")

    def test_appends_behind_5_gib(self) -> None:
        (self.local / "more").write_bytes(b"behind it")
        done = Curl(self.port, self.local).run("--append", "-T", "more", Curl(self.port, self.local).url("huge"))
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(self.served / "huge", "rb") as file:
            file.seek(SIZE - EDGE)
            self.assertTrue(file.read() == self.tail + b"behind it", "the tail differs")


class ClientWithVsftpd(servers.Vsftpd):
    place = PLACE

    def test_fetches_5_gib(self) -> None:
        sparse(self.served)
        self.assertIn(f"{SIZE} bytes received".encode(), self.assert_done("get huge /dev/null").stdout)


class ClientWithProftpd(servers.Proftpd):
    place = PLACE

    def test_sends_5_gib(self) -> None:
        head, tail = sparse(self.local)
        os.mkfifo(self.served / "there")
        (self.served / "there").chmod(0o666)
        got = Stream()
        reader = threading.Thread(target=got.read_fifo, args=(self.served / "there",), daemon=True)
        reader.start()
        self.assertIn(f"{SIZE} bytes sent".encode(), self.assert_done("put huge there").stdout)
        reader.join(SECONDS)
        self.assertEqual(got.size, SIZE)
        self.assertTrue((got.head, got.tail) == (head, tail), "head or tail differs")
