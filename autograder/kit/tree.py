"""Where things stand in the kit's tree: its root and the folders of its labs."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

_LAB = re.compile(r"lab(\d\d)_[a-z0-9_]+")


def lab_number(folder: str) -> int | None:
    """The number in a lab folder's name ("lab02_lines" is 2), or None for any other name."""
    found = _LAB.fullmatch(folder)
    return int(found.group(1)) if found else None


def lab_folders(parent: Path) -> dict[int, Path]:
    """The lab folders right below `parent`, by number, in order. None is there when `parent` is missing.

    Raises ValueError when two folders carry the same number.
    """
    found: dict[int, Path] = {}
    for path in sorted(parent.iterdir()) if parent.is_dir() else []:
        number = lab_number(path.name)
        if number is None or not path.is_dir():
            continue
        if number in found:
            raise ValueError(f"{path} and {found[number]} are both lab {number}")
        found[number] = path
    return found
