"""The client continues files, and moves many files and trees, with vsftpd, pyftpdlib and the server under test."""

from __future__ import annotations

import os
from pathlib import Path

from tests.interop.servers import KitServer, Pyftpdlib, Vsftpd
from tests.interop.support import SPACED, UTF8, MiB

LEVELS = 30
MANY = 500


def content_of(top: Path) -> dict[str, bytes | None]:
    """All that is below a directory: the bytes of files, None for directories; by their path from there."""
    return {
        str(path.relative_to(top)): None if path.is_dir() else path.read_bytes() for path in sorted(top.rglob("*"))
    }


def make_tree(top: Path) -> dict[str, bytes | None]:
    """A tree with names of all kinds, empty directories and a long way down; anybody may write to it."""
    names = {SPACED: b"one", UTF8: b"two", "a 1 Jan 12:30 b": b"three", "-dash": b"four", "[x]*": b"five", "empty": b""}
    deep = top.joinpath("dir with  blanks", *(f"level{level}" for level in range(LEVELS)))
    for folder in (top, top / "dir with  blanks", top / "-l", deep, top / "empty dir"):
        folder.mkdir(parents=True, exist_ok=True)
    for folder in (top, top / "dir with  blanks", top / "-l", deep):
        for name, content in names.items():
            (folder / name).write_bytes(content)
    for path in (top, *top.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    return content_of(top)


class LongTransfers:
    """What the client has to manage with every server. A mixin: the classes below start one and log in to it."""

    def dialogue(self, commands: str) -> bytes:
        """The commands succeed; returns what --verbose shows of the control connection."""
        return self.assert_done(commands, "--verbose").stderr

    def test_reget_continues(self) -> None:
        content = self.big_file(self.served, size=16 * MiB)
        (self.local / "big.bin").write_bytes(content[: 5 * MiB + 1])
        self.assertIn(f"REST {5 * MiB + 1}".encode(), self.dialogue("reget big.bin"))
        self.assertTrue((self.local / "big.bin").read_bytes() == content, "what was put together differs")
        self.assertNotIn(b"RETR", self.dialogue("reget big.bin"))

    def test_reput_continues(self) -> None:
        content = self.big_file(self.local, size=16 * MiB)
        (self.served / "big.bin").write_bytes(content[: 5 * MiB + 1])
        (self.served / "big.bin").chmod(0o666)
        self.assertIn(f"REST {5 * MiB + 1}".encode(), self.dialogue("reput big.bin"))
        self.assertTrue((self.served / "big.bin").read_bytes() == content, "what was put together differs")
        self.assertNotIn(b"STOR", self.dialogue("reput big.bin"))

    def test_a_shrunk_file_is_left_alone(self) -> None:
        (self.local / "hello.txt").write_bytes(b"longer than what the server has under this name")
        done = self.client("reget hello.txt")
        self.assertEqual(done.returncode, 1)
        self.assertEqual((self.local / "hello.txt").read_bytes(), b"longer than what the server has under this name")

    def test_many_files_both_ways(self) -> None:
        files = {f"file {number}.c": os.urandom(number) for number in range(MANY)}
        for name, content in files.items():
            (self.local / name).write_bytes(content)
        (self.local / "not.h").write_bytes(b"")
        self.assert_done("mkdir many; cd many; mput *.c")
        self.assertEqual(content_of(self.served / "many"), dict(sorted(files.items())))
        for name in files:
            (self.local / name).unlink()
        self.assert_done('cd many; mget *.c; mdelete "file 1*"')
        (self.local / "not.h").unlink()
        self.assertEqual(content_of(self.local), dict(sorted(files.items())))
        left = [name for name in files if not name.startswith("file 1")]
        self.assertEqual(sorted(content_of(self.served / "many")), sorted(left))

    def test_trees_both_ways(self) -> None:
        wanted = make_tree(self.served / "tree")
        self.assert_done("get -r tree here")
        self.assertEqual(content_of(self.local / "here"), wanted)
        self.assert_done("put -r here there")
        self.assertEqual(content_of(self.served / "there"), wanted)
        self.assert_done("put -r here there")  # once more, into what is there already
        self.assertEqual(content_of(self.served / "there"), wanted)

    def test_a_loop_ends(self) -> None:
        make_tree(self.served / "tree")
        (self.served / "tree" / "empty dir" / "up").symlink_to("..")
        self.assert_done("get -r tree here")
        self.assertEqual((self.local / "here" / SPACED).read_bytes(), b"one")

    def test_newer_fetches_once(self) -> None:
        os.utime(self.served / "hello.txt", (1_600_000_000, 1_600_000_000))
        self.assertIn(b"RETR", self.dialogue("newer hello.txt"))
        self.assertNotIn(b"RETR", self.dialogue("newer hello.txt"))


class WithKitServer(LongTransfers, KitServer):
    pass


class WithPyftpdlib(LongTransfers, Pyftpdlib):
    pass


class WithVsftpd(LongTransfers, Vsftpd):
    pass
