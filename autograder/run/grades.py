"""What became of submissions: one JSON file each, and a table for the gradebook."""

from __future__ import annotations

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.report.json_ import from_plain, render, totals
from autograder.scenario import Result, Verdict

GRADED, REJECTED, UNBUILT, GRADER_ERROR = "graded", "rejected", "does not build", "grader error"
_COLUMNS = ("submission", "lab", "status", "points", "max_points", *(verdict.value for verdict in Verdict), "seconds",
            "message", "content")


@dataclass
class Grade:
    """The outcome for one submission."""

    submission: str
    lab: int
    lab_points: int  # to be had
    status: str = GRADED
    message: str = ""  # why there are no results: the author of the submission should read it
    borrowed: list[int] = field(default_factory=list)  # labs taken from the solution
    content: str = ""  # the hash of the submitted files
    grader: str = ""  # the hash of the kit
    options: str = ""
    seconds: float = 0.0
    files: list[str] = field(default_factory=list)  # what was taken from the submission
    results: list[Result] = field(default_factory=list)

    @property
    def points(self) -> float | None:
        """Points earned; None after a grader error: somebody has to look."""
        return None if self.status == GRADER_ERROR else totals(self.results)[0]

    @property
    def summary(self) -> str:
        """The line of the message that says most: a compiler's first error, a traceback's last line."""
        lines = self.message.strip().splitlines() or [""]
        return lines[-1 if self.status == GRADER_ERROR else 0]

    def same_question(self, other: Grade) -> bool:
        """Whether both depend on the same files, the same grader and the same options."""
        return all(getattr(self, name) == getattr(other, name)
                   for name in ("lab", "borrowed", "content", "grader", "options"))

    def row(self) -> dict[str, Any]:
        """Its line of the gradebook."""
        counts = Counter(result.verdict.value for result in self.results if not result.regression)
        points = "" if self.points is None else f"{self.points:g}"
        return {"submission": _plain_cell(self.submission), "lab": self.lab, "status": self.status, "points": points,
                "max_points": self.lab_points, **{verdict.value: counts[verdict.value] for verdict in Verdict},
                "seconds": f"{self.seconds:.1f}", "message": _plain_cell(self.summary), "content": self.content}


def _plain_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def save(grade: Grade, folder: Path) -> None:
    """Writes folder/SUBMISSION.json; the file is never half there."""
    about = {name: value for name, value in vars(grade).items() if name != "results"}
    _replace(folder / f"{grade.submission}.json", render(grade.results, about))


def load(path: Path) -> Grade | None:
    """A grade that `save` wrote; None where there is none or it cannot be read."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        about = {name: plain[name] for name in Grade.__dataclass_fields__ if name != "results"}
        return Grade(**about, results=[from_plain(result) for result in plain["results"]])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_table(grades: Iterable[Grade], path: Path) -> None:
    """Writes the gradebook, sorted by submission."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(grade.row() for grade in sorted(grades, key=lambda grade: grade.submission))
    _replace(path, text.getvalue())


def _replace(path: Path, text: str) -> None:
    half_done = path.with_name(f".{path.name}.{os.getpid()}")
    half_done.write_text(text, encoding="utf-8")
    half_done.replace(path)
