"""Runs a selection of scenarios against programs."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.run import sandbox
from autograder.run.environment import leaks_can_be_counted
from autograder.run.job import Circumstances
from autograder.run.runner import Runner, workspace
from autograder.run.selection import Selection, select
from autograder.scenario import Result

__all__ = ["Selection", "run_checks", "select"]


def run_checks(
    selection: Selection, commands: Mapping[str, Sequence[str]], *, seed: int = 1, time_scale: float = 1.0,
    jobs: int | None = None, shim: Path | None = None, gdb: bool = False, keep: bool = False,
    on_result: Callable[[Result], None] = lambda result: None,
) -> list[Result]:
    """Runs the selection against the programs. `commands` maps each name of `Selection.targets` to a command line.

    It takes this process for itself: children that another thread starts meanwhile are taken for strays and killed.
    The results tell of everything that went wrong; nothing is left running, and no workspace unless `keep`.
    """
    level = sandbox.best_level()
    if gdb and level == sandbox.NAMESPACES:
        level = sandbox.NETWORK  # gdb's user has to know the program by its pid
    with workspace(keep) as folder:
        given = Circumstances(
            commands=commands, workspace=folder, seed=seed, time_scale=time_scale, shim=shim, level=level,
            jobs=1 if gdb else jobs or 3 * (os.cpu_count() or 2), gdb=gdb, keep=keep,
            leaks=leaks_can_be_counted(),
        )
        results = Runner(given, on_result).run(selection.scenarios, selection.regressions)
    facts = {"lab": str(selection.lab), **({"workspace": str(folder)} if keep else {})}
    return [replace(result, facts={**result.facts, **facts}) for result in results]
