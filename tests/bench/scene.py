"""The files that the servers serve, on tmpfs or on disk; all gone at the end."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType

from tests.bench.plan import NAMES, SIZES, MiB

_NEEDED = 2048 * MiB


class Scene:
    """A directory below `parent` with the files of plan.SIZES and, if asked for, the directories of plan.NAMES."""

    def __init__(self, parent: Path, names: bool, writers: list[str]) -> None:
        parent.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(parent).free
        if free < _NEEDED:
            raise OSError(f"{parent} has {free // MiB} MiB free, {_NEEDED // MiB} MiB are needed")
        self.folder = Path(tempfile.mkdtemp(prefix="kit-bench-", dir=parent))
        self.folder.chmod(0o755)
        self.root = self.folder / "served"
        self.root.mkdir(mode=0o755)
        for name, size in SIZES.items():
            self._file(name, size)
        for name, count in NAMES.items() if names else ():
            self._directory(name, count)
        for writer in writers:
            incoming = self.root / f"in-{writer}"
            incoming.mkdir()
            incoming.chmod(0o777)

    def _file(self, name: str, size: int) -> None:
        block = os.urandom(min(size, MiB))
        with open(self.root / name, "wb") as file:
            for _ in range(max(size // len(block), 1)):
                file.write(block)
        (self.root / name).chmod(0o644)

    def _directory(self, name: str, count: int) -> None:
        (self.root / name).mkdir(mode=0o755)
        directory = os.open(self.root / name, os.O_RDONLY | os.O_DIRECTORY)
        for number in range(count):
            os.close(os.open(f"file-{number:06}.txt", os.O_WRONLY | os.O_CREAT, 0o644, dir_fd=directory))
        os.close(directory)

    def __enter__(self) -> Scene:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
