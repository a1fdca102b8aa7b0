"""What a report says beside its results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class About:
    """One run of a check."""

    lab: int
    title: str
    seed: int
    borrowed: Sequence[int] = ()  # labs taken from the solution
    solution: bool = False  # the reference is graded
    rerun: str = ""  # options that a rerun needs besides --only and --seed
    commands: Mapping[str, str] = field(default_factory=dict)  # program -> command line as a person types it
    notes: Sequence[str] = ()  # what else should be known, a sentence each

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return {"lab": self.lab, "title": self.title, "seed": self.seed, "borrowed": list(self.borrowed),
                "solution": self.solution, "notes": list(self.notes)}

    def rerun_command(self, scenario: str, seed: int) -> str:
        """The command that runs one scenario again with the same chances."""
        return " ".join(filter(None, (f"python3 autograder check {self.lab}", self.rerun, f"--only {scenario}",
                                      f"--seed {seed}")))
