"""A second copy of the kit's C++ tree that may be changed at will, with a build directory of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from autograder.kit.tree import ROOT

_FOLDERS = ("common", "solution", "labs", "autograder/shim")
_SUFFIXES = (".h", ".cpp", ".cmake", ".in")


class Workshop:
    """Owns `place`: the copy is in `place`/tree, and whoever builds it uses `place`/build.

    Only files whose content changes are written, so that a build after a change compiles what depends on it and
    nothing else, and a second run finds everything built.
    """

    def __init__(self, place: Path, root: Path = ROOT) -> None:
        """Reads the kit at `root`; nothing is written before `lay`."""
        self.tree = place / "tree"
        self.directory = place / "build"
        self._kit = {path: (root / path).read_bytes() for path in _sources(root)}
        self._laid = {path: (self.tree / path).read_bytes() for path in _sources(self.tree)}

    @property
    def kit(self) -> Mapping[str, bytes]:
        """The kit's own files, by their path below its root."""
        return self._kit

    def lay(self, changes: Mapping[str, bytes] | None = None) -> None:
        """Makes the copy equal to the kit with `changes` (paths below the root, and contents) on top."""
        wanted = {**self._kit, **(changes or {})}
        for path in self._laid.keys() - wanted.keys():
            (self.tree / path).unlink(missing_ok=True)
        for path, content in wanted.items():
            if self._laid.get(path) != content:
                target = self.tree / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        self._laid = wanted


def _sources(root: Path) -> Iterator[str]:
    """The files of a tree that a build can read, by their path below it."""
    if (root / "CMakeLists.txt").is_file():
        yield "CMakeLists.txt"
    for folder in _FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and (path.suffix in _SUFFIXES or path.name == "CMakeLists.txt"):
                yield path.relative_to(root).as_posix()
