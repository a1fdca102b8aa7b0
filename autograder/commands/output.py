"""Where reports go: stdout, a file, and a progress line for those who watch."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from autograder.errors import WrongUse
from autograder.scenario import Result


def write_out(report: str, path: Path | None) -> None:
    """Prints the report, or writes it to a file that is never half there. Raises WrongUse."""
    if path is None:
        sys.stdout.write(report)
        return
    try:
        half_done = path.with_name(f".{path.name}.{os.getpid()}")
        half_done.write_text(report, encoding="utf-8")
        half_done.replace(path)
    except OSError as error:
        raise WrongUse(f"{path} cannot be written: {error.strerror}") from None


class Progress:
    """A line on a terminal that counts the scenarios; nothing elsewhere."""

    def __init__(self, total: int) -> None:
        """`total` scenarios are going to run."""
        self._total = total
        self._done = 0
        self._shown = sys.stderr.isatty()

    def one_more(self, result: Result) -> None:
        """One more is done."""
        self._done += 1
        self._write(f"\r{self._done}/{self._total} scenarios\x1b[K")

    def clear(self) -> None:
        """Takes the line away."""
        self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        if self._shown:
            sys.stderr.write(text)
            sys.stderr.flush()
