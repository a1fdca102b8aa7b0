"""Mutants: the reference with one deliberate mistake, each a row in tests/mutants/labNN_name.py.

    MUTANTS = [
        Mutant(
            id="E08",
            file="lab01_echo/tcp_stream.cpp",
            needle="MSG_NOSIGNAL",
            replacement="0",
            symptom="the server dies when its peer resets the connection",
            killed_by="echo_survives_a_reset",
        ),
    ]

A mistake that needs several edits (two guards against the same thing) names the further ones in `also`. `killed_by` is
one scenario or several, of which each must fail.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.kit.tree import lab_number

Edit = tuple[str, str, str]  # file below solution/, needle, replacement


class MutantError(Exception):
    """Rows that cannot be right; the text has one line for each mistake."""


@dataclass(frozen=True)
class Mutant:
    """One wrong program. The needle occurs exactly once in the file, so that it is plain what is changed."""

    id: str  # unique in its lab
    file: str  # below solution/
    needle: str
    replacement: str
    symptom: str  # what a user would notice
    killed_by: str | tuple[str, ...]
    also: tuple[Edit, ...] = ()

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The names of the scenarios of which each must fail on this mutant."""
        return (self.killed_by,) if isinstance(self.killed_by, str) else self.killed_by

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All edits that make the mutant."""
        return ((self.file, self.needle, self.replacement), *self.also)

    def mistakes(self, solution: Path, scenarios: Collection[str]) -> list[str]:
        """What is wrong with the row itself, held against the solution's files and the scenarios there are."""
        found = [message for edit in self.edits for message in _mistakes(solution, *edit)]
        if not self.scenarios:
            found.append("killed_by names no scenario")
        found += [f"no scenario is called {name}" for name in self.scenarios if name not in scenarios]
        return [f"{self.id}: {message}" for message in found]

    def sources(self, solution: Path) -> dict[Path, str]:
        """The files that differ from the solution, by their path below it, as they have to be for this mutant."""
        texts: dict[Path, str] = {}
        for file, needle, replacement in self.edits:
            text = texts.get(Path(file)) or (solution / file).read_text(encoding="utf-8")
            texts[Path(file)] = text.replace(needle, replacement)
        return texts


def _mistakes(solution: Path, file: str, needle: str, replacement: str) -> list[str]:
    path = solution / file
    if not path.is_file():
        return [f"there is no solution/{file}"]
    count = path.read_text(encoding="utf-8").count(needle) if needle else 0
    if count != 1:
        return [f"the needle occurs {count} times in solution/{file}, not once: {needle!r}"]
    return [] if needle != replacement else [f"the replacement is the needle: {needle!r}"]


def load(folder: Path) -> dict[int, list[Mutant]]:
    """The rows of every tests/mutants/labNN_*.py, by lab. Raises MutantError for a file that cannot be read."""
    rows: dict[int, list[Mutant]] = {}
    for path in sorted(folder.glob("lab??_*.py")):
        number = lab_number(path.stem)
        if number is None:
            raise MutantError(f"{path}: no lab is called {path.stem}")
        rows.setdefault(number, []).extend(_rows(path))
    return rows


def _rows(path: Path) -> list[Mutant]:
    spec = importlib.util.spec_from_file_location(f"mutants_{path.stem}", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        return list(module.MUTANTS)
    except Exception as error:  # whatever a row's author got wrong has to come out with the file's name
        raise MutantError(f"{path}: {type(error).__name__}: {error}") from error


def verify(rows: Mapping[int, Iterable[Mutant]], solution: Path, scenarios: Collection[str]) -> None:
    """Holds all rows against the solution. Raises MutantError with every mistake, not only the first."""
    found: list[str] = []
    for lab, mutants in rows.items():
        seen: set[str] = set()
        for mutant in mutants:
            if mutant.id in seen:
                found.append(f"lab {lab}, {mutant.id}: two mutants have this id")
            seen.add(mutant.id)
            found += [f"lab {lab}, {mistake}" for mistake in mutant.mistakes(solution, scenarios)]
    if found:
        raise MutantError("\n".join(found))
