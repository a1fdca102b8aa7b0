"""Submissions: folders and archives as they come from a course platform, read into memory and never unpacked.

Nothing in a submission is trusted. Only C++ sources are read, only regular files, within bounds, and what lies in an
archive never becomes a file under a name that the archive chose.
"""

from __future__ import annotations

import os
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

KiB = 1024
MiB = 1024 * KiB

Sources = dict[PurePosixPath, bytes]

_SOURCE = (".h", ".cpp")
_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz")
_FILE_LIMIT = 1 * MiB  # one source file
_SOURCES_LIMIT = 16 * MiB  # all source files of a submission
_ENTRIES_LIMIT = 10_000
_ARCHIVE_LIMIT = 512 * MiB  # what a tar may hold in all: it has to be read through
_DEPTH_LIMIT = 16
_NOT_HANDED_IN = {"tests", "solution", "build", "common"}  # parts of the kit, where the whole of it was handed in
_PLAIN_NAME = re.compile(r"[\w.+-]+")


class BadSubmission(Exception):
    """A submission that cannot be graded; the text tells its author why."""


@dataclass(frozen=True)
class Submission:
    """One hand-in: whose it is, and where it lies."""

    name: str
    path: Path


def find(places: Sequence[Path], leave_out: Path | None = None) -> list[Submission]:
    """The submissions in some folders: each subfolder and each archive is one; an archive may be given by itself.

    `leave_out` is a folder that is none, wherever it lies: the one for the grades. Raises ValueError for a place that
    is not there, for two submissions of one name, and where there are none.
    """
    found: dict[str, Submission] = {}
    for place in places:
        if not place.exists():
            raise ValueError(f"{place} does not exist")
        paths = sorted(place.iterdir()) if place.is_dir() else [place]
        for path in paths:
            if path.name.startswith((".", "__")) or not (path.is_dir() or _is_archive(path.name)):
                continue
            if leave_out and path.resolve() == leave_out.resolve():
                continue
            name = _stem(path.name)
            if name in found:
                raise ValueError(f"two submissions are called {name}: {found[name].path} and {path}")
            found[name] = Submission(name, path)
    if not found:
        raise ValueError("no submission (a folder, .zip, .tar or .tar.gz) in " + ", ".join(map(str, places)))
    return list(found.values())


def read(path: Path) -> Sources:
    """The C++ sources in a submission by their path in it. Raises BadSubmission.

    A folder without sources that holds exactly one archive stands for that archive: so some platforms hand it over.
    """
    try:
        if not path.is_dir():
            return _read_archive(path)
        files = list(_walk(path))
        sources = _gather((name, file.stat().st_size, file) for name, file in files if name.suffix in _SOURCE)
        archives = [file for name, file in files if _is_archive(name.name)]
        return _read_archive(archives[0]) if not sources and len(archives) == 1 else sources
    except OSError as error:
        raise BadSubmission(f"it cannot be read: {error.strerror or error}") from error


def choose(
    sources: Mapping[PurePosixPath, bytes], folder: str, starters: Mapping[str, Collection[str]],
) -> dict[str, bytes]:
    """The files of one lab in a submission, by file name.

    `folder` is the lab's folder ("lab02_lines"), `starters` the file names that each lab's starter has, by folder.
    Taken is what stands in a folder called like the lab; else, in a flat submission, the files that have a starter's
    name, with the new ones beside them that belong to no other lab. Raises BadSubmission where there is nothing.
    """
    prefix = re.compile(rf"lab0?{int(folder[3:5])}(?![0-9]).*", re.IGNORECASE)
    own = {path: text for path, text in sources.items() if not _NOT_HANDED_IN.intersection(path.parts)}
    homes = {path.parent for path in own if prefix.fullmatch(path.parent.name)}
    others: set[str] = set()
    if not homes:
        homes = {path.parent for path in own if path.name in starters[folder]}
        others = {name for names in starters.values() for name in names}.difference(starters[folder])
    home = _nearest(homes, folder)
    return {path.name: text for path, text in own.items()
            if path.parent == home and path.name not in others and _PLAIN_NAME.fullmatch(path.name)}


def _nearest(homes: Collection[PurePosixPath], folder: str) -> PurePosixPath:
    """The one folder that is least deep. Raises BadSubmission where there is none, or more than one."""
    if not homes:
        raise BadSubmission(f"it has no folder {folder} and no file of that lab")
    depth = min(len(home.parts) for home in homes)
    nearest = sorted(home for home in homes if len(home.parts) == depth)
    if len(nearest) > 1:
        raise BadSubmission(f"which of these is {folder}? " + ", ".join(str(home) for home in nearest))
    return nearest[0]


def _is_archive(name: str) -> bool:
    return name.lower().endswith(_ARCHIVES)


def _stem(name: str) -> str:
    ends = [end for end in _ARCHIVES if name.lower().endswith(end)]
    return name[:-len(max(ends, key=len))] if ends else name


def _walk(top: Path) -> Iterator[tuple[PurePosixPath, Path]]:
    """Regular files below `top`; links are neither followed nor read."""
    count = 0
    for folder, folders, names in os.walk(top):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        if len(here.relative_to(top).parts) >= _DEPTH_LIMIT:
            folders.clear()
        for name in sorted(names):
            count += 1
            if count > _ENTRIES_LIMIT:
                raise BadSubmission(f"it has more than {_ENTRIES_LIMIT} files")
            path = here / name
            if stat.S_ISREG(path.lstat().st_mode) and not name.startswith("."):
                yield PurePosixPath(path.relative_to(top).as_posix()), path


def _gather(files: Iterable[tuple[PurePosixPath, int, Path]]) -> Sources:
    sources: Sources = {}
    for name, size, path in files:
        with path.open("rb") as stream:
            _add(sources, name, size, stream)
    return sources


def _add(sources: Sources, name: PurePosixPath, size: int, stream: IO[bytes]) -> None:
    """Reads one source file within the bounds; the size that was announced is not believed."""
    data = stream.read(_FILE_LIMIT + 1) if size <= _FILE_LIMIT else b""
    if size > _FILE_LIMIT or len(data) > _FILE_LIMIT:
        raise BadSubmission(f"{name} is larger than {_FILE_LIMIT // KiB} KiB")
    sources[name] = data
    if sum(map(len, sources.values())) > _SOURCES_LIMIT:
        raise BadSubmission(f"its sources are larger than {_SOURCES_LIMIT // MiB} MiB")


def _read_archive(path: Path) -> Sources:
    try:
        return _read_zip(path) if path.name.lower().endswith(".zip") else _read_tar(path)
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise BadSubmission(f"{path.name} is no archive that can be read: {error}") from error


def _read_zip(path: Path) -> Sources:
    sources: Sources = {}
    with zipfile.ZipFile(path) as archive:
        if len(archive.infolist()) > _ENTRIES_LIMIT:
            raise BadSubmission(f"{path.name} has more than {_ENTRIES_LIMIT} entries")
        for info in archive.infolist():
            name = _entry_name(info.filename)
            kind = stat.S_IFMT(info.external_attr >> 16)
            if not info.is_dir() and kind in (0, stat.S_IFREG) and _wanted(name):
                with archive.open(info) as stream:
                    _add(sources, name, info.file_size, stream)
    return sources


def _read_tar(path: Path) -> Sources:
    sources: Sources = {}
    total = 0
    with tarfile.open(path, "r|*") as archive:
        for count, member in enumerate(archive):
            total += member.size
            if count >= _ENTRIES_LIMIT or total > _ARCHIVE_LIMIT:
                raise BadSubmission(f"{path.name} holds too much")
            name = _entry_name(member.name)
            stream = archive.extractfile(member) if member.isreg() and _wanted(name) else None
            if stream:
                _add(sources, name, member.size, stream)
    return sources


def _entry_name(text: str) -> PurePosixPath:
    """An archive entry's path. Raises BadSubmission for one that points out of the archive."""
    path = PurePosixPath(text.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", text):
        raise BadSubmission(f"it has an entry that points out of it: {text!r}")
    return path


def _wanted(name: PurePosixPath) -> bool:
    hidden = any(part.startswith((".", "__")) for part in name.parts)
    return name.suffix in _SOURCE and not hidden and len(name.parts) <= _DEPTH_LIMIT
