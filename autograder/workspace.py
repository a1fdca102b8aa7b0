"""The folders of one scenario run, and the chances it draws from its seed."""

from __future__ import annotations

import os
import random
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.wire.show import count, describe_difference
from autograder.wire.transcript import Divergence, Transcript

KiB, MiB, GiB = 1 << 10, 1 << 20, 1 << 30

_BLOCK = MiB - 3  # odd, so that equal bytes never stand at equal offsets of two power-of-two buffers
_WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "inlet", "jade", "kelp", "larch")


class Chance(random.Random):
    """The run's random numbers: the same seed gives the same names and contents."""

    def name(self, suffix: str = ".bin") -> str:
        """A file name that nobody can have guessed."""
        return f"{self.choice(_WORDS)}-{self.getrandbits(32):08x}{suffix}"

    def bytes(self, size: int) -> bytes:
        """Random content. Beyond a MiB it repeats, at an odd distance."""
        block = self.randbytes(min(size, _BLOCK))
        return (block * (size // _BLOCK + 1))[:size] if size > _BLOCK else block


class Tree:
    """A folder of the run, seen by file names relative to it. Does not own the folder."""

    def __init__(self, path: Path, name: str, transcript: Transcript, chance: Chance) -> None:
        self.root = path
        self._name = name  # in sentences: "the server's root"
        self._transcript = transcript
        self._chance = chance
        path.mkdir(parents=True, exist_ok=True)

    def path(self, name: str | bytes = "") -> Path:
        """The path of an entry. Bytes are a name that need not be UTF-8."""
        return self.root / (os.fsdecode(name) if isinstance(name, bytes) else name)

    def write(self, name: str | bytes, content: bytes | int, mode: int | None = None) -> bytes:
        """Writes a file, its folders too; a number is a size, filled at random. Returns the content."""
        data = self._chance.bytes(content) if isinstance(content, int) else content
        target = self.path(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        if mode is not None:
            target.chmod(mode)
        self._note(name, count(len(data), "byte"))
        return data

    def overwrite(self, name: str, content: bytes) -> None:
        """Writes over the beginning of a file that stays the same file, and as long as it is."""
        with open(self.path(name), "r+b") as file:
            file.write(content)
        self._note(name, f"overwritten, {count(len(content), 'byte')}")

    def link(self, name: str, existing: str) -> None:
        """One more name of a file (a hard link): the quick way to very many names. Not in the transcript."""
        os.link(self.path(existing), self.path(name))

    def sparse(self, name: str, size: int, tail: bytes = b"") -> None:
        """A file of `size` bytes that takes no room: zeros, and `tail` at the very end."""
        with open(self.path(name), "wb") as file:
            file.truncate(size)
            file.seek(size - len(tail))
            file.write(tail)
        self._note(name, f"{count(size, 'byte')}, sparse")

    def mkdir(self, name: str | bytes, mode: int = 0o755) -> Path:
        """Makes a directory and those above it."""
        target = self.path(name)
        target.mkdir(parents=True, exist_ok=True)
        target.chmod(mode)
        self._note(name, "a directory")
        return target

    def symlink(self, name: str, target: str | Path) -> None:
        """Makes a symbolic link called `name` that points to `target`."""
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).symlink_to(target)
        self._note(name, f"a link to {target}")

    def fifo(self, name: str) -> None:
        """Makes a named pipe."""
        os.mkfifo(self.path(name))
        self._note(name, "a named pipe")

    def remove(self, name: str) -> None:
        """Removes a file, a link or a whole directory."""
        target = self.path(name)
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        else:
            target.unlink()

    def read(self, name: str | bytes) -> bytes:
        """A file's content. Divergence when there is none."""
        with self._wanted("file", name):
            return self.path(name).read_bytes()

    def exists(self, name: str | bytes) -> bool:
        """Whether there is such an entry; a link counts, wherever it points."""
        return os.path.lexists(self.path(name))

    def is_directory(self, name: str | bytes) -> bool:
        """Whether the entry is a directory."""
        return self.path(name).is_dir()

    def names(self, name: str = "") -> list[str]:
        """The entries of a directory in order, hidden ones too; bytes that are no UTF-8 as surrogates. Divergence when
        there is no such directory."""
        with self._wanted("directory", name):
            return sorted(os.listdir(self.path(name)))

    def stat(self, name: str | bytes) -> os.stat_result:
        """lstat of an entry. Divergence when there is none."""
        with self._wanted("entry", name):
            return self.path(name).lstat()

    def mode(self, name: str | bytes) -> int:
        """Permission bits of an entry."""
        return stat.S_IMODE(self.stat(name).st_mode)

    def expect(self, name: str | bytes, content: bytes) -> None:
        """The file is there and holds exactly this."""
        difference = describe_difference(self.read(name), content, f"in {self._shown(name)}")
        if difference is not None:
            raise Divergence(*difference[:2])
        self._transcript.step(f"{self._shown(name)} in {self._name} holds the right {count(len(content), 'byte')}")

    def expect_absent(self, name: str | bytes) -> None:
        """There is no such entry."""
        if self.exists(name):
            raise Divergence(f"no {self._shown(name)} in {self._name}", "it is there")
        self._transcript.step(f"{self._shown(name)} is not in {self._name}")

    def expect_names(self, *wanted: str, within: str = "", seconds: float = 0) -> None:
        """The directory holds exactly these entries, at the latest in so many seconds: nothing lost, no temporary file
        left behind."""
        until = time.monotonic() + seconds
        while (found := self.names(within)) != sorted(wanted) and time.monotonic() < until:
            time.sleep(0.02)  # a bounded poll: what the program still has to take away ends without an event for us
        if found != sorted(wanted):
            place = f"{self._name}/{within}".rstrip("/")
            raise Divergence(f"{place} to hold {sorted(wanted)}", f"it holds {found}")
        self._transcript.step(f"{self._name} holds {count(len(wanted), 'name')}")

    @contextmanager
    def _wanted(self, kind: str, name: str | bytes) -> Iterator[None]:
        """What has to be there and is not is the program's mistake, not the grader's."""
        try:
            yield
        except OSError as error:
            what = f"the {kind} {self._shown(name)} in {self._name}" if name else f"{self._name}"
            raise Divergence(what, error.strerror or str(error)) from None

    def _shown(self, name: str | bytes) -> str:
        return os.fsdecode(name).encode("utf-8", "backslashreplace").decode()

    def _note(self, name: str | bytes, what: str) -> None:
        self._transcript.note(f"{self._name} gets {self._shown(name)}: {what}")
