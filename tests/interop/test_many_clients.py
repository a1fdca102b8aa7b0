"""64 clients of Python's ftplib at once: transfers, STAT and ABOR in their middle, QUIT, and clients that vanish."""

from __future__ import annotations

import ftplib
import io
import os
import threading
import time
from collections.abc import Callable

from tests.interop import support
from tests.interop.support import CONTENTS, TreeTest

CLIENTS = 64
ROUNDS = 4


class ManyClients(TreeTest):
    """Each client is a thread of this process."""

    def setUp(self) -> None:
        super().setUp()
        self.content = os.urandom(300_000)
        (self.served / "shared").write_bytes(self.content)
        self.port = self.start_kit_server()

    def open(self) -> ftplib.FTP:
        """A session that is logged in."""
        ftp = ftplib.FTP()
        ftp.connect("127.0.0.1", self.port, timeout=support.SECONDS)
        ftp.login()
        ftp.voidcmd("TYPE I")
        return ftp

    def fetch(self, ftp: ftplib.FTP, name: str) -> None:
        """A whole download."""
        got = io.BytesIO()
        ftp.retrbinary("RETR shared", got.write)
        self.assertTrue(got.getvalue() == self.content, f"{name}: 300,000 bytes differ")
        self.assertIn("hello.txt", ftp.nlst())

    def store(self, ftp: ftplib.FTP, name: str) -> None:
        """A whole upload, looked at in the middle."""
        with ftp.transfercmd(f"STOR {name}") as data:
            data.sendall(self.content[:1000])
            self.assertRegex(ftp.sendcmd("STAT"), "^21[13]")
            data.sendall(self.content[1000:])
        ftp.voidresp()

    def abort(self, ftp: ftplib.FTP, name: str) -> None:
        """An upload that is aborted: two replies, and nothing is left."""
        with ftp.transfercmd(f"STOR {name} never") as data:
            data.sendall(b"half")
            with self.assertRaises(ftplib.error_temp):
                ftp.voidcmd("ABOR")
            ftp.voidresp()
        ftp.voidcmd("NOOP")

    def vanish(self, ftp: ftplib.FTP, name: str) -> None:
        """A client whose connections end in the middle of an upload: the control connection first."""
        with ftp.transfercmd(f"STOR {name} never") as data:
            data.sendall(b"half")
            ftp.close()

    def new_names(self) -> set[str]:
        """What the server's directory holds besides what was there before."""
        return set(os.listdir(self.served)) - {"shared", "sub", *CONTENTS}

    def test_sixty_four_at_once(self) -> None:
        deeds: tuple[Callable[[ftplib.FTP, str], None], ...] = (self.fetch, self.store, self.abort, self.vanish)
        failures: list[str] = []

        def visit(number: int) -> None:
            try:
                for turn in range(ROUNDS):
                    ftp = self.open()
                    deeds[(number + turn) % len(deeds)](ftp, f"own {number}")
                    if ftp.sock is not None:
                        ftp.quit()
            except Exception as error:  # noqa: BLE001: it is told to the main thread
                failures.append(f"client {number}: {error!r}")

        visitors = [threading.Thread(target=visit, args=(number,)) for number in range(CLIENTS)]
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join()
        self.assertEqual(failures, [])
        stored = {f"own {number}" for number in range(CLIENTS)}
        until = time.monotonic() + 5  # the uploads of those who vanished end a moment later
        while self.new_names() != stored and time.monotonic() < until:
            time.sleep(0.01)
        self.assertEqual(self.new_names(), stored)
        for name in stored:
            self.assertTrue((self.served / name).read_bytes() == self.content, f"{name} differs")
