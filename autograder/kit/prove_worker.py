"""What a worker process of `prove` does: builds a mutant in its own workshop and runs scenarios on it."""

from __future__ import annotations

import fcntl
import itertools
import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import BuildError
from autograder.kit.mutants import Mutant
from autograder.kit.reference import CCACHE, complaint
from autograder.kit.tools import which
from autograder.kit.tree import ROOT
from autograder.kit.workshop import Workshop
from autograder.run import sandbox
from autograder.run.check import Selection, run_checks
from autograder.scenario import REGISTRY, Result, Scenario, Verdict, of_lab

# Some wrong programs are wrong only now and then: a race, an address that is random. Each try has another seed.
TRIES = 5
KILLS = (Verdict.FAIL, Verdict.WARN, Verdict.TIMEOUT, Verdict.CRASH, Verdict.LIMIT)


@dataclass(frozen=True)
class Outcome:
    """What became of one mutant."""

    mutant: Mutant
    verdicts: dict[str, Verdict] = field(default_factory=dict)  # by scenario
    error: str = ""  # why it could not be tried
    seconds: float = 0.0
    tries: int = 1

    @property
    def killed(self) -> bool:
        """Whether it failed at every scenario that it names."""
        return not self.error and all(self.verdicts.get(name) in KILLS for name in self.mutant.scenarios)


@dataclass
class Bench:
    """What one worker works with."""

    workshop: Workshop
    quiet: Path  # locked, shared or alone, while programs are built or run


_bench: Bench | None = None


def enter(folder: Path) -> None:
    """Starts a worker: takes a workshop below `folder` that no other worker has."""
    global _bench
    sandbox.die_with_parent(signal.SIGTERM)
    if which("ccache"):  # what one worker compiles the others need not, wherever their trees are
        os.environ |= {"CMAKE_CXX_COMPILER_LAUNCHER": "ccache", "CCACHE_BASEDIR": str(folder), "CCACHE_NOHASHDIR": "1",
                       **CCACHE}
    _bench = Bench(Workshop.first_free(folder), folder / "quiet")


def try_reference(names: Sequence[str]) -> list[str]:
    """Runs scenarios on the unchanged reference; returns a line for each that does not pass."""
    try:
        results = _check({}, [REGISTRY[name] for name in names], jobs=4)
    except BuildError as error:
        return [str(error)]
    return [complaint(result) for result in results if result.verdict is not Verdict.PASS]


def attempt(mutant: Mutant, whole_labs: bool) -> Outcome:
    """Builds a mutant and runs its scenarios, or with `whole_labs` all scenarios of their labs, until it dies."""
    began = time.monotonic()
    chosen = [REGISTRY[name] for name in mutant.scenarios]
    if whole_labs:
        chosen = [scenario for lab in sorted({scenario.lab for scenario in chosen}) for scenario in of_lab(lab)]
    sources = {f"solution/{path.as_posix()}": text.encode() for path, text in mutant.sources(ROOT / "solution").items()}
    for count in range(1, TRIES + 1):
        try:
            results = _check(sources, chosen, jobs=4 if whole_labs else 2, seed=count)
        except BuildError as error:
            return Outcome(mutant, error=f"does not compile: {error}")
        verdicts = {result.scenario: result.verdict for result in results}
        outcome = Outcome(mutant, verdicts, seconds=time.monotonic() - began, tries=count)
        if outcome.killed:
            break
    return outcome


def _check(changes: dict[str, bytes], scenarios: Sequence[Scenario], jobs: int, seed: int = 1) -> list[Result]:
    """Builds the reference with some changed files and runs scenarios of any labs on it. Raises BuildError."""
    assert _bench
    _bench.workshop.lay(changes)
    results: list[Result] = []
    for lab, group in itertools.groupby(sorted(scenarios, key=lambda scenario: scenario.lab), lambda s: s.lab):
        selection = Selection(lab, tuple(group))
        with _quiet(alone=False):
            programs = _bench.workshop.build(selection, solved="all")
        with _quiet(alone=any(scenario.alone for scenario in selection.scenarios)):
            results += run_checks(selection, programs.commands, shim=programs.shim, jobs=jobs, seed=seed)
    return results


@contextmanager
def _quiet(alone: bool) -> Iterator[None]:
    """Holds off the other workers while a scenario measures CPU or memory; ordinary work goes side by side."""
    assert _bench
    with open(_bench.quiet, "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
