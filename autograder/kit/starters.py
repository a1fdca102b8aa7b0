"""`starters`: writes labs/ from solution/, so that the two can't drift apart. The markers are told in markers.py.

labs/.generated lists every file this command wrote, with its SHA-256 as sha256sum prints it. Whatever is not listed
there (handouts, files a student adds) is never touched, and a listed file that somebody edited is overwritten or
removed only with --force: in a student's tree such a file is the student's work.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.kit.markers import MarkerError, starter_text
from autograder.kit.tree import ROOT, lab_folders

MANIFEST = ".generated"
_PATTERNS = ("*.h", "*.cpp", "CMakeLists.txt")


@dataclass(frozen=True)
class Change:
    """One file of labs/ that is not as the solution yields it; `before` or `after` is None where it is missing."""

    path: str  # relative to labs/
    before: str | None
    after: str | None
    edited: bool  # somebody changed it after it was generated (or put it where a generated file has to go)

    def diff(self) -> str:
        """The change as a unified diff, from the file on disk to the file as it should be."""
        old, new = (self.before or "").splitlines(True), (self.after or "").splitlines(True)
        names = ("/dev/null" if text is None else f"labs/{self.path}" for text in (self.before, self.after))
        return "".join(difflib.unified_diff(old, new, *names))


def render(root: Path) -> dict[str, str]:
    """Every starter file that solution/ yields, by its path below labs/. Raises MarkerError, ValueError."""
    files: dict[str, str] = {}
    for lab, folder in lab_folders(root / "solution").items():
        for path in sorted(path for pattern in _PATTERNS for path in folder.glob(pattern)):
            text = starter_text(path.read_text(encoding="utf-8"), str(path.relative_to(root)), lab)
            if text is not None:
                files[f"{folder.name}/{path.name}"] = text
    if not files:
        raise ValueError(f"{root / 'solution'} holds no lab to make starters from")
    return files


def changes(root: Path, files: dict[str, str]) -> list[Change]:
    """What has to happen in labs/ for it to be as `files` says."""
    listed = _read_manifest(root)
    found = []
    for path in sorted(listed.keys() | files.keys()):
        before, after = _read(root / "labs" / path), files.get(path)
        if before != after:
            found.append(Change(path, before, after, before is not None and _digest(before) != listed.get(path)))
    return found


def write(root: Path, force: bool = False) -> list[Change]:
    """Brings labs/ up to date and returns what changed. Raises ValueError, before anything is written, when that
    would overwrite edited files and `force` is not set."""
    files = render(root)
    found = changes(root, files)
    edited = [f"labs/{change.path}" for change in found if change.edited]
    if edited and not force:
        raise ValueError("edited since they were generated (move the edit to solution/, then use --force): "
                         + ", ".join(edited))
    for change in found:
        path = root / "labs" / change.path
        if change.after is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(change.after, encoding="utf-8")
    (root / "labs" / MANIFEST).write_text(_manifest(files), encoding="utf-8")
    return found


def drift(root: Path) -> str:
    """How labs/ differs from what solution/ yields, as a diff; empty when it does not."""
    files = render(root)
    text = "".join(change.diff() or f"labs/{change.path} differs\n" for change in changes(root, files))
    if not text and _read(root / "labs" / MANIFEST) != _manifest(files):
        text = f"labs/{MANIFEST} does not list what is generated\n"
    return text


def _manifest(files: dict[str, str]) -> str:
    return "".join(f"{_digest(text)}  {path}\n" for path, text in sorted(files.items()))


def _read_manifest(root: Path) -> dict[str, str]:
    rows = (line.split("  ", 1) for line in (_read(root / "labs" / MANIFEST) or "").splitlines())
    return {path: digest for digest, path in rows if ".." not in Path(path).parts}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds `starters` to the command line."""
    parser = subparsers.add_parser("starters", help="write labs/ from solution/, or check that it is up to date")
    parser.add_argument("--check", action="store_true", help="write nothing; print the differences, exit 1 if any")
    parser.add_argument("--force", action="store_true", help="overwrite files that were edited after generation")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0: up to date (now); 1: drifted, edited by hand, or a marker that is wrong."""
    try:
        if arguments.check:
            text = drift(ROOT)
            sys.stdout.write(text)
            print("labs/ has drifted: run `python3 autograder starters`" if text else "labs/ is in sync with solution/")
            return 1 if text else 0
        found = write(ROOT, arguments.force)
    except (MarkerError, ValueError) as error:
        print(f"starters: {error}", file=sys.stderr)
        return 1
    for change in found:
        print(f"{'removed' if change.after is None else 'wrote'} labs/{change.path}")
    print(f"{len(found)} files changed")
    return 0
