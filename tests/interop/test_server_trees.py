"""The server with clients that move whole trees, both ways, or hundreds of files in one session."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.interop.clients import ClientDriver, Curl, Ftplib, Lftp, Ncftp, Tnftp, Wget
from tests.interop.support import PASSWORD, SPACED, USER, UTF8, TreeTest

HUNDREDS = {f"small{number:03}": f"{number}\r\n".encode() * (number % 7) for number in range(500)}
FILES = {"top": b"1", f"deep er/{SPACED}": b"2", f"deep er/grüße/{UTF8}": b"3", "deep er/empty": b"",
         **{f"many/{name}": content for name, content in HUNDREDS.items()}}
HOLLOW = ("hollow", "deep er/hollow 世界/more hollow")


def plant(root: Path) -> None:
    """Makes the tree of FILES and of the empty directories HOLLOW."""
    for name in (*HOLLOW, "many", "deep er/grüße"):
        (root / name).mkdir(parents=True)
    for name, content in FILES.items():
        (root / name).write_bytes(content)


def seen(root: Path) -> dict[str, bytes | None]:
    """Everything below a directory: contents of files, None for directories."""
    return {path.relative_to(root).as_posix(): None if path.is_dir() else path.read_bytes()
            for path in root.rglob("*")}


class ServedTest(TreeTest):
    """A test with a server; `driver` says which client meets it."""

    driver: type[ClientDriver]

    modes = (False, True)  # passive and active

    def in_all_modes(self, move: Callable[[ClientDriver, str], None]) -> None:
        """Calls `move` with the client in each mode, and a number to tell their files apart."""
        port = self.start_kit_server("--user", f"{USER}:{PASSWORD}")
        for active in self.modes:
            with self.subTest(active=active):
                move(self.driver(port, self.local, active=active), str(int(active)))

    def assert_done(self, done: "subprocess.CompletedProcess[bytes]") -> None:
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])


class Fetching:
    """Clients that walk through trees themselves; `fetch` gets one from `served` into `local`. A mixin."""

    def test_fetches_a_tree(self) -> None:
        def move(peer: ClientDriver, number: str) -> None:
            self.fetch(peer, "a tree", f"here{number}")
            self.assertEqual(seen(self.local / f"here{number}"), seen(self.served / "a tree"))

        plant(self.served / "a tree")
        self.in_all_modes(move)


class Sending(Fetching):
    """Those that put trees, too, from `local` into `served`. A mixin."""

    def test_sends_a_tree(self) -> None:
        def move(peer: ClientDriver, number: str) -> None:
            self.send(peer, "a tree", f"there{number}")
            self.assertEqual(seen(self.served / f"there{number}"), seen(self.local / "a tree"))

        plant(self.local / "a tree")
        self.in_all_modes(move)


class WithLftp(Sending, ServedTest):
    driver = Lftp

    def fetch(self, peer: Lftp, there: str, here: str) -> None:
        self.assert_done(peer.run(f'mirror "{there}" "{here}"'))

    def send(self, peer: Lftp, here: str, there: str) -> None:
        self.assert_done(peer.run(f'mirror -R "{here}" "{there}"'))


class WithNcftp(Sending, ServedTest):
    driver = Ncftp

    def fetch(self, peer: Ncftp, there: str, here: str) -> None:
        (self.local / here).mkdir()
        self.assert_done(peer.run("ncftpget", "-V", "-T", "-R", peer.host, here, there))
        self.rise(self.local / here, there)

    def send(self, peer: Ncftp, here: str, there: str) -> None:
        self.assert_done(peer.run("ncftpput", "-V", "-m", "-R", peer.host, there, here))
        self.rise(self.served / there, here)

    def rise(self, folder: Path, name: str) -> None:
        """It puts the tree into a folder under its own name: what is below that is moved up."""
        (folder / name).rename(folder.parent / "rising")
        folder.rmdir()
        (folder.parent / "rising").rename(folder)


class WithWget(Fetching, ServedTest):
    """It cannot send."""

    driver = Wget

    def fetch(self, peer: Wget, there: str, here: str) -> None:
        where = ("-P", here, "-nH", "--cut-dirs=1", "--restrict-file-names=nocontrol")
        self.assert_done(peer.run("-r", "-l", "inf", *where, peer.url(f"{there}/", None)))


class Hundreds:
    """Clients that fetch and send every file in one session, from and into their folder. A mixin."""

    def test_moves_hundreds_of_files(self) -> None:
        def move(peer: ClientDriver, number: str) -> None:
            peer.folder = self.local / number
            peer.folder.mkdir()
            (self.served / f"there{number}").mkdir()
            self.fetch(peer)
            self.assertEqual(seen(peer.folder), HUNDREDS)
            self.send(peer, f"there{number}")
            self.assertEqual(seen(self.served / f"there{number}"), HUNDREDS)

        (self.served / "many").mkdir()
        for name, content in HUNDREDS.items():
            (self.served / "many" / name).write_bytes(content)
        self.in_all_modes(move)


class WithCurl(Hundreds, ServedTest):
    driver = Curl
    modes = (True,)  # curl 7.88 waits for a second before each passive connection but the first

    def fetch(self, peer: Curl) -> None:
        self.assert_done(peer.run("-o", "small#1", peer.url("many/small") + "[000-499]"))

    def send(self, peer: Curl, there: str) -> None:
        self.assert_done(peer.run("-T", "small[000-499]", peer.url(f"{there}/")))


class WithTnftp(Hundreds, ServedTest):
    driver = Tnftp

    def fetch(self, peer: Tnftp) -> None:
        # Not mget: that sends NLST with a pattern, where RFC 959 has a pathname.
        peer.run("-V", "cd many", *(f"get {name}" for name in HUNDREDS))

    def send(self, peer: Tnftp, there: str) -> None:
        peer.run("-V", "prompt", f"cd {there}", "mput *")


class WithFtplib(Hundreds, ServedTest):
    driver = Ftplib

    def fetch(self, peer: Ftplib) -> None:
        with peer.session() as session:
            session.cwd("many")
            for name in session.nlst():
                with open(peer.folder / name, "wb") as file:
                    session.retrbinary(f"RETR {name}", file.write)

    def send(self, peer: Ftplib, there: str) -> None:
        with peer.session() as session:
            session.cwd(there)
            for path in sorted(peer.folder.iterdir()):
                session.storbinary(f"STOR {path.name}", io.BytesIO(path.read_bytes()))
