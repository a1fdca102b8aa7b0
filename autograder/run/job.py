"""What a worker is told: one scenario in one weather, and the circumstances that all scenarios of a run share."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.run import sandbox
from autograder.scenario import Result, Scenario, Verdict, Weather


@dataclass(frozen=True)
class Circumstances:
    """The same for every scenario of a run."""

    commands: Mapping[str, Sequence[str]]  # program name -> command line, to which ` PORT options` are appended
    workspace: Path  # each scenario gets its own folder below
    seed: int = 1
    time_scale: float = 1.0
    shim: Path | None = None  # None: weathers that need it are left out
    level: str = sandbox.LIMITS
    jobs: int = 6
    leaks: bool = False  # LeakSanitizer works here
    gdb: bool = False
    keep: bool = False  # the workspaces stay, for a person to look into
    environment: Mapping[str, str] = field(default_factory=dict)  # for the programs


@dataclass(frozen=True)
class Job:
    """One run of one scenario."""

    scenario: Scenario
    weather: Weather
    regression: bool = False

    @property
    def name(self) -> str:
        """Its folder's name; unique in a run."""
        return f"{self.scenario.name}-{self.weather.value}"

    def seed(self, base: int) -> int:
        """The seed of this scenario's chances: the same whatever else runs, so that a rerun alone repeats it."""
        digest = hashlib.sha256(f"{base}/{self.scenario.name}".encode()).digest()
        return int.from_bytes(digest[:6], "big")

    def seconds(self, time_scale: float) -> float:
        """How long the scenario may take in all."""
        return self.scenario.seconds * time_scale

    def result(self, verdict: Verdict, base_seed: int) -> Result:
        """A result with all that is known before the scenario runs."""
        worth = 0 if self.regression else self.scenario.points
        return Result(
            scenario=self.scenario.name, lab=self.scenario.lab, verdict=verdict,
            points=worth if verdict.earns else 0, max_points=worth, seed=base_seed, weather=self.weather.value,
            regression=self.regression,
        )
