"""A second copy of the kit's C++ tree that may be changed at will, with a build directory of its own."""

from __future__ import annotations

import fcntl
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from autograder.kit.reference import programs_in
from autograder.kit.tree import ROOT
from autograder.run.build import BUILD_SECONDS, build
from autograder.run.check import Selection

_FOLDERS = ("common", "solution", "labs", "autograder/shim")
_SUFFIXES = (".h", ".cpp", ".cmake", ".in")


@dataclass(frozen=True)
class Programs:
    """Programs that were built: their command lines by name, and the shim for their short reads and writes."""

    commands: dict[str, list[str]]
    shim: Path | None


class Workshop:
    """Owns `place`: the copy is in `place`/tree, and whoever builds it uses `place`/build.

    Only files whose content changes are written, so that a build after a change compiles what depends on it and
    nothing else, and a second run finds everything built.
    """

    def __init__(self, place: Path, root: Path = ROOT, claim: IO[str] | None = None) -> None:
        """Reads the kit at `root`; nothing is written before `lay`. `claim` is a lock to hold as long as this lives."""
        self._claim = claim
        self.tree = place / "tree"
        self.directory = place / "build"
        self._kit = {path: (root / path).read_bytes() for path in _sources(root)}
        self._laid = {path: (self.tree / path).read_bytes() for path in _sources(self.tree)}

    @classmethod
    def first_free(cls, folder: Path, root: Path = ROOT) -> Workshop:
        """The first workshop below `folder` (1, 2, ...) that no other process has taken."""
        for number in itertools.count(1):
            place = folder / str(number)
            place.mkdir(parents=True, exist_ok=True)
            claim = open(place / "lock", "w")
            try:
                fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return cls(place, root, claim)
            except BlockingIOError:
                claim.close()
        raise AssertionError("itertools.count ended")

    @property
    def kit(self) -> Mapping[str, bytes]:
        """The kit's own files, by their path below its root."""
        return self._kit

    def lay(self, changes: Mapping[str, bytes] | None = None) -> None:
        """Makes the copy equal to the kit with `changes` (paths below the root, and contents) on top."""
        wanted = {**self._kit, **(changes or {})}
        if wanted.keys() != self._laid.keys() and "CMakeLists.txt" in self._laid:
            (self.tree / "CMakeLists.txt").touch()  # CMake has to look again which files there are
        for path in self._laid.keys() - wanted.keys():
            (self.tree / path).unlink(missing_ok=True)
        for path, content in wanted.items():
            if self._laid.get(path) != content:
                target = self.tree / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        self._laid = wanted

    def build(self, selection: Selection, solved: Iterable[int] | str, seconds: float = BUILD_SECONDS) -> Programs:
        """Builds the programs that the selected scenarios start. Raises BuildError, WrongUse."""
        targets = list(selection.targets().values())
        built = build(targets, solved=solved, directory=self.directory, root=self.tree, seconds=seconds)
        return Programs(programs_in(built.directory, selection), built.shim)


def _sources(root: Path) -> Iterator[str]:
    """The files of a tree that a build can read, by their path below it."""
    if (root / "CMakeLists.txt").is_file():
        yield "CMakeLists.txt"
    for folder in _FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and (path.suffix in _SUFFIXES or path.name == "CMakeLists.txt"):
                yield path.relative_to(root).as_posix()
